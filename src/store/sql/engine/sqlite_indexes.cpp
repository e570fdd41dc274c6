#include "store/sql/engine/sqlite_indexes.hpp"

#include "store/sql/engine/query.hpp"

#include <utility>

namespace chr21::sql {
namespace {

bool has_more_rows(soci::session& session, const std::string& table, std::size_t than) {
    // Rows are never numbered apart from being added, so the last number is their count or more.
    long long last = 0;
    session << "SELECT coalesce(max(rowid), 0) FROM " + table, soci::into(last);
    return std::cmp_greater(last, than);
}

}  // namespace

IndexesMadeAfterwards::IndexesMadeAfterwards(soci::session& session,
                                             const std::string& table,
                                             std::size_t new_rows)
    : session_(session) {
    if (session.get_backend_name() != "sqlite3" || has_more_rows(session, table, new_rows)) return;
    const Sql indexes{
        .text =
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND "
            "sql IS NOT NULL ORDER BY name",
        .values = {table}};
    std::vector<std::string> names;
    {
        std::string name;
        std::string statement;
        Query query(session, indexes);
        query.into(name, statement);
        while (query.next()) {
            names.push_back(name);
            statements_.push_back(statement);
        }
    }
    for (const auto& name : names) session << "DROP INDEX " + name;
}

void IndexesMadeAfterwards::make() {
    for (const auto& statement : std::exchange(statements_, {})) session_ << statement;
}

}  // namespace chr21::sql
