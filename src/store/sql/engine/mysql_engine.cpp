#include "store/sql/engine/diagnoses.hpp"
#include "store/sql/engine/engines.hpp"
#include "store/sql/engine/mysql_backend.hpp"
#include "store/sql/engine/mysql_rows.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include <xxhash.h>

namespace chr21::sql {
namespace {

constexpr EngineWords mysql_words{
    .position_of = "instr",
    .is_whole_step = "statements_left = 0",
    .short_text = "VARCHAR(255)",
    .table_options = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"};

// Names of locks hold for the whole server, so the database is part of ours.
std::string writers_lock(const DatabaseUrl& url) {
    std::array<char, sizeof("chr21.0123456789abcdef")> name{};
    std::snprintf(
        name.data(),
        name.size(),
        "chr21.%016llx",
        static_cast<unsigned long long>(XXH64(url.database.data(), url.database.size(), 0)));
    return name.data();
}

// One round trip; the comments are read by MariaDB alone and by MySQL alone. Text means the same
// whatever the server's own modes are.
std::string preparation(std::int64_t limit_in_seconds) {
    const auto seconds = std::to_string(limit_in_seconds);
    const auto milliseconds = std::to_string(limit_in_seconds * 1000);
    return "SET SESSION sql_mode = "
           "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
           "innodb_lock_wait_timeout = " +
           std::to_string(lock_wait_seconds) +
           ", lock_wait_timeout = " + std::to_string(lock_wait_seconds) +
           " /*M! , max_statement_time = " + seconds +
           " */ /*!80000 , max_execution_time = " + milliseconds + " */";
}

struct Meaning {
    int code = 0;
    std::string_view diagnosis;
};

// Its keys are of binary columns, whose length ends there (migrations/mysql).
constexpr std::string_view too_long =
    "did not take a text of the export: IDs, names and types of genes and chromosomes may have "
    "1020 "
    "bytes there; shorten it, or load into PostgreSQL or SQLite";

// By the numbers of MySQL's and MariaDB's error references.
constexpr std::array meanings{
    Meaning{1045, diagnoses::refused},
    Meaning{1698, diagnoses::refused},
    Meaning{1044, diagnoses::no_permission},
    Meaning{1142, diagnoses::no_permission},
    Meaning{1143, diagnoses::no_permission},
    Meaning{1227, diagnoses::no_permission},
    Meaning{1370, diagnoses::no_permission},
    Meaning{1049, diagnoses::no_database},
    Meaning{1129, "blocks this host after many faults; run FLUSH HOSTS there"},
    Meaning{1130, "does not let this host in; create the user for this host there"},
    Meaning{1040, diagnoses::crowded},
    Meaning{1203, diagnoses::crowded},
    Meaning{1205, diagnoses::locked},
    Meaning{1213, diagnoses::locked},
    Meaning{1021, diagnoses::full},
    Meaning{1114, diagnoses::full},
    Meaning{1290, diagnoses::read_only},
    Meaning{1792, diagnoses::read_only},
    Meaning{1836, diagnoses::read_only},
    Meaning{1969, diagnoses::too_slow},
    Meaning{3024, diagnoses::too_slow},
    Meaning{1265, too_long},
    Meaning{1406, too_long},
    Meaning{1146, diagnoses::no_table},
    Meaning{2005, diagnoses::no_host},
    Meaning{2006, diagnoses::lost},
    Meaning{1927, diagnoses::lost},
    Meaning{1053, diagnoses::lost}};

struct Phrase {
    std::string_view sign;
    std::string_view diagnosis;
};

// The client library has few numbers of its own, and adds the system's in brackets; 115 is what it
// makes of a refusal. The first that fits counts.
constexpr std::array phrases{
    Phrase{"Validation of SSL server certificate failed", diagnoses::other_host},
    Phrase{"unexpected eof", diagnoses::lost},
    Phrase{"certificate",
           "its certificate is not signed by the root in ssl_ca; name the right root"},
    Phrase{"server does not support it", diagnoses::no_tls},
    Phrase{"SSL", "no connection with TLS could be made; check sslmode and ssl_ca"},
    Phrase{"initial communication packet", diagnoses::no_answer},
    Phrase{"(111)", diagnoses::nothing_listens},
    Phrase{"(115)", diagnoses::nothing_listens},
    Phrase{"(2)", "there is no socket there; correct its path, or start the server"},
    Phrase{"(110)", diagnoses::no_answer},
    Phrase{"(101)", diagnoses::no_way},
    Phrase{"(113)", diagnoses::no_way},
    Phrase{"Lost connection", diagnoses::lost}};

// What the client library says of a server that is not there yet, or for a moment.
constexpr std::array<std::string_view, 6> signs_of_a_pause{"Connection refused",
                                                           "shutting down",
                                                           "No such file or directory",
                                                           "Can't connect to",
                                                           "Lost connection",
                                                           "gone away"};

class MysqlEngine final : public Engine {
public:
    std::string_view name() const override { return "MySQL"; }
    std::string_view migration_folder() const override { return "mysql/"; }
    const EngineWords& words() const override { return mysql_words; }

    std::unique_ptr<Backend> connect(const DatabaseUrl& url, Access access) const override {
        auto backend = std::make_unique<mysql::MysqlBackend>(url, access);
        backend->run(preparation(access == Access::read_only ? url.statement_timeout.count() : 0));
        return backend;
    }

    bool is_read_only(Session& session) const override {
        int answer = 0;
        read_row(session, "SELECT @@global.read_only", answer);
        return answer != 0;
    }

    void begin(Session& session, TransactionKind kind) const override {
        if (kind == TransactionKind::copying) session.run(preparation(0));
        if (kind == TransactionKind::reading || kind == TransactionKind::copying) {
            return session.run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        }
        const auto lock = writers_lock(session.url());
        int locked_now = 0;
        read_row(session,
                 "SELECT coalesce(GET_LOCK('" + lock + "', " + std::to_string(lock_wait_seconds) +
                     "), 0)",
                 locked_now);
        constexpr int lock_wait_timeout = 1205;
        if (locked_now != 1) {
            throw EngineFault("the lock " + lock + " is held", lock_wait_timeout);
        }
        session.run("START TRANSACTION");
    }

    void after(Session& session, TransactionKind kind) const override {
        if (kind == TransactionKind::reading || kind == TransactionKind::copying) return;
        session.run("SET unique_checks = 1, foreign_key_checks = 1");
        int released = 0;
        read_row(session,
                 "SELECT coalesce(RELEASE_LOCK('" + writers_lock(session.url()) + "'), 0)",
                 released);
    }

    std::unique_ptr<RowWriter> write_rows(
        Session& session,
        std::string_view table,
        std::span<const std::string_view> columns) const override {
        return write_mysql_rows(session, table, columns);
    }

    // MariaDB fills a table that is empty by sorting, without a log of each row, where nothing is
    // to be checked meanwhile (documentation of InnoDB, "bulk insert", from 10.7 on). Our tables of
    // many rows have no foreign keys, and none but their primary keys is unique: that is checked
    // always.
    std::vector<std::string> prepare_for_rows(Session& session,
                                              const std::string& /*table*/,
                                              std::size_t /*new_rows*/) const override {
        session.run("SET unique_checks = 0, foreign_key_checks = 0");
        return {};
    }

    std::string diagnosis(const EngineFault& fault, const DatabaseUrl& /*url*/) const override {
        const auto number = fault.number();
        const auto* const found = std::ranges::find(meanings, number, &Meaning::code);
        if (found != meanings.end()) return std::string(found->diagnosis);
        constexpr int first_of_the_client = 2000;
        if (number < first_of_the_client || number >= first_of_the_client + 1000) {
            return "cannot be used; choose " + std::string(elsewhere);
        }
        const std::string_view said = fault.what();
        for (const auto& [sign, diagnosis] : phrases) {
            if (said.contains(sign)) return std::string(diagnosis);
        }
        return "cannot be reached; check the database URL";
    }

    bool may_pass(const EngineFault& fault) const override {
        const std::string_view said = fault.what();
        return std::ranges::any_of(signs_of_a_pause,
                                   [&](auto sign) { return said.contains(sign); });
    }

    bool is_login_refused(const EngineFault& fault) const override {
        constexpr int access_denied = 1045;
        constexpr int access_denied_by_plugin = 1698;
        const auto number = fault.number();
        return number == access_denied || number == access_denied_by_plugin;
    }

    bool undoes_schema_changes() const override { return false; }

    bool is_dropped_already(const EngineFault& fault) const override {
        constexpr int cannot_drop = 1091;
        return fault.number() == cannot_drop;
    }

    std::string count_columns(const std::string& table, const std::string& columns) const override {
        return "SELECT count(*) FROM information_schema.columns WHERE table_schema = database() "
               "AND table_name = '" +
               table + "' AND column_name IN (" + columns + ")";
    }
};

}  // namespace

const Engine& mysql_engine() {
    static const MysqlEngine engine;
    return engine;
}

}  // namespace chr21::sql
