#pragma once

#include "api/service.hpp"
#include "observe/log.hpp"
#include "transport/http/server.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace chr21::cli {

// Where the genes come from and live; the same for every subcommand that answers requests.
struct DataSettings {
    std::string database_url = "sqlite:///chr21.sqlite3";
    std::optional<std::string> export_file =
        {};                        // seeds a new database in place of the bundled one
    std::string store = "memory";  // "memory" or "database"
};

struct ServeSettings {
    DataSettings data;
    http::ServerOptions server;
    api::ServiceOptions service;
    observe::LogOptions log;
};

struct GetSettings {
    DataSettings data;
    std::string target;
    std::string accept;
    bool include_headers = false;
};

struct MigrateSettings {
    std::string database_url = DataSettings{}.database_url;
    std::string action;                     // "status", "up" or "check"
    std::optional<std::int64_t> last = {};  // the version that "up" stops at
};

struct OpenApiSettings {
    bool yaml = false;
};

// Declare a subcommand's flags, each with its environment variable. `settings` are filled when the
// command line is parsed and must live until then.
void declare(CLI::App& app, ServeSettings& settings);
void declare(CLI::App& app, GetSettings& settings);
void declare(CLI::App& app, MigrateSettings& settings);
void declare(CLI::App& app, OpenApiSettings& settings);

// One function for each subcommand; the result is the process's exit code: 0, or 1 for a
// failure that was told on standard error.
int serve(const ServeSettings& settings);
int get(const GetSettings& settings);
int migrate(const MigrateSettings& settings);
int show_openapi(const OpenApiSettings& settings);

// "chr21 0.1.0 (commit 1a2b3c, dataset homo_sapiens-GRCh38-114-chr21, 1134 genes)"
std::string version_text();

}  // namespace chr21::cli
