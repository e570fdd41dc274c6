#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace chr21::sql {

// One step of the schema. `name` is its file's, "0001_datasets_and_genes.sql"; every statement in
// `text` ends with ";" at the end of a line.
struct Migration {
    std::int64_t version = 0;
    std::string_view name;
    std::string_view text;
};

// Those that are built into this program, in order from version 1.
std::vector<Migration> built_in_migrations();

// Applies what the database lacks, each in a transaction of its own that nobody else can look
// into. A new, empty file becomes ours. Throws StoreUnavailable, with nothing changed, when the
// file is another program's, was written by a newer program, or has a migration of another content.
void migrate(soci::session& session,
             const std::string& path,
             std::span<const Migration> migrations);

// Throws StoreUnavailable unless there is nothing to apply.
void require_current(soci::session& session,
                     const std::string& path,
                     std::span<const Migration> migrations);

}  // namespace chr21::sql
