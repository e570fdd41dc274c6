#pragma once

#include "store/sql/engine/session.hpp"
#include "store/sql/engine/sql.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <soci/soci.h>

namespace chr21::sql {

// A column of the current row that may be NULL.
template <class Value>
struct Nullable {
    Value value{};
    soci::indicator indicator = soci::i_null;

    // Moves the value out.
    std::optional<Value> take() {
        if (indicator == soci::i_null) return {};
        return std::move(value);
    }
};

// The text with ":v1", ":v2" and so on for each "?", which is what SOCI knows on every engine. No
// statement of ours has a "?" of another meaning.
inline std::string with_names(std::string_view text) {
    std::string named;
    named.reserve(text.size() + (text.size() / 4));
    std::size_t number = 0;
    for (const char letter : text) {
        if (letter == '?') {
            named += ":v" + std::to_string(++number);
        } else {
            named += letter;
        }
    }
    return named;
}

// One statement. A SELECT's rows come one by one in the variables given to into().
class Query {
public:
    // Keeps references to the session, to `sql` and to its values.
    Query(Session& session, const Sql& sql)
        : session_(session), sql_(sql), statement_(session.backend()) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query(Query&&) = delete;
    Query& operator=(Query&&) = delete;
    ~Query() {
        if (executed_) session_.tell(kind_of(sql_.text), since_, rows_, failed_);
    }

    template <class... Column>
    Query& into(Column&... column) {
        (add(column), ...);
        return *this;
    }

    // False after the last row.
    bool next() {
        try {
            const bool is_row = executed_ ? statement_.fetch() : execute();
            rows_ += is_row ? 1 : 0;
            return is_row;
        } catch (const EngineFault&) {
            failed_ = true;
            throw;
        }
    }

private:
    bool execute() {
        executed_ = true;
        for (const auto& value : sql_.values) {
            std::visit([this](const auto& bound) { statement_.exchange(soci::use(bound)); }, value);
        }
        statement_.alloc();
        // Not to be repeated: a server's named statements do not outlive a transaction's connection
        // behind a pooler.
        statement_.prepare(with_names(sql_.text), soci::details::st_one_time_query);
        statement_.define_and_bind();
        return statement_.execute(true);
    }

    template <class Value>
    void add(Nullable<Value>& column) {
        statement_.exchange(soci::into(column.value, column.indicator));
    }
    template <class Value>
    void add(Value& column) {
        statement_.exchange(soci::into(column));
    }

    Session& session_;
    const Sql& sql_;
    soci::statement statement_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    std::uint64_t rows_ = 0;
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
