#pragma once

#include "gene/gene.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/engine/sql.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace chr21::sql {

// Genes, and beside each at the same place its gene_order, which counts from 0 in genome order.
struct SelectedGenes {
    std::vector<Gene> genes;
    std::vector<std::int64_t> orders;
};

// The genes that `rest`, what follows "SELECT ... FROM gene", selects, in its order. Without their
// attributes. There is room for `expected` of them from the beginning.
SelectedGenes select_genes(Session& session, const Sql& rest, std::size_t expected = 0);

// The genes of these orders, each once, as they stand. Without their attributes. None where none of
// them is there, as of a dataset that was dropped; a database that has but some of them is damaged.
SelectedGenes select_in_order(Session& session,
                              const NumberedDataset& dataset,
                              const std::vector<std::int64_t>& orders);

// Every gene of the dataset in genome order, with its attributes.
std::vector<Gene> select_all_genes(Session& session, const NumberedDataset& dataset);

// Gives each of them to `visit` in the same order; a few thousand are in memory at a time.
void for_each_gene(Session& session,
                   const NumberedDataset& dataset,
                   const std::function<void(const Gene&)>& visit);

// Gives the genes, all of one dataset, their attributes.
void attach_attributes(Session& session, const NumberedDataset& dataset, SelectedGenes& selected);

// "gene_order IN (3, 5)"; never true without orders.
Sql in_gene_orders(const std::vector<std::int64_t>& orders);

}  // namespace chr21::sql
