#pragma once

#include "cli/lambda_environment.hpp"
#include "datasets/dataset_source.hpp"
#include "datasets/export_dataset.hpp"
#include "observe/log.hpp"
#include "service/service.hpp"
#include "transport/http/server.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
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
        {};  // seeds a new database in place of the bundled one
    datasets::StoreChoice store = datasets::StoreChoice::automatic;
    std::uint64_t memory_limit = std::uint64_t{1} << 30U;  // bytes of a catalog, for "auto"; less
                                                           // where a container allows less
    bool catalog_file = true;     // beside a SQLite file, of a large dataset
    bool pinned_catalogs = true;  // of datasets that requests name; there is no flag for it
};

struct ServeSettings {
    DataSettings data;
    // How long to try again, at the start, where the database cannot be reached.
    std::chrono::milliseconds database_wait{30'000};
    // How often to look whether another dataset is active.
    std::chrono::milliseconds poll_interval{10'000};
    http::ServerOptions server;
    service::ServiceOptions service;
    // From a request read to its answer made; then 503.
    std::chrono::milliseconds request_deadline{5'000};
    observe::LogOptions log;
    std::string environment = "local";             // under AWS Lambda: a dimension of all metrics
    std::optional<LambdaEnvironment> lambda = {};  // as a function of AWS Lambda; there is no flag
};

struct GetSettings {
    DataSettings data;
    std::string target;
    std::string accept;
    bool include_headers = false;
};

enum class ReportFormat : std::uint8_t { text, json };

struct LoadSettings {
    std::string database_url = DataSettings{}.database_url;
    std::optional<std::string> where = {};  // a file, "-" for standard input, or an https:// URL
    bool bundled = false;                   // the bundled export in its place
    datasets::DatasetLabels labels;
    bool strict = false;
    bool dry_run = false;
    std::optional<ReportFormat> report_format = {};  // text on a terminal, else JSON
};

enum class DatasetsAction : std::uint8_t { list, show, activate, drop, prune, verify };

struct DatasetsSettings {
    std::string database_url = DataSettings{}.database_url;
    DatasetsAction action = DatasetsAction::list;
    std::string pin;                // of the dataset to show, activate or drop
    std::vector<std::string> pins;  // of those to verify; none: all
    std::size_t keep = 0;
    bool json = false;
};

enum class MigrateAction : std::uint8_t { status, check, up };

struct MigrateSettings {
    std::string database_url = DataSettings{}.database_url;
    MigrateAction action = MigrateAction::status;
    std::optional<std::int64_t> last = {};  // the version that "up" stops at
};

struct OpenApiSettings {
    bool yaml = false;
};

// Declare a subcommand's flags, each with its environment variable. `settings` are filled when the
// command line is parsed and must live until then.
void declare(CLI::App& app, ServeSettings& settings);
void declare(CLI::App& app, GetSettings& settings);
void declare(CLI::App& app, LoadSettings& settings);
void declare(CLI::App& app, DatasetsSettings& settings);
void declare(CLI::App& app, MigrateSettings& settings);
void declare(CLI::App& app, OpenApiSettings& settings);

// Opens and fills the database that the settings name. The error is one line that names the flag at
// fault. Throws StoreUnavailable where the database cannot be used.
std::expected<datasets::Start, std::string> begin(const DataSettings& settings,
                                                  const observe::Observer& observer);

// One function for each subcommand; the result is the process's exit code: 0, or 1 for a
// failure that was told on standard error.
int serve(const ServeSettings& settings);
int get(const GetSettings& settings);
int load(const LoadSettings& settings);
int datasets(const DatasetsSettings& settings);
int migrate(const MigrateSettings& settings);
int show_openapi(const OpenApiSettings& settings);

// "chr21 0.2.0 (commit 1a2b3c, dataset homo_sapiens-GRCh38-114-chr21, 1134 genes)"
std::string version_text();

}  // namespace chr21::cli
