#pragma once

#include "store/gene_store.hpp"
#include "store/primary_genes.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace chr21::sql {

// Genes, with their attributes and each once, and which of them each text has found. The records
// of the matches are null, for there are none before the genes are packed.
struct LookedUpGenes {
    struct One {
        Match match;
        std::optional<std::size_t> place;
    };
    SelectedGenes selected;
    std::vector<One> all;
};

// What GeneStore::look_up() promises, but that in a dataset of an earlier step of the schema the
// versions of the dataset's own IDs are not ignored.
LookedUpGenes look_up_genes(Session& session,
                            const NumberedDataset& dataset,
                            const PrimaryGenes& primary,
                            std::span<const Wanted> wanted);

}  // namespace chr21::sql
