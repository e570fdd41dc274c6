#include "store/sql/engine/diagnoses.hpp"
#include "store/sql/engine/engines.hpp"
#include "store/sql/engine/postgresql_backend.hpp"
#include "store/sql/engine/postgresql_rows.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>

namespace chr21::sql {
namespace {

constexpr EngineWords postgresql_words{.position_of = "strpos", .keeps_nul = false};

// Our own lock among a database's advisory locks: "chr21".
constexpr std::string_view writers_lock = "427138757425";

struct Meaning {
    std::string_view sign;  // a SQLSTATE or the beginning of one, or a phrase of libpq's
    std::string_view diagnosis;
};

constexpr std::string_view not_let_in =
    "does not let this user in from here; ask for an entry in its pg_hba.conf";

constexpr std::array meanings_of_states{
    Meaning{"28P01", diagnoses::refused},
    Meaning{"28", not_let_in},
    Meaning{"3D000", diagnoses::no_database},
    Meaning{"42501", diagnoses::no_permission},
    Meaning{"42P01", diagnoses::no_table},
    Meaning{"57014", diagnoses::too_slow},
    Meaning{"55P03", diagnoses::locked},
    Meaning{"25006", diagnoses::read_only},
    Meaning{"53100", diagnoses::full},
    Meaning{"53300", diagnoses::crowded},
    Meaning{"57P", "ended the connection; try again when the server runs"},
    Meaning{"08", diagnoses::lost}};

// Of a connection that was never made, libpq tells in words only. The first that fits counts.
constexpr std::array meanings_of_phrases{
    Meaning{"password authentication failed", diagnoses::refused},
    Meaning{"no password supplied", diagnoses::refused},
    Meaning{"role \"", "there is no such user on this server; correct it in the database URL"},
    Meaning{"\" does not exist", diagnoses::no_database},
    Meaning{"no such database", diagnoses::no_database},
    Meaning{"does not match host name", diagnoses::other_host},
    Meaning{"certificate verify failed",
            "its certificate is not signed by the root in sslrootcert; name the right root"},
    Meaning{"could not read root certificate",
            "the file in sslrootcert is no certificate; name the PEM file of the server's root"},
    Meaning{"does not support SSL", diagnoses::no_tls},
    Meaning{"SSL", "no connection with TLS could be made; check sslmode and sslrootcert"},
    Meaning{"pg_hba.conf", not_let_in},
    Meaning{"too many c", diagnoses::crowded},
    Meaning{"connection slots", diagnoses::crowded},
    Meaning{"starting up", "is starting up; try again in a moment"},
    Meaning{"not yet accepting", "is starting up; try again in a moment"},
    Meaning{"recovery mode", "is starting up after it had been cut off; try again in a moment"},
    Meaning{"shutting down", "is shutting down; try again when it runs"},
    Meaning{"permission denied for database", diagnoses::no_permission},
    Meaning{"could not translate host name", diagnoses::no_host},
    Meaning{"Connection refused", diagnoses::nothing_listens},
    Meaning{"No such file or directory",
            "there is no socket there; correct its directory, or start the server"},
    Meaning{"timeout expired", diagnoses::no_answer},
    Meaning{"server closed the connection", diagnoses::lost},
    Meaning{"Network is unreachable", diagnoses::no_way},
    Meaning{"No route to host", diagnoses::no_way}};

constexpr std::array<std::string_view, 5> signs_of_a_refusal{"password authentication failed",
                                                             "no password supplied",
                                                             "PAM authentication failed",
                                                             "role \"",
                                                             "pg_hba.conf"};

// What a statement that failed has left of a transaction.
void roll_back(Session& session) {
    try {
        session.rollback();
    } catch (const EngineFault&) {
        return;  // the connection is gone, and the transaction with it
    }
}

// What servers and libpq say of a server that is not there yet, or for a moment.
constexpr std::array<std::string_view, 9> signs_of_a_pause{"Connection refused",
                                                           "starting up",
                                                           "recovery mode",
                                                           "not yet accepting connections",
                                                           "shutting down",
                                                           "timeout expired",
                                                           "No such file or directory",
                                                           "server closed the connection",
                                                           "terminating connection"};

class PostgresqlEngine final : public Engine {
public:
    std::string_view name() const override { return "PostgreSQL"; }
    std::string_view migration_folder() const override { return "postgresql/"; }
    const EngineWords& words() const override { return postgresql_words; }

    std::unique_ptr<Backend> connect(const DatabaseUrl& url, Access /*access*/) const override {
        return std::make_unique<postgresql::PostgresqlBackend>(url);
    }

    bool is_read_only(Session& session) const override {
        std::string answer;
        read_row(session, "SHOW transaction_read_only", answer);
        return answer == "on";
    }

    void begin(Session& session, TransactionKind kind) const override {
        if (kind == TransactionKind::reading || kind == TransactionKind::copying) {
            const auto limit = kind == TransactionKind::reading
                                   ? time_left(session.url().statement_timeout).count()
                                   : 0;
            session.run(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = " +
                std::to_string(limit));
            return;
        }
        // A load or a migration takes what it takes; only waiting for another writer has a limit.
        const auto wait = std::to_string(lock_wait_seconds * 1000);
        try {
            session.run("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = " + wait +
                        "; SELECT pg_advisory_xact_lock(" + std::string(writers_lock) + ")");
        } catch (const EngineFault&) {
            roll_back(session);
            throw;
        }
    }

    std::unique_ptr<RowWriter> write_rows(
        Session& session,
        std::string_view table,
        std::span<const std::string_view> columns) const override {
        return write_postgresql_rows(session, table, columns);
    }

    std::string diagnosis(const EngineFault& fault, const DatabaseUrl& /*url*/) const override {
        const auto& state = fault.sqlstate();
        for (const auto& [sign, meaning] : meanings_of_states) {
            if (state.starts_with(sign)) return std::string(meaning);
        }
        if (!state.empty()) return "cannot be used; choose " + std::string(elsewhere);
        const std::string_view said = fault.what();
        for (const auto& [sign, meaning] : meanings_of_phrases) {
            if (said.contains(sign)) return std::string(meaning);
        }
        return "cannot be reached; check the database URL";
    }

    bool may_pass(const EngineFault& fault) const override {
        const std::string_view said = fault.what();
        return std::ranges::any_of(signs_of_a_pause,
                                   [&](auto sign) { return said.contains(sign); });
    }

    // libpq keeps no SQLSTATE of a connection that was never made: its phrases stand for 28P01 and
    // 28000.
    bool is_login_refused(const EngineFault& fault) const override {
        const std::string_view said = fault.what();
        return fault.sqlstate().starts_with("28") ||
               std::ranges::any_of(signs_of_a_refusal,
                                   [&](auto sign) { return said.contains(sign); });
    }

    std::string count_columns(const std::string& table, const std::string& columns) const override {
        // Not information_schema, which hides tables that the user may not read; nor
        // to_regclass(), which may remember that there was no such table a moment ago.
        return "SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE "
               "relname = '" +
               table +
               "' AND pg_table_is_visible(pg_class.oid) AND NOT attisdropped AND attname "
               "IN (" +
               columns + ")";
    }
};

}  // namespace

const Engine& postgresql_engine() {
    static const PostgresqlEngine engine;
    return engine;
}

}  // namespace chr21::sql
