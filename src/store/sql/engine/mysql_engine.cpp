#include "store/sql/engine/backend_library.hpp"
#include "store/sql/engine/diagnoses.hpp"
#include "store/sql/engine/engines.hpp"
#include "store/sql/engine/mysql_connect_options.hpp"
#include "store/sql/engine/mysql_rows.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include <soci/mysql/soci-mysql.h>
#include <xxhash.h>

namespace chr21::sql {
namespace {

constexpr EngineWords mysql_words{
    .position_of = "instr",
    .is_whole_step = "statements_left = 0",
    .short_text = "VARCHAR(255)",
    .table_options = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"};

// For connections that load or migrate, where one statement may take long.
constexpr int patient_seconds = 3600;

// In SOCI's quotes.
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char letter : text) {
        if (letter == '\'' || letter == '\\') result += '\\';
        result += letter;
    }
    return result + "'";
}

std::string connect_string(const DatabaseUrl& url, Access access) {
    std::string text = "charset=utf8mb4 db=" + quoted(url.database);
    const auto add = [&text](std::string_view name, const std::string& value) {
        if (!value.empty()) text.append(" ").append(name).append("=").append(quoted(value));
    };
    add("host", url.host);
    if (url.port != 0) add("port", std::to_string(url.port));
    add("unix_socket", url.socket);
    add("user", url.user);
    add("password", url.password);
    // A little more than a statement may take, so that the server is the first to give up.
    const auto wait = access == Access::read_only ? url.statement_timeout.count() + 1
                                                  : std::int64_t{patient_seconds};
    add("connect_timeout", std::to_string(url.connect_timeout.count()));
    add("read_timeout", std::to_string(wait));
    add("write_timeout", std::to_string(wait));
    return text;
}

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
    unsigned code = 0;
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

// The engine's number of a fault; 0 where it has none.
unsigned number_of(const EngineFault& fault) {
    const auto* const named = dynamic_cast<const soci::mysql_soci_error*>(&fault);
    return named == nullptr ? 0 : static_cast<unsigned>(named->err_num_);
}

class MysqlEngine final : public Engine {
public:
    std::string_view name() const override { return "MySQL"; }
    std::string_view migration_folder() const override { return "mysql/"; }
    const EngineWords& words() const override { return mysql_words; }

    void connect(soci::session& backend, const DatabaseUrl& url, Access access) const override {
        {
            const mysql::ConnectOptions options(url, access);
            try {
                open_session(backend, url, connect_string(url, access));
            } catch (const EngineFault&) {
                mysql::require_options_used();
                throw;
            }
            mysql::require_options_used();
        }
        // The client library of MariaDB goes on without TLS where the server has none.
        if (url.tls >= Tls::require && !mysql::is_encrypted(backend)) {
            backend.close();
            throw StoreUnavailable(describe(url) + ": " + std::string(diagnoses::no_tls));
        }
        backend << preparation(access == Access::read_only ? url.statement_timeout.count() : 0);
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
            throw soci::mysql_soci_error("the lock " + lock + " is held", lock_wait_timeout);
        }
        session.run("START TRANSACTION");
    }

    void after(Session& session, TransactionKind kind) const override {
        if (kind == TransactionKind::reading || kind == TransactionKind::copying) return;
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

    std::string diagnosis(const EngineFault& fault, const DatabaseUrl& /*url*/) const override {
        const auto number = number_of(fault);
        const auto* const found = std::ranges::find(meanings, number, &Meaning::code);
        if (found != meanings.end()) return std::string(found->diagnosis);
        constexpr unsigned first_of_the_client = 2000;
        if (number < first_of_the_client || number >= first_of_the_client + 1000) {
            return "cannot be used; choose " + std::string(elsewhere);
        }
        const auto said = fault.get_error_message();
        for (const auto& [sign, diagnosis] : phrases) {
            if (said.contains(sign)) return std::string(diagnosis);
        }
        return "cannot be reached; check the database URL";
    }

    bool may_pass(const EngineFault& fault) const override {
        const auto said = fault.get_error_message();
        return std::ranges::any_of(signs_of_a_pause,
                                   [&](auto sign) { return said.contains(sign); });
    }

    bool is_login_refused(const EngineFault& fault) const override {
        constexpr unsigned access_denied = 1045;
        constexpr unsigned access_denied_by_plugin = 1698;
        const auto number = number_of(fault);
        return number == access_denied || number == access_denied_by_plugin;
    }

    bool undoes_schema_changes() const override { return false; }

    bool is_dropped_already(const EngineFault& fault) const override {
        constexpr unsigned cannot_drop = 1091;
        return number_of(fault) == cannot_drop;
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
