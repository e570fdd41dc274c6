#include "store/sql/dataset/schema_history.hpp"

#include "store/gene_store.hpp"
#include "store/sql/engine/engine.hpp"
#include "store/sql/engine/query.hpp"
#include "text/utc_time.hpp"
#include "text/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <xxhash.h>

namespace chr21::sql {
namespace {

int read_int(Session& session, const std::string& select) {
    int number = 0;
    read_row(session, select, number);
    return number;
}

[[noreturn]] void refuse_stranger(const Session& session, const std::string& why) {
    throw StoreUnavailable(describe(session.url()) + ": is a " +
                           std::string(session.engine().name()) + " database of another program" +
                           why + "; it was left as it is: choose " + std::string(elsewhere));
}

constexpr int first_columns = 5;
constexpr int later_columns = 2;

int count_columns(Session& session, const std::string& table, const std::string& columns) {
    return read_int(session, session.engine().count_columns(table, columns));
}

int count_first_columns(Session& session) {
    return count_columns(
        session, "schema_migration", "'version', 'name', 'checksum', 'applied_at', 'applied_by'");
}

int count_later_columns(Session& session) {
    return count_columns(session, "schema_migration", "'compatible_from', 'statements_left'");
}

// Whether our table is where others' may be too unless they have our names; throws where they do.
bool is_among_others(Session& session) {
    const auto columns = count_first_columns(session);
    if (columns == first_columns) return true;
    if (columns != 0) refuse_stranger(session, ", which has a table schema_migration of its own");
    for (const auto* table : {"dataset", "gene"}) {
        if (count_columns(session, table, "'id', 'name', 'dataset_id'") == 0) continue;
        // Another run may have made it since, and then its history before it or along with it.
        if (count_first_columns(session) == first_columns) return true;
        refuse_stranger(session, ", which has a table " + std::string(table) + " of its own");
    }
    return false;
}

// Whether our table is there; throws when another program's are in its place.
bool has_history(Session& session) {
    const auto tenants = session.engine().tenants(session);
    if (tenants == Tenants::several) return is_among_others(session);
    if (tenants == Tenants::nobody) return false;
    if (tenants == Tenants::one && count_first_columns(session) == first_columns) return true;
    refuse_stranger(session, "");
}

std::string create_table(const EngineWords& words) {
    const auto text = std::string(words.short_text) + " NOT NULL";
    return "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name " + text +
           ", checksum " + text + ", applied_at " + text + ", applied_by " + text +
           ", compatible_from BIGINT NOT NULL, statements_left BIGINT NOT NULL)" +
           std::string(words.table_options);
}

}  // namespace

std::string checksum(std::string_view text) {
    std::array<char, 17> digits{};
    std::snprintf(digits.data(),
                  digits.size(),
                  "%016llx",
                  static_cast<unsigned long long>(XXH64(text.data(), text.size(), 0)));
    return digits.data();
}

std::int64_t compatible_from(const Migration& migration) {
    constexpr std::string_view line = "-- works with programs from schema ";
    std::int64_t version = migration.version;
    const auto at = migration.text.find(line);
    if (at == std::string_view::npos) return version;
    const auto number = migration.text.substr(at + line.size());
    std::from_chars(number.data(), number.data() + number.size(), version);
    return version;
}

std::vector<AppliedStep> read_history(Session& session) {
    if (!has_history(session)) return {};
    // The first files had no later columns, and no step that they would say anything about.
    const bool has_all = count_later_columns(session) == later_columns;
    const Sql sql{.text = std::string("SELECT version, name, checksum, applied_at, applied_by, ") +
                          (has_all ? "compatible_from, statements_left" : "version, 0") +
                          " FROM schema_migration ORDER BY version"};
    std::vector<AppliedStep> applied;
    AppliedStep row;
    Query query(session, sql);
    query.into(row.version,
               row.name,
               row.checksum,
               row.applied_at,
               row.applied_by,
               row.compatible_from,
               row.statements_left);
    while (query.next()) applied.push_back(row);
    return applied;
}

void create_history(Session& session) {
    if (count_first_columns(session) == 0) {
        session.engine().mark_as_ours(session);
        session.run(create_table(session.engine().words()));
    } else if (count_later_columns(session) == 0) {
        session.run(
            "ALTER TABLE schema_migration ADD COLUMN compatible_from BIGINT NOT NULL DEFAULT 1");
        session.run(
            "ALTER TABLE schema_migration ADD COLUMN statements_left BIGINT NOT NULL DEFAULT 0");
    }
}

void record_step(Session& session, const Migration& migration, std::int64_t statements_left) {
    Sql sql{.text = "INSERT INTO schema_migration (version, name, checksum, applied_at, "};
    sql.append("applied_by, compatible_from, statements_left) VALUES (?, ?, ?, ?, ?, ?, ?)",
               {migration.version,
                std::string(migration.name),
                checksum(migration.text),
                text::now_in_utc(),
                "chr21 " + std::string(version),
                compatible_from(migration),
                statements_left});
    Query(session, sql).next();
}

void record_progress(Session& session, const Migration& migration, std::int64_t left) {
    const Sql sql{
        .text =
            "UPDATE schema_migration SET statements_left = ?, applied_at = ?, "
            "applied_by = ? WHERE version = ?",
        .values = {left, text::now_in_utc(), "chr21 " + std::string(version), migration.version}};
    Query(session, sql).next();
}

}  // namespace chr21::sql
