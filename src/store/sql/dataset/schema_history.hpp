#pragma once

#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

// The table schema_migration, in which a database keeps what was applied to it.
namespace chr21::sql {

struct AppliedStep {
    std::int64_t version = 0;
    std::string name;
    std::string checksum;
    std::string applied_at;
    std::string applied_by;
    std::int64_t compatible_from = 0;  // programs that know the schema up to here can use it
    std::int64_t statements_left = 0;  // of a step that was cut off
};

// Empty for a database without a history, which is ours to fill. Throws StoreUnavailable when the
// database is another program's.
std::vector<AppliedStep> read_history(Session& session);

// Makes the table where there is none, and gives an older one the columns that it lacks.
void create_history(Session& session);

// Writes that this program has applied the step but for `statements_left` of its statements.
void record_step(Session& session, const Migration& migration, std::int64_t statements_left);

// Of a step that was recorded.
void record_progress(Session& session, const Migration& migration, std::int64_t left);

std::string checksum(std::string_view text);

// From "-- works with programs from schema N on"; the step's own version where nothing is said.
std::int64_t compatible_from(const Migration& migration);

}  // namespace chr21::sql
