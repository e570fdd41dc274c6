#pragma once

#include "store/sql/dataset/schema_step.hpp"
#include "store/sql/url/database_access.hpp"

#include <cstdint>
#include <optional>
#include <vector>

// The schema of a database and what this program would do about it, without a session in sight.
// Every function throws StoreUnavailable when the database cannot be used.
namespace chr21::sql {

// The steps that the database has and those it lacks, in order; of a SQLite file that is not there,
// all are missing and none is made.
std::vector<SchemaStep> read_schema(const DatabaseAccess& place);

// Applies what is missing up to version `last`, or all; returns how many steps that were.
std::size_t migrate(const DatabaseAccess& place, std::optional<std::int64_t> last);

// The version that this program brings a database to.
std::int64_t latest_schema(EngineKind engine);

}  // namespace chr21::sql
