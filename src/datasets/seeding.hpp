#pragma once

#include "datasets/export_dataset.hpp"
#include "gene/result.hpp"
#include "store/sql/database.hpp"

#include <optional>
#include <string>

namespace chr21::datasets {

// Fills an empty database: with the export that was asked for, or a SQLite file with the bundled
// one. Of one that is filled already, checks that it holds what was asked for. Answers what was
// stored, in words, or that what is there was bundled with another version, or nothing. The error
// is about "data" (another export is there) or "database" (a server holds no dataset).
Result<std::string> seed(sql::Database& database,
                         const sql::DatabaseUrl& url,
                         std::optional<ExportDataset> asked_for);

}  // namespace chr21::datasets
