#include "store/sql/migrations.hpp"

#include "store/gene_store.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/migration_files.hpp"

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

constexpr std::string_view elsewhere = "another --database-url";

struct Applied {
    std::int64_t version = 0;
    std::string name;
    std::string checksum;
    std::string applied_by;
};

std::string checksum(std::string_view text) {
    std::array<char, 17> digits{};
    std::snprintf(digits.data(),
                  digits.size(),
                  "%016llx",
                  static_cast<unsigned long long>(XXH64(text.data(), text.size(), 0)));
    return digits.data();
}

std::string now_in_utc() {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm fields{};
    gmtime_r(&now, &fields);
    std::array<char, sizeof("2026-11-22T14:03:09Z")> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
    return text.data();
}

// Whether our tables are in the file; throws when another program's are.
bool is_ours(soci::session& session, const std::string& path) {
    int id = 0;
    int user_version = 0;
    int tables = 0;
    int our_tables = 0;
    session << "PRAGMA application_id", soci::into(id);
    session << "PRAGMA user_version", soci::into(user_version);
    session << "SELECT count(*), coalesce(sum(name = 'schema_migration'), 0) FROM sqlite_master",
        soci::into(tables), soci::into(our_tables);
    if (id == 0 && user_version == 0 && tables == 0) return false;
    if ((id == 0 || id == application_id) && our_tables == 1) return true;
    throw StoreUnavailable(path +
                           ": is a SQLite database of another program; it was left as it "
                           "is: choose " +
                           std::string(elsewhere));
}

std::vector<Applied> read_applied(soci::session& session) {
    std::vector<Applied> applied;
    Applied row;
    soci::statement statement =
        (session.prepare << "SELECT version, name, checksum, applied_by FROM schema_migration "
                            "ORDER BY version",
         soci::into(row.version),
         soci::into(row.name),
         soci::into(row.checksum),
         soci::into(row.applied_by));
    statement.execute();
    while (statement.fetch()) applied.push_back(row);
    return applied;
}

[[noreturn]] void refuse_newer(const std::string& path, const Applied& last, std::size_t known) {
    throw StoreUnavailable(path + ": has schema version " + std::to_string(last.version) +
                           ", and this program knows up to " + std::to_string(known) + "; use " +
                           last.applied_by + " or later, or " + std::string(elsewhere));
}

[[noreturn]] void refuse_changed(const std::string& path, const Applied& found) {
    throw StoreUnavailable(path + ": its schema step " + found.name + " was applied by " +
                           found.applied_by + " with another content than this program's; use " +
                           found.applied_by + ", or " + std::string(elsewhere));
}

// The migrations that the database lacks. Throws when it has others.
std::span<const Migration> pending(soci::session& session,
                                   const std::string& path,
                                   std::span<const Migration> migrations) {
    if (!is_ours(session, path)) return migrations;
    const auto applied = read_applied(session);
    if (applied.size() > migrations.size()) {
        refuse_newer(path, applied.back(), migrations.size());
    }
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& known = migrations[i];
        if (applied[i].version != known.version || applied[i].checksum != checksum(known.text)) {
            refuse_changed(path, applied[i]);
        }
    }
    return migrations.subspan(applied.size());
}

void create_history(soci::session& session) {
    session << "PRAGMA application_id = " + std::to_string(application_id);
    session << "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, "
               "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL, "
               "applied_by TEXT NOT NULL)";
}

void run_statements(soci::session& session, std::string_view text) {
    constexpr std::string_view end_of_statement = ";\n";
    for (auto end = text.find(end_of_statement); end != std::string_view::npos;
         end = text.find(end_of_statement)) {
        session << std::string(text.substr(0, end));
        text.remove_prefix(end + end_of_statement.size());
    }
}

void apply(soci::session& session, const Migration& migration) {
    if (migration.version == 1) create_history(session);
    run_statements(session, migration.text);
    const std::string name(migration.name);
    const auto digest = checksum(migration.text);
    const auto now = now_in_utc();
    const std::string program = "chr21 " CHR21_VERSION;
    session << "INSERT INTO schema_migration (version, name, checksum, applied_at, applied_by) "
               "VALUES (?, ?, ?, ?, ?)",
        soci::use(migration.version), soci::use(name), soci::use(digest), soci::use(now),
        soci::use(program);
}

}  // namespace

std::vector<Migration> built_in_migrations() {
    std::vector<Migration> migrations;
    for (const auto& file : migration_files::files()) {
        auto& migration = migrations.emplace_back(Migration{.name = file.name, .text = file.bytes});
        std::from_chars(file.name.data(), file.name.data() + file.name.size(), migration.version);
    }
    return migrations;
}

void migrate(soci::session& session,
             const std::string& path,
             std::span<const Migration> migrations) {
    while (!pending(session, path, migrations).empty()) {
        Transaction transaction(session, Transaction::Kind::alone);
        // Another process may have been first while we waited for the lock.
        const auto next = pending(session, path, migrations);
        if (!next.empty()) apply(session, next.front());
        transaction.commit();
    }
}

void require_current(soci::session& session,
                     const std::string& path,
                     std::span<const Migration> migrations) {
    const auto missing = pending(session, path, migrations);
    if (missing.empty()) return;
    throw StoreUnavailable(path + ": its schema lacks " + std::string(missing.front().name) +
                           "; start this program once with permission to write to the file");
}

}  // namespace chr21::sql
