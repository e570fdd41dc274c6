#pragma once

#include "store/sql/engine/sql.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace chr21::sql {

// What an engine or its client library says of a fault, in its own words and its own code: a number
// of MySQL's error reference, an extended result code of SQLite, or a SQLSTATE of PostgreSQL's.
class EngineFault : public std::runtime_error {
public:
    EngineFault(const std::string& message, int number)
        : std::runtime_error(message), number_(number) {}
    EngineFault(const std::string& message, std::string sqlstate)
        : std::runtime_error(message), sqlstate_(std::move(sqlstate)) {}

    int number() const { return number_; }                     // 0: none
    const std::string& sqlstate() const { return sqlstate_; }  // "42501"; empty: none

private:
    int number_ = 0;
    std::string sqlstate_;
};

// The rows of a statement that runs, one at a time. Lives no longer than its backend.
class Rows {
public:
    Rows() = default;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows(Rows&&) = delete;
    Rows& operator=(Rows&&) = delete;
    virtual ~Rows() = default;  // what has not been read is lost

    // False after the last row, and not to be called again then.
    virtual bool next() = 0;
    // Of the row, by the number of the column from 0; absent where it is NULL. A text is good until
    // the next row.
    virtual std::optional<std::string_view> text(std::size_t column) const = 0;
    virtual std::optional<std::int64_t> number(std::size_t column) const = 0;
};

// A connection, as its client library has it. One thread at a time. Throws EngineFault.
class Backend {
public:
    Backend() = default;
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    Backend(Backend&&) = delete;
    Backend& operator=(Backend&&) = delete;
    virtual ~Backend() = default;

    // A statement without values, whose rows nobody wants.
    virtual void run(const std::string& statement) = 0;
    // A statement with its values, of which nothing is kept on the server for another time: what is
    // kept would not outlive a transaction behind a pooler. Nothing else may be asked until the
    // last row has come or the rows are given up.
    virtual std::unique_ptr<Rows> ask(const Sql& sql) = 0;

    // Until when answers are waited for, from now on; at first without an end.
    void wait_until(std::chrono::steady_clock::time_point end) { end_ = end; }
    std::chrono::steady_clock::time_point end_of_wait() const { return end_; }

private:
    std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::time_point::max();
};

// The number that an engine wrote in digits. Throws EngineFault where it did not.
std::int64_t to_number(std::string_view digits);

}  // namespace chr21::sql
