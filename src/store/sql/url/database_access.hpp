#pragma once

#include "store/sql/url/database_url.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace chr21::sql {

struct Login {
    std::string user;
    std::string password;

    friend bool operator==(const Login&, const Login&) = default;
};

// Who a connection is to be made as. Asked at each connect, and once more with `anew` where the
// server refused what it said before: for passwords that rotate and tokens that expire. What it
// throws goes to whoever needed the connection. From any thread, several at a time.
using LoginSource = std::function<Login(bool anew)>;

// What has been asked of a database.
struct Asked {
    enum class Kind : std::uint8_t {
        wait,     // for a connection of a pool
        connect,  // one physical connection
        select,   // a statement that reads
        change,   // a statement that writes
        control,  // the begin or end of a transaction, or a setting
        bulk      // the rows that a load adds to one table
    };

    Kind kind = Kind::select;
    std::chrono::nanoseconds took{};
    std::uint64_t rows = 0;  // that came, or were added in bulk
    bool failed = false;
    // With "?" for each value, which may be what users typed; of run statements, as they are. Empty
    // for `wait` and `connect`. To be copied by whoever keeps it.
    std::string_view statement = {};

    friend bool operator==(const Asked&, const Asked&) = default;
};

// Told when each is over, on the thread that asked. Must not throw.
using Told = std::function<void(const Asked&)>;

// A place, who comes to it, and who hears of it. A URL alone is one too: as the user that it names.
struct DatabaseAccess {
    // NOLINTNEXTLINE(google-explicit-constructor): see above.
    DatabaseAccess(DatabaseUrl place, LoginSource source = {}, Told listener = {})
        : url(std::move(place)), login(std::move(source)), told(std::move(listener)) {}

    DatabaseUrl url;
    LoginSource login;  // empty: the URL's own
    Told told;          // empty: nobody
};

}  // namespace chr21::sql
