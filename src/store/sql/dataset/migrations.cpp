#include "store/sql/dataset/migrations.hpp"

#include "store/gene_store.hpp"
#include "store/sql/dataset/migration_files.hpp"
#include "store/sql/dataset/schema_history.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/engine/transaction.hpp"

#include <algorithm>
#include <charconv>

namespace chr21::sql {
namespace {

[[noreturn]] void refuse(const DatabaseUrl& url, const std::string& why) {
    throw StoreUnavailable(describe(url) + ": " + why);
}

std::string remedy(const DatabaseUrl& url) {
    return std::string("run `chr21 migrate up`") +
           (is_file(url) ? " with permission to write to the file" : "");
}

// Throws where a step is not the one that this program knows under that number, or is newer and
// made for newer programs alone.
void check_history(const DatabaseUrl& url,
                   std::span<const AppliedStep> applied,
                   std::span<const Migration> migrations) {
    const auto known = static_cast<std::int64_t>(migrations.size());
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& step = applied[i];
        if (i >= migrations.size()) {
            if (step.compatible_from <= known) continue;
            refuse(url,
                   "has schema version " + std::to_string(applied.back().version) +
                       ", and this program knows up to " + std::to_string(known) + "; use " +
                       step.applied_by + " or later, or " + std::string(elsewhere));
        }
        if (step.version != migrations[i].version ||
            step.checksum != checksum(migrations[i].text)) {
            refuse(url,
                   "its schema step " + step.name + " was applied by " + step.applied_by +
                       " with another content than this program's; use " + step.applied_by +
                       ", or " + std::string(elsewhere));
        }
    }
}

std::vector<AppliedStep> read_checked_history(Session& session,
                                              std::span<const Migration> migrations) {
    auto applied = read_history(session);
    check_history(session.url(), applied, migrations);
    return applied;
}

// The statements of a step, without comments, in which a ";" ends none.
std::vector<std::string> statements_of(std::string_view text) {
    std::vector<std::string> statements;
    std::string statement;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.starts_with("--") || line.empty()) continue;
        statement += line;
        if (line.ends_with(';')) {
            statement.pop_back();
            statements.push_back(std::exchange(statement, {}));
        } else {
            statement += '\n';
        }
    }
    return statements;
}

// Where the schema can be changed in a transaction: the step and its record, or neither.
void apply_at_once(Session& session, const Migration& migration) {
    create_history(session);
    for (const auto& statement : statements_of(migration.text)) session.run(statement);
    record_step(session, migration, 0);
}

// Where it cannot: each statement, then how many are left. The statement that a run was cut off in
// is run again. A change of rows and its record stand or fall together.
void apply_statement_by_statement(Session& session,
                                  const Migration& migration,
                                  std::span<const AppliedStep> applied) {
    create_history(session);
    const auto statements = statements_of(migration.text);
    auto left = static_cast<std::int64_t>(statements.size());
    if (applied.empty() || applied.back().version != migration.version) {
        record_step(session, migration, left);
        session.commit();
    } else {
        left = std::min(left, applied.back().statements_left);
    }
    for (; left > 0; --left) {
        session.run("BEGIN");
        const auto& statement = statements[statements.size() - static_cast<std::size_t>(left)];
        try {
            session.run(statement);
        } catch (const EngineFault& fault) {
            // The run before was cut off after the statement and before its record.
            if (!session.engine().is_dropped_already(fault)) throw;
        }
        record_progress(session, migration, left - 1);
        session.commit();
    }
}

// The next step that the database lacks or has a half of, up to version `last`.
const Migration* next_step(std::span<const AppliedStep> applied,
                           std::span<const Migration> migrations,
                           std::int64_t last) {
    const bool half = !applied.empty() && applied.back().statements_left > 0;
    const auto done = applied.size() - (half ? 1 : 0);
    if (done >= migrations.size() || migrations[done].version > last) return nullptr;
    return &migrations[done];
}

}  // namespace

std::vector<Migration> built_in_migrations(EngineKind engine) {
    const auto folder = engine_of(engine).migration_folder();
    std::vector<Migration> migrations;
    for (const auto& file : migration_files::files()) {
        if (!file.name.starts_with(folder)) continue;
        const auto name = file.name.substr(folder.size());
        auto& migration = migrations.emplace_back(Migration{.name = name, .text = file.bytes});
        std::from_chars(name.data(), name.data() + name.size(), migration.version);
    }
    std::ranges::sort(migrations, {}, &Migration::version);
    return migrations;
}

std::vector<SchemaStep> read_steps(Session& session, std::span<const Migration> migrations) {
    const auto applied = read_checked_history(session, migrations);
    std::vector<SchemaStep> steps;
    for (const auto& step : applied) {
        const auto known = steps.size() < migrations.size();
        const auto state = known ? StepState::applied : StepState::unknown;
        steps.push_back({.version = step.version,
                         .name = step.name,
                         .state = step.statements_left > 0 ? StepState::half_applied : state,
                         .applied_at = step.applied_at,
                         .applied_by = step.applied_by});
    }
    for (auto i = steps.size(); i < migrations.size(); ++i) {
        steps.push_back(
            {.version = migrations[i].version, .name = std::string(migrations[i].name)});
    }
    return steps;
}

std::size_t apply_missing(Session& session,
                          std::span<const Migration> migrations,
                          std::int64_t last) {
    std::size_t count = 0;
    while (next_step(read_checked_history(session, migrations), migrations, last) != nullptr) {
        Transaction transaction(session, Transaction::Kind::alone);
        // Another process may have been first while we waited for the lock.
        const auto applied = read_checked_history(session, migrations);
        if (const auto* const step = next_step(applied, migrations, last)) {
            if (session.engine().undoes_schema_changes()) {
                apply_at_once(session, *step);
            } else {
                apply_statement_by_statement(session, *step, applied);
            }
            ++count;
        }
        transaction.commit();
    }
    return count;
}

void require_usable(Session& session, std::span<const Migration> migrations, std::int64_t oldest) {
    const auto& url = session.url();
    const auto applied = read_checked_history(session, migrations);
    if (applied.empty()) refuse(url, "has no tables of this program yet; " + remedy(url));
    const auto& newest = applied.back();
    if (newest.statements_left > 0) {
        refuse(url,
               "its schema step " + newest.name + " was cut off while " + newest.applied_by +
                   " applied it; run `chr21 migrate up`, which finishes it");
    }
    if (newest.version < oldest) {
        const auto& missing = migrations[applied.size()];
        refuse(url, "its schema lacks " + std::string(missing.name) + "; " + remedy(url));
    }
}

}  // namespace chr21::sql
