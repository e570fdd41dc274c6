#pragma once

#include "store/gene_store.hpp"
#include "store/primary_genes.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/candidates.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chr21::sql {

// Genes by a folded text.
using OrderOfText = std::map<std::string, std::int64_t, std::less<>>;
using OrdersOfText = std::map<std::string, GeneOrders, std::less<>>;

// "column IN (?, ?)", without texts that the engine cannot have stored; never true without texts.
Sql one_of(Session& session, std::string_view column, const std::set<std::string>& texts);

// The gene that has each folded stable ID; texts that no gene has are left out.
OrderOfText genes_of_ids(Session& session,
                         const NumberedDataset& dataset,
                         const std::set<std::string>& folded_ids);

// All genes that have each folded name.
OrdersOfText genes_of_names(Session& session,
                            const NumberedDataset& dataset,
                            const std::set<std::string>& folded_names);

// Of stable IDs without their versions, all genes that have them with a version or without one.
// None in a dataset without the lists of the third step of the schema.
OrdersOfText genes_of_versions(Session& session,
                               const NumberedDataset& dataset,
                               const std::set<std::string>& unversioned);

// A folded value of an attribute.
struct ValueOf {
    std::size_t attribute = 0;
    std::string folded;

    friend auto operator<=>(const ValueOf&, const ValueOf&) = default;
};
using OrdersOfValue = std::map<ValueOf, GeneOrders>;

// All genes that have each value.
OrdersOfValue genes_of_values(Session& session,
                              const NumberedDataset& dataset,
                              const std::set<ValueOf>& values);
// All genes that have a value that, without its version, is one of these; as for stable IDs.
OrdersOfValue genes_of_unversioned_values(Session& session,
                                          const NumberedDataset& dataset,
                                          const std::set<ValueOf>& unversioned);

// What each of these genes is called.
std::map<std::int64_t, GeneLabel> select_labels(Session& session,
                                                const NumberedDataset& dataset,
                                                const std::set<std::int64_t>& orders);

// As GeneStore tells of several genes; the labels are those of the first of them.
MeantGenes meant_genes(const GeneOrders& orders, const std::map<std::int64_t, GeneLabel>& labels);

// The namesakes of each of these genes, at its place.
std::vector<Namesakes> select_namesakes(Session& session,
                                        const NumberedDataset& dataset,
                                        const PrimaryGenes& primary,
                                        const SelectedGenes& selected);

}  // namespace chr21::sql
