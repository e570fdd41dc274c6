#pragma once

#include "gene/dataset.hpp"
#include "gene/karyotype.hpp"
#include "gene/other_names.hpp"
#include "store/gene_store.hpp"
#include "store/memory/attribute_index.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/place_index.hpp"
#include "store/memory/sorted_texts.hpp"
#include "store/primary_genes.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Genes by what people call them, as GeneStore::find(), find_by_name() and look_up() say.
class GeneLookup {
public:
    // All but the dataset and the karyotype outlive this; `ids` and `names` are of the columns'
    // folded IDs and names.
    GeneLookup(const Dataset& dataset,
               const Karyotype& karyotype,
               const Columns& columns,
               const SortedTexts& ids,
               const SortedTexts& names,
               const PlaceIndex& places,
               const AttributeIndex& attributes);

    FoundGene find(std::string_view gene_stable_id) const;
    FoundGene find_by_name(std::string_view gene_name) const;
    Match look_up(const Wanted& wanted) const;

    Namesakes namesakes_of(Ordinal ordinal) const;

    // Calls visit(kind, ordinal) for each gene of which the folded text is an earlier name or a
    // synonym, some more than once.
    void visit_earlier_names(std::string_view folded,
                             const std::function<void(OtherName, Ordinal)>& visit) const;

private:
    struct Column {
        OtherNameColumn what;
        std::size_t number = 0;  // in the index
    };
    // Which genes a text may mean, in genome order, and by which column.
    struct Found {
        std::vector<Ordinal> genes;
        std::optional<OtherNameColumn> column = {};
    };

    std::vector<Ordinal> by_id(std::string_view gene_stable_id) const;
    std::vector<Ordinal> other_versions(std::string_view folded) const;
    Found by_earlier_name(std::string_view folded) const;
    Found by_other_id(std::string_view folded) const;
    MeantGenes meant(std::span<const Ordinal> genes) const;
    bool settle(Match& match, MatchKind kind, std::span<const Ordinal> genes) const;
    bool settle(Match& match, const Found& found) const;

    const Columns& columns_;
    const SortedTexts& ids_;
    const SortedTexts& names_;
    const AttributeIndex& attributes_;
    std::vector<Column> other_names_;
    PrimaryGenes primary_;
    bool has_versions_ = false;
};

}  // namespace chr21::memory
