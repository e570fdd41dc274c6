#include "store/sql/dataset/schema_history.hpp"

#include "store/gene_store.hpp"
#include "store/sql/engine/engine.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>

#include <xxhash.h>

namespace chr21::sql {
namespace {

// "ch21", by which SQLite and file(1) know our files.
constexpr int application_id = 0x63683231;

constexpr std::string_view this_program = "chr21 " CHR21_VERSION;

std::string now_in_utc() {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm fields{};
    gmtime_r(&now, &fields);
    std::array<char, sizeof("2026-11-22T14:03:09Z")> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
    return text.data();
}

int read_int(soci::session& session, const std::string& select) {
    int number = 0;
    session << select, soci::into(number);
    return number;
}

[[noreturn]] void refuse_stranger(const DatabaseUrl& url, const std::string& why) {
    throw StoreUnavailable(describe(url) + ": is a " + std::string(name_of(url.engine)) +
                           " database of another program" + why +
                           "; it was left as it is: choose " + std::string(elsewhere));
}

// A SELECT of how many columns of these names a table has, as this engine's catalog tells it.
std::string count_columns(Engine engine, const std::string& table, const std::string& columns) {
    switch (engine) {
        case Engine::sqlite:
            return "SELECT count(*) FROM pragma_table_info('" + table + "') WHERE name IN (" +
                   columns + ")";
        case Engine::postgresql:
            // Not information_schema, which hides tables that the user may not read; nor
            // to_regclass(), which may remember that there was no such table a moment ago.
            return "SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
                   "WHERE relname = '" +
                   table +
                   "' AND pg_table_is_visible(pg_class.oid) AND NOT attisdropped AND "
                   "attname IN (" +
                   columns + ")";
        case Engine::mysql:
            return "SELECT count(*) FROM information_schema.columns WHERE table_schema = "
                   "database() AND table_name = '" +
                   table + "' AND column_name IN (" + columns + ")";
    }
    return {};
}

constexpr int first_columns = 5;
constexpr int later_columns = 2;

int count_first_columns(soci::session& session, const DatabaseUrl& url) {
    return read_int(session,
                    count_columns(url.engine,
                                  "schema_migration",
                                  "'version', 'name', 'checksum', 'applied_at', 'applied_by'"));
}

int count_later_columns(soci::session& session, const DatabaseUrl& url) {
    return read_int(
        session,
        count_columns(url.engine, "schema_migration", "'compatible_from', 'statements_left'"));
}

// Whether our table is in a SQLite file; throws when another program's are.
bool is_in_file(soci::session& session, const DatabaseUrl& url) {
    const auto id = read_int(session, "PRAGMA application_id");
    const auto user_version = read_int(session, "PRAGMA user_version");
    const auto tables = read_int(session, "SELECT count(*) FROM sqlite_master");
    if (id == 0 && user_version == 0 && tables == 0) return false;
    if ((id == 0 || id == application_id) && count_first_columns(session, url) == first_columns) {
        return true;
    }
    refuse_stranger(url, "");
}

// Whether our table is on a server, where others' tables may be too unless they have our names.
bool is_on_server(soci::session& session, const DatabaseUrl& url) {
    const auto columns = count_first_columns(session, url);
    if (columns == first_columns) return true;
    if (columns != 0) refuse_stranger(url, ", which has a table schema_migration of its own");
    for (const auto* table : {"dataset", "gene"}) {
        if (read_int(session, count_columns(url.engine, table, "'id', 'name', 'dataset_id'")) ==
            0) {
            continue;
        }
        // Another run may have made it since, and then its history before it or along with it.
        if (count_first_columns(session, url) == first_columns) return true;
        refuse_stranger(url, ", which has a table " + std::string(table) + " of its own");
    }
    return false;
}

std::string create_table(const DatabaseUrl& url) {
    const std::string text_type = url.engine == Engine::mysql ? "VARCHAR(255)" : "TEXT";
    return "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name " + text_type +
           " NOT NULL, checksum " + text_type + " NOT NULL, applied_at " + text_type +
           " NOT NULL, applied_by " + text_type +
           " NOT NULL, compatible_from BIGINT NOT NULL, statements_left BIGINT NOT NULL)" +
           (url.engine == Engine::mysql ? " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4" : "");
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

std::vector<AppliedStep> read_history(soci::session& session, const DatabaseUrl& url) {
    const bool is_ours =
        url.engine == Engine::sqlite ? is_in_file(session, url) : is_on_server(session, url);
    if (!is_ours) return {};
    // The first files had no later columns, and no step that they would say anything about.
    const bool has_all = count_later_columns(session, url) == later_columns;
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

void create_history(soci::session& session, const DatabaseUrl& url) {
    if (count_first_columns(session, url) == 0) {
        if (url.engine == Engine::sqlite) {
            session << "PRAGMA application_id = " + std::to_string(application_id);
        }
        session << create_table(url);
    } else if (count_later_columns(session, url) == 0) {
        session
            << "ALTER TABLE schema_migration ADD COLUMN compatible_from BIGINT NOT NULL DEFAULT 1";
        session
            << "ALTER TABLE schema_migration ADD COLUMN statements_left BIGINT NOT NULL DEFAULT 0";
    }
}

void record_step(soci::session& session, const Migration& migration, std::int64_t statements_left) {
    Sql sql{.text = "INSERT INTO schema_migration (version, name, checksum, applied_at, "};
    sql.append("applied_by, compatible_from, statements_left) VALUES (?, ?, ?, ?, ?, ?, ?)",
               {migration.version,
                std::string(migration.name),
                checksum(migration.text),
                now_in_utc(),
                std::string(this_program),
                compatible_from(migration),
                statements_left});
    Query(session, sql).next();
}

void record_progress(soci::session& session, const Migration& migration, std::int64_t left) {
    const Sql sql{.text =
                      "UPDATE schema_migration SET statements_left = ?, applied_at = ?, "
                      "applied_by = ? WHERE version = ?",
                  .values = {left, now_in_utc(), std::string(this_program), migration.version}};
    Query(session, sql).next();
}

}  // namespace chr21::sql
