#pragma once

#include "store/sql/engine/session.hpp"
#include "store/sql/engine/sql.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chr21::sql {

// A column of the current row that may be NULL.
template <class Value>
struct Nullable {
    std::optional<Value> value{};

    // Moves the value out.
    std::optional<Value> take() { return std::exchange(value, {}); }
};

// One statement. A SELECT's rows come one by one in the variables given to into(). Nothing else is
// asked of the session until the last row has come or the query is gone.
class Query {
public:
    // Keeps references to the session, to `sql` and to its values.
    Query(Session& session, const Sql& sql) : session_(session), sql_(sql) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query(Query&&) = delete;
    Query& operator=(Query&&) = delete;
    ~Query();

    template <class... Column>
    Query& into(Column&... column) {
        (columns_.emplace_back(&column), ...);
        return *this;
    }

    // False after the last row. Throws Damage where a column that may not be NULL is, and
    // DeadlineExceeded where it is too late to begin.
    bool next();

private:
    using Column = std::
        variant<std::int64_t*, int*, std::string*, Nullable<std::int64_t>*, Nullable<std::string>*>;

    bool advance();

    Session& session_;
    const Sql& sql_;
    std::vector<Column> columns_;
    std::unique_ptr<Rows> rows_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    std::uint64_t row_count_ = 0;
    bool executed_ = false;
    bool failed_ = false;
};

// The first row of a SELECT without values; false where there is none.
template <class... Column>
bool read_row(Session& session, const std::string& select, Column&... columns) {
    const Sql sql{select};
    return Query(session, sql).into(columns...).next();
}

}  // namespace chr21::sql
