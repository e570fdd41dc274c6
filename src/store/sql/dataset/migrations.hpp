#pragma once

#include "store/sql/dataset/schema_step.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::sql {

// One step of the schema. `name` is its file's, "0001_datasets_and_genes.sql"; every statement in
// `text` ends with ";" at the end of a line. Programs that know the schema up to some version run
// on a later one when its steps say so in a line of their text:
//   -- works with programs from schema 1 on
struct Migration {
    std::int64_t version = 0;
    std::string_view name;
    std::string_view text;
};

// The oldest schema that this program answers from.
constexpr std::int64_t oldest_usable_schema = 1;

// Those that are built into this program for an engine, in order from version 1.
std::vector<Migration> built_in_migrations(EngineKind engine);

// The database's steps and those it lacks, in order. Throws StoreUnavailable as require_usable()
// does, but for missing and half-applied steps.
std::vector<SchemaStep> read_steps(Session& session, std::span<const Migration> migrations);

// Applies what the database lacks up to version `last`, step by step: each in a transaction of its
// own where the engine can, and only one program at a time. Where the engine cannot (MySQL), a step
// that was cut off is finished. An empty database becomes ours. Returns how many steps were
// applied. Throws StoreUnavailable, with nothing changed, when the database is another program's,
// has a step of another content, or one that this program does not know and that does not suit it.
std::size_t apply_missing(Session& session,
                          std::span<const Migration> migrations,
                          std::int64_t last = std::numeric_limits<std::int64_t>::max());

// Throws StoreUnavailable unless this program can work with the schema as it is: from `oldest` on,
// complete, of the same content as far as it is known, and where it is newer, made for programs
// like this one too.
void require_usable(Session& session,
                    std::span<const Migration> migrations,
                    std::int64_t oldest = oldest_usable_schema);

}  // namespace chr21::sql
