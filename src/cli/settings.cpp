#include "cli/settings.hpp"

#include "cli/container_limit.hpp"
#include "cli/flag_values.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace chr21::cli {

namespace {

void add_database_url(CLI::App& app, std::string& database_url) {
    app.add_option(
           "--database-url",
           database_url,
           "where the data lives: sqlite:///relative/path or sqlite:////absolute/path, made "
           "on the first run; postgresql://user@host/database or mysql://user@host/database")
        ->envname("DATABASE_URL")
        ->capture_default_str();
}

// Adds what a subcommand does, as a subcommand of its own that notes itself in `chosen`.
template <class Action>
auto action_adder(CLI::App& app, Action& chosen) {
    return [&app, &chosen](Action what, const std::string& name, const std::string& description) {
        auto& action = *app.add_subcommand(name, description);
        action.callback([&chosen, what] { chosen = what; });
        action.fallthrough();
        return &action;
    };
}

// Bytes of memory that this process may take, as far as anybody has set a limit.
std::optional<std::uint64_t> memory_allowed() {
    const auto container = container_limit();
    const auto environment = lambda_environment();
    if (!environment || !environment->memory) return container;
    return std::min(container.value_or(*environment->memory), *environment->memory);
}

// As CloudWatch takes the value of a dimension.
bool is_visible(std::string_view name) {
    constexpr std::size_t longest = 255;
    return !name.empty() && name.size() <= longest &&
           std::ranges::all_of(name, [](char letter) { return letter > ' ' && letter <= '~'; });
}

// What is otherwise where nobody says, for a function of AWS Lambda.
void follow(const LambdaEnvironment& environment, ServeSettings& settings) {
    settings.log.level = environment.log_level;
    settings.log.format = observe::LogFormat::json;
    settings.log.style = observe::LogStyle::lambda;
    if (is_visible(environment.function_name)) settings.environment = environment.function_name;
    // A start may take ten seconds in all; it is begun again where it does not succeed.
    settings.database_wait = std::chrono::seconds(2);
    // They are made in a thread, which would be frozen with the rest between two events.
    settings.data.pinned_catalogs = false;
    settings.lambda = environment;
}

void declare(CLI::App& app, DataSettings& settings) {
    settings.memory_limit = standard_memory_limit(memory_allowed());
    add_database_url(app, settings.database_url);
    app.add_option(
           "--data",
           settings.export_file,
           "mart export to fill a new database from, in place of the bundled one: a file, - "
           "for standard input, or an https:// URL")
        ->envname("CHR21_DATA")
        ->type_name("FILE");
    using datasets::StoreChoice;
    add_choice<StoreChoice>(
        app,
        "--store",
        settings.store,
        {{"auto", StoreChoice::automatic},
         {"memory", StoreChoice::memory},
         {"database", StoreChoice::database}},
        "what answers: memory (a catalog read at the start), database (SQL for every "
        "request), or auto: memory while the catalog fits --memory-limit")
        ->envname("CHR21_STORE")
        ->default_str("auto");
    add_size(app,
             "--memory-limit",
             settings.memory_limit,
             "CHR21_MEMORY_LIMIT",
             "the most memory that a catalog may take with --store auto, such as 512MiB");
    app.add_flag_function(
           "--no-catalog-file",
           [&settings](std::int64_t given) { settings.catalog_file = given <= 0; },
           "no file beside a SQLite database from which the catalog of a large dataset is read")
        ->envname("CHR21_NO_CATALOG_FILE");
}

void declare_address(CLI::App& app, http::ServerOptions& server) {
    app.add_option("--host", server.host, "address or name to listen on")
        ->envname("CHR21_HOST")
        ->capture_default_str();
    app.add_option("--port", server.port, "port to listen on; 0 takes a free one")
        ->envname("CHR21_PORT")
        ->check(whole_number(0, 65'535))
        ->capture_default_str();
    app.add_option("--threads", server.threads, "threads that answer; default: one per core")
        ->envname("CHR21_THREADS")
        ->check(whole_number(1, 256))
        ->capture_default_str();
    app.add_option("--workers", server.workers, "threads for requests that wait for the database")
        ->envname("CHR21_WORKERS")
        ->check(whole_number(1, 256))
        ->capture_default_str();
}

void declare_limits(CLI::App& app, http::ServerOptions& server) {
    app.add_option("--max-connections", server.connection_limit, "more are told 503")
        ->envname("CHR21_MAX_CONNECTIONS")
        ->check(whole_number(1, 1'000'000))
        ->capture_default_str();
    app.add_option("--max-queued",
                   server.queue_limit,
                   "requests that wait for the database, or to be worked out; more are told 503")
        ->envname("CHR21_MAX_QUEUED")
        ->check(whole_number(1, 1'000'000))
        ->capture_default_str();
    app.add_option(
           "--max-head-bytes", server.head_limit, "of request line and headers; more is 431")
        ->envname("CHR21_MAX_HEAD_BYTES")
        ->check(whole_number(1024, 1U << 20U))
        ->capture_default_str();
    app.add_option("--max-target-bytes", server.target_limit, "of the request target; more is 414")
        ->envname("CHR21_MAX_TARGET_BYTES")
        ->check(whole_number(256, 1U << 20U))
        ->capture_default_str();
    app.add_option("--max-body-bytes", server.body_limit, "of a request's body; more is 413")
        ->envname("CHR21_MAX_BODY_BYTES")
        ->check(whole_number(1, 1U << 30U))
        ->capture_default_str();
    server.buffer_limit = standard_buffer_limit(memory_to_share());
    add_size(app,
             "--buffer-limit",
             server.buffer_limit,
             "CHR21_BUFFER_LIMIT",
             "the most memory for unsent answers and unread bodies, such as 64MiB; beyond it "
             "slow readers are cut and new requests told 503");
}

void declare_timeouts(CLI::App& app, http::ServerOptions& server) {
    add_duration(app,
                 "--header-timeout",
                 server.header_timeout,
                 "CHR21_HEADER_TIMEOUT",
                 "for a request's head to arrive");
    add_duration(app,
                 "--body-timeout",
                 server.body_timeout,
                 "CHR21_BODY_TIMEOUT",
                 "for a request's body to arrive");
    add_duration(app,
                 "--idle-timeout",
                 server.idle_timeout,
                 "CHR21_IDLE_TIMEOUT",
                 "between two requests of a connection");
    add_duration(app,
                 "--write-timeout",
                 server.write_timeout,
                 "CHR21_WRITE_TIMEOUT",
                 "without progress while an answer is sent");
    add_duration(app,
                 "--shutdown-timeout",
                 server.shutdown_timeout,
                 "CHR21_SHUTDOWN_TIMEOUT",
                 "for requests in flight after SIGTERM or SIGINT");
}

void declare(CLI::App& app, service::ServiceOptions& service) {
    app.add_option("--cors-origin",
                   service.cors_origin,
                   "value of Access-Control-Allow-Origin; empty turns CORS off")
        ->envname("CHR21_CORS_ORIGIN")
        ->capture_default_str();
    app.add_option("--pinned-cache-control",
                   service.pinned_cache_control,
                   "the same for requests that name their dataset with dataset=")
        ->envname("CHR21_PINNED_CACHE_CONTROL")
        ->capture_default_str();
    app.add_option("--cache-control",
                   service.cache_control,
                   "value of Cache-Control on answers that only change with the data")
        ->envname("CHR21_CACHE_CONTROL")
        ->capture_default_str();
}

void declare(CLI::App& app, observe::LogOptions& log) {
    using observe::LogFormat;
    using observe::LogLevel;
    add_choice<LogLevel>(app,
                         "--log-level",
                         log.level,
                         {{"debug", LogLevel::debug},
                          {"info", LogLevel::info},
                          {"warning", LogLevel::warning},
                          {"error", LogLevel::error}},
                         "debug, info, warning or error")
        ->envname("CHR21_LOG_LEVEL")
        ->default_str("info");
    add_choice<LogFormat>(app,
                          "--log-format",
                          log.format,
                          {{"json", LogFormat::json}, {"text", LogFormat::text}},
                          "json or text; default: text on a terminal, else json")
        ->envname("CHR21_LOG_FORMAT");
    app.add_flag_function(
           "--no-access-log",
           [&log](std::int64_t given) { log.access = given <= 0; },
           "no log line for each answer")
        ->envname("CHR21_NO_ACCESS_LOG");
}

}  // namespace

void declare(CLI::App& app, ServeSettings& settings) {
    settings.server.threads = std::max(1U, std::thread::hardware_concurrency());
    settings.log.format =
        isatty(STDERR_FILENO) == 1 ? observe::LogFormat::text : observe::LogFormat::json;
    if (const auto environment = lambda_environment()) follow(*environment, settings);
    declare_address(app, settings.server);
    declare(app, settings.data);
    add_duration(app,
                 "--database-wait",
                 settings.database_wait,
                 "CHR21_DATABASE_WAIT",
                 "to try again at the start while the database server cannot be reached");
    add_duration(app,
                 "--poll-interval",
                 settings.poll_interval,
                 "CHR21_POLL_INTERVAL",
                 "between two looks whether another dataset is active; SIGHUP looks at once");
    declare(app, settings.service);
    declare(app, settings.log);
    app.add_option("--environment",
                   settings.environment,
                   "what metrics under AWS Lambda call this place, such as staging; default: the "
                   "function's name")
        ->envname("CHR21_ENVIRONMENT")
        ->check([](const std::string& given) {
            return is_visible(given) ? "" : "must be 1 to 255 visible ASCII characters";
        });
    add_duration(app,
                 "--request-deadline",
                 settings.request_deadline,
                 "CHR21_REQUEST_DEADLINE",
                 "from a request read to its answer made; then it is 503");
    declare_timeouts(app, settings.server);
    declare_limits(app, settings.server);
}

void declare(CLI::App& app, GetSettings& settings) {
    app.add_option("target", settings.target, "path and query, such as '/genes?search=kinase'")
        ->required();
    app.add_option("--accept", settings.accept, "value of the Accept header, such as text/csv")
        ->check([](const std::string& given) {
            // A server takes a header without one for no header, and answers JSON.
            const bool names_a_type = given.empty() || given.contains('/');
            return names_a_type ? "" : given + " is no media type; give one such as text/csv";
        });
    app.add_flag("--include,-i", settings.include_headers, "print status and headers first");
    declare(app, settings.data);
}

void declare(CLI::App& app, LoadSettings& settings) {
    add_database_url(app, settings.database_url);
    auto* const where = app.add_option(
        "export", settings.where, "mart export: a file, - for standard input, or an https:// URL");
    auto* const bundled = app.add_flag("--bundled", settings.bundled, "load the bundled export");
    where->excludes(bundled);
    const auto add_label = [&](const std::string& flag,
                               std::optional<std::string>& label,
                               const std::string& description) {
        app.add_option(flag, label, description)->excludes(bundled);
    };
    add_label("--name", settings.labels.name, "of the dataset; default: the file's");
    add_label("--species", settings.labels.species, "such as \"Homo sapiens\"");
    add_label("--assembly", settings.labels.assembly, "such as GRCh38");
    add_label("--release", settings.labels.release, "Ensembl release, such as 114");
    app.add_flag("--strict", settings.strict, "write nothing where there are warnings");
    app.add_flag("--dry-run", settings.dry_run, "read and report, and write nothing");
    add_choice<ReportFormat>(app,
                             "--report",
                             settings.report_format,
                             {{"text", ReportFormat::text}, {"json", ReportFormat::json}},
                             "text or json; default: text on a terminal");
    app.footer(
        "An export is TSV or CSV, as BioMart gives it, also compressed with gzip.\n"
        "Example: chr21 load mart_export.txt.gz --assembly GRCh38 --release 114");
    app.final_callback([&settings] {
        if (settings.where && settings.where->empty()) {
            throw CLI::ValidationError("export", "is empty; name a file, - or an https:// URL");
        }
        if (!settings.where && !settings.bundled) {
            throw CLI::RequiredError("an export to load, or --bundled");
        }
        if (!settings.report_format) {
            settings.report_format =
                isatty(STDOUT_FILENO) == 1 ? ReportFormat::text : ReportFormat::json;
        }
    });
}

void declare(CLI::App& app, DatasetsSettings& settings) {
    add_database_url(app, settings.database_url);
    app.add_flag("--json", settings.json, "print JSON");
    app.require_subcommand(1);
    const auto add_action = action_adder(app, settings.action);
    add_action(DatasetsAction::list, "list", "all datasets; * marks the active one");
    for (const auto& [action, name, description] :
         {std::tuple{DatasetsAction::show, "show", "all that is known of a dataset"},
          std::tuple{DatasetsAction::activate, "activate", "answer from this dataset"},
          std::tuple{DatasetsAction::drop, "drop", "delete a dataset that is not active"}}) {
        add_action(action, name, description)
            ->add_option("dataset", settings.pin, "its name, or 8 or more digits of its sha256")
            ->required();
    }
    add_action(
        DatasetsAction::prune, "prune", "delete all but the newest datasets and the active one")
        ->add_option("--keep", settings.keep, "how many of the newest to keep")
        ->check(whole_number(0, 1'000'000))
        ->required();
    add_action(DatasetsAction::verify,
               "verify",
               "read every gene, and exit with 1 where one is not as it was loaded")
        ->add_option("datasets",
                     settings.pins,
                     "their names, or 8 or more digits of their sha256; all where none is given");
}

void declare(CLI::App& app, MigrateSettings& settings) {
    add_database_url(app, settings.database_url);
    app.require_subcommand(1);
    const auto add_action = action_adder(app, settings.action);
    add_action(MigrateAction::status,
               "status",
               "list the steps of the schema, and which of them the database has");
    add_action(MigrateAction::check, "check", "exit with 1 when a step is missing");
    add_action(MigrateAction::up, "up", "apply the steps that are missing")
        ->add_option("--to", settings.last, "the version to stop at; default: the latest")
        ->check(whole_number(1, 1'000'000));
}

void declare(CLI::App& app, OpenApiSettings& settings) {
    app.add_flag("--yaml", settings.yaml, "as YAML instead of JSON");
}

}  // namespace chr21::cli
