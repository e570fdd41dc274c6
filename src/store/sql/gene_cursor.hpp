#pragma once

#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/gene_cursor.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/question/connections.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace chr21::sql {

// What a cursor needs of its store, which outlives it.
struct CursorStore {
    Connections& connections;
    const NumberedDataset& dataset;
    const std::string& place;  // of the database, for words about it
    Represent represent;
};

// Reads a list of one dataset by the keys of its genes, each portion in a short transaction of its
// own: between two of them it holds no connection. Throws as GeneStore::list does, and
// DatasetDropped where the dataset goes meanwhile.
std::unique_ptr<GeneCursor> open_cursor(const CursorStore& store,
                                        const GeneFilter& filter,
                                        const Sort& sort);

}  // namespace chr21::sql
