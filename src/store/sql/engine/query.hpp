#pragma once

#include "store/sql/question/where_clause.hpp"

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

// Binds the column, by position.
template <class Value>
auto use(Nullable<Value>& column) {
    // SOCI keeps a reference to the name, whose default would be gone when this returns.
    static const std::string unnamed;
    return soci::use(column.value, column.indicator, unnamed);
}

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

// One statement. A SELECT's rows arrive one by one in the variables given to into().
class Query {
public:
    // Keeps a reference to `sql` and to its values.
    Query(soci::session& session, const Sql& sql) : sql_(sql), statement_(session) {}

    template <class... Column>
    Query& into(Column&... column) {
        (add(column), ...);
        return *this;
    }

    // False after the last row.
    bool next() {
        if (executed_) return statement_.fetch();
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

private:
    template <class Value>
    void add(Nullable<Value>& column) {
        statement_.exchange(soci::into(column.value, column.indicator));
    }
    template <class Value>
    void add(Value& column) {
        statement_.exchange(soci::into(column));
    }

    const Sql& sql_;
    soci::statement statement_;
    bool executed_ = false;
};

}  // namespace chr21::sql
