#include "tests/databases/servers.hpp"

#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/session.hpp"
#include "tests/databases/certificates.hpp"
#include "tests/databases/process.hpp"
#include "tests/store/temporary_directory.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include <unistd.h>

namespace chr21::testing {
namespace {

namespace fs = std::filesystem;
using sql::DatabaseUrl;
using sql::EngineKind;

constexpr auto user = "chr21";
// Every character that means something in a URL, in a connect string or in SQL but a quote there.
constexpr auto password = R"(p@ss: w/o?r#d&"x"\%41é)";

std::vector<std::string> postgresql_folders() {
    std::vector<std::string> folders;
    std::error_code missing;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", missing)) {
        folders.push_back((version.path() / "bin").string());
    }
    std::ranges::sort(folders, std::greater{});
    return folders;
}

std::string postgresql_program(const std::string& name) {
    std::vector<std::string> paths;
    for (const auto& folder : postgresql_folders()) paths.push_back(folder + "/" + name);
    return find_program(paths);
}

std::string mariadb_server() {
    return find_program({"/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd"});
}

// A server's folder, process and administrator's URL.
class Server {
public:
    explicit Server(const std::string& account) : account_(account) {
        fs::permissions(directory_.path(), fs::perms{0755});
        fs::create_directories(tls());
        make_certificates(tls());
        give_to(directory_.path().string(), account);
        fs::permissions(tls() + "/server.key", fs::perms{0600});
    }
    virtual ~Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    std::string file(const std::string& name) const { return directory_.file(name); }
    std::string tls() const { return file("tls"); }
    const std::string& account() const { return account_; }
    std::uint16_t port() const { return port_; }
    const DatabaseUrl& administrator() const { return administrator_; }

    void run_to_end(const std::string& program, const std::string& arguments) const {
        run(command_of(program, arguments, directory_.path()), account_, file("setup.log"));
    }
    void start(const std::string& program,
               const std::string& arguments,
               DatabaseUrl administrator) {
        administrator_ = std::move(administrator);
        process_ = std::make_unique<Process>(
            command_of(program, arguments, directory_.path()), account_, file("server.log"));
        std::string reason;
        for (int i = 0; i < 300 && process_->is_running(); ++i) {
            try {
                sql::Session session(administrator_, sql::Access::read_write);
                return;
            } catch (const sql::EngineFault& fault) {
                reason = fault.what();
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
        throw std::runtime_error("the server did not start: " + reason);
    }
    void stop(int signal) { process_->stop(signal); }

private:
    TemporaryDirectory directory_;
    std::string account_;
    std::uint16_t port_ = free_port();
    DatabaseUrl administrator_;
    std::unique_ptr<Process> process_;
};

class PostgresqlServer final : public Server {
public:
    PostgresqlServer() : Server("postgres") {
        std::ofstream(file("password")) << password << "\n";
        give_to(file("password"), account());
        run_to_end(postgresql_program("initdb"),
                   "-D @data -U chr21 --auth-local=trust --auth-host=scram-sha-256 "
                   "--pwfile=@password -E UTF8 --locale=C --no-sync");
        start(postgresql_program("postgres"),
              "-D @data -k @ -p " + std::to_string(port()) +
                  " -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
                  "-c full_page_writes=off -c ssl=on -c ssl_cert_file=@tls/server.pem "
                  "-c ssl_key_file=@tls/server.key",
              {.engine = EngineKind::postgresql,
               .port = port(),
               .socket = file(""),
               .user = user,
               .database = "postgres"});
    }
    ~PostgresqlServer() override { stop(SIGINT); }
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;
    PostgresqlServer(PostgresqlServer&&) = delete;
    PostgresqlServer& operator=(PostgresqlServer&&) = delete;
};

class MariadbServer final : public Server {
public:
    explicit MariadbServer(const std::string& tls_options) : Server("mysql") {
        run_to_end(find_program({"/usr/bin/mariadb-install-db"}),
                   "--no-defaults --auth-root-authentication-method=normal --skip-test-db "
                   "--datadir=@data");
        start(mariadb_server(),
              "--no-defaults --datadir=@data --socket=@m.sock --port=" + std::to_string(port()) +
                  " --bind-address=127.0.0.1 --pid-file=@m.pid --skip-log-bin --skip-name-resolve "
                  "--innodb-flush-log-at-trx-commit=0 " +
                  tls_options,
              {.engine = EngineKind::mysql,
               .socket = file("m.sock"),
               .user = "root",
               .database = "mysql"});
        sql::Session session(administrator(), sql::Access::read_write);
        session.run(R"(CREATE USER 'chr21'@'%' IDENTIFIED BY 'p@ss: w/o?r#d&"x"\\%41é')");
        session.run("GRANT ALL ON *.* TO 'chr21'@'%'");
    }
    ~MariadbServer() override { stop(SIGTERM); }
    MariadbServer(const MariadbServer&) = delete;
    MariadbServer& operator=(const MariadbServer&) = delete;
    MariadbServer(MariadbServer&&) = delete;
    MariadbServer& operator=(MariadbServer&&) = delete;
};

const Server& server_of(sql::EngineKind engine) {
    if (engine == EngineKind::postgresql) {
        static const PostgresqlServer postgresql;
        return postgresql;
    }
    static const MariadbServer mariadb(
        "--ssl-ca=@tls/root.pem --ssl-cert=@tls/server.pem --ssl-key=@tls/server.key");
    return mariadb;
}

const TemporaryDirectory& files() {
    static const TemporaryDirectory directory;
    return directory;
}

std::string next_name() {
    static int number = 0;
    return "chr21 \"test\" " + std::to_string(++number);
}

std::string quoted(sql::EngineKind engine, const std::string& name) {
    if (engine == EngineKind::mysql) return "`" + name + "`";
    std::string text = name;
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
}

}  // namespace

std::string missing_server(sql::EngineKind engine) {
    if (engine == EngineKind::postgresql && postgresql_program("postgres").empty()) {
        return "no PostgreSQL server is installed; its package is postgresql";
    }
    if (engine == EngineKind::mysql && mariadb_server().empty()) {
        return "no MariaDB server is installed; its package is mariadb-server";
    }
    return {};
}

DatabaseUrl new_database(sql::EngineKind engine) {
    const auto name = next_name();
    if (engine == EngineKind::sqlite) {
        return {.path = files().file("test" + name.substr(name.rfind(' ') + 1) + ".sqlite3")};
    }
    const auto& server = server_of(engine);
    run_sql(server.administrator(), "CREATE DATABASE " + quoted(engine, name));
    return {.engine = engine,
            .host = "127.0.0.1",
            .port = server.port(),
            .user = user,
            .password = password,
            .database = name};
}

DatabaseUrl new_database_with_schema(sql::EngineKind engine) {
    auto url = new_database(engine);
    sql::Session session(url, sql::Access::read_write);
    sql::apply_missing(session, sql::built_in_migrations(engine));
    return url;
}

DatabaseUrl as_administrator(DatabaseUrl url) {
    if (url.engine == EngineKind::sqlite) return url;
    auto administrator = server_of(url.engine).administrator();
    administrator.database = std::move(url.database);
    return administrator;
}

std::string root_certificate(sql::EngineKind engine) {
    return server_of(engine).tls() + "/root.pem";
}

std::string other_root_certificate(sql::EngineKind engine) {
    return server_of(engine).tls() + "/other_root.pem";
}

DatabaseUrl mariadb_without_tls() {
    static const MariadbServer server("--skip-ssl");
    auto url = server.administrator();
    url.socket.clear();
    url.host = "127.0.0.1";
    url.port = server.port();
    return url;
}

void run_sql(const DatabaseUrl& url, const std::string& sql) {
    sql::Session session(url, sql::Access::read_write);
    session.run(sql);
}

std::int64_t read_number(const DatabaseUrl& url, const std::string& sql) {
    sql::Session session(url, sql::Access::read_only);
    std::int64_t number = 0;
    read_row(session, sql, number);
    return number;
}

}  // namespace chr21::testing
