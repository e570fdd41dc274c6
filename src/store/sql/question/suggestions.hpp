#pragma once

#include "store/gene_store.hpp"
#include "store/primary_genes.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/name_list.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chr21::sql {

// Genes, with their attributes, and what brought each of them up.
struct SuggestedGenes {
    SelectedGenes selected;
    std::vector<SuggestionKind> kinds;
    std::vector<Namesakes> namesakes;
};

// The best `limit` genes for what GeneStore::suggest promises, best first.
SuggestedGenes select_suggested(Session& session,
                                const NumberedDataset& dataset,
                                DatasetNames& names,
                                const PrimaryGenes& primary,
                                const std::string& folded_text,
                                std::uint32_t limit);

}  // namespace chr21::sql
