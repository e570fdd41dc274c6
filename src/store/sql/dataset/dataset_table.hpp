#pragma once

#include "gene/dataset.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/engine/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chr21::sql {

// The highest step of the schema that the database has.
std::int64_t schema_version(Session& session);

// The first step that knows attributes and postings.
inline constexpr std::int64_t schema_of_attributes = 2;

// The first step that knows digests, lists and rows of attributes.
inline constexpr std::int64_t schema_of_lists = 3;

// The genes of one chromosome, which follow each other in genome order.
struct ChromosomeGenes {
    std::string chromosome;
    std::int64_t first_order = 0;
    std::int64_t count = 0;
};

// A row of the dataset table, with its attribute columns.
struct NumberedDataset {
    std::int64_t id = 0;
    bool active = false;
    bool has_postings = false;
    bool has_lists = false;  // and all else of the third step of the schema
    Dataset dataset;
    // Where the genes of each chromosome are, in genome order; none where the dataset was stored by
    // a program that did not tell.
    std::vector<ChromosomeGenes> chromosomes;
};

// Datasets that meet `condition`, such as {" WHERE id = ?", {id}}, the first one stored first.
// Without their chromosomes.
std::vector<NumberedDataset> select_datasets(Session& session, const Sql& condition = {});

// Absent while nothing has been stored.
std::optional<NumberedDataset> read_active(Session& session);
std::optional<NumberedDataset> read_dataset(Session& session, std::int64_t id);

// Whether a dataset of that id is there.
bool has_dataset(Session& session, std::int64_t id);

// The dataset, or the active one where no id is given. Throws StoreUnavailable, which names the
// `place` of the database, when it is not there.
NumberedDataset require_dataset(Session& session,
                                const std::string& place,
                                std::optional<std::int64_t> id);

// Adds the row and those of its attribute columns, not active, and answers its id, which no dataset
// had before.
std::int64_t insert_dataset(Session& session, const Dataset& dataset);

void make_active(Session& session, std::int64_t id);

// Deletes the dataset with its genes.
void delete_dataset(Session& session, std::int64_t id);

}  // namespace chr21::sql
