#include "cli/lambda_environment.hpp"
#include "cli/serving.hpp"
#include "cli/settings.hpp"
#include "cli/usage.hpp"
#include "datasets/export_dataset.hpp"
#include "text/url_secrets.hpp"
#include "text/version.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {

namespace {

constexpr int usage_error = 2;

// Of a URL: neither credentials nor a query, which may be a signature.
void hide_secrets(char* text_with_url) {
    const std::string_view text(text_with_url);
    if (!text.contains("://")) return;
    const auto secrets = text::find_secrets(text);
    for (const auto secret : {secrets.credentials, secrets.host, secrets.query}) {
        if (secret.empty()) continue;
        std::fill_n(text_with_url + (secret.data() - text.data()), secret.size(), '*');
    }
}

// What the system shows of this process from here on: `ps` its command line, and
// /proc/PID/environ, to the same user, its settings.
void hide_secrets(std::span<char*> arguments, char* const* environment) {
    for (char* const argument : arguments) hide_secrets(argument);
    for (char* const* setting = environment; *setting != nullptr; ++setting) {
        const std::string_view text(*setting);
        if (text.starts_with("DATABASE_URL=") || text.starts_with("CHR21_")) {
            hide_secrets(*setting);
        }
    }
}

// Declares a subcommand whose settings live as long as the program; `chosen` becomes what it does
// when it is the one that is given.
template <class Settings>
void add_command(CLI::App& app,
                 const std::string& name,
                 const std::string& description,
                 int (*command)(const Settings&),
                 std::function<int()>& chosen) {
    static Settings settings;
    auto& subcommand = *app.add_subcommand(name, description);
    declare(subcommand, settings);
    subcommand.parse_complete_callback(
        [&chosen, command] { chosen = [command] { return command(settings); }; });
}

int run(int argc, char** argv) {
    CLI::App app(
        "A gene API made from an Ensembl BioMart export: by default the genes of human "
        "chromosome 21.",
        "chr21");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "help of all subcommands");
    std::function<int()> chosen;
    add_command(app, "serve", "answer HTTP requests until told to stop", serve, chosen);
    add_command(app, "get", "print one answer without a server", get, chosen);
    add_command(app, "load", "add a mart export as a dataset, and answer from it", load, chosen);
    add_command(app, "datasets", "list, switch and delete datasets", datasets, chosen);
    add_command(app,
                "migrate",
                "bring a database's schema up to date, or tell whether it is",
                migrate,
                chosen);
    add_command(app, "openapi", "print the OpenAPI document", show_openapi, chosen);
    // An image's entry point is called without an argument where nobody configures one.
    const bool is_bare_function = argc == 1 && lambda_environment();
    try {
        if (is_bare_function) {
            app.parse("serve");
        } else {
            app.parse(argc, argv);
        }
        hide_secrets(std::span(argv, static_cast<std::size_t>(argc)), environ);
    } catch (const CLI::ParseError& fault) {
        constexpr int success = 0;
        if (fault.get_exit_code() == success) return app.exit(fault);
        const std::span<char* const> arguments(argv, static_cast<std::size_t>(argc));
        const auto explained = explain(app, fault, arguments);
        fmt::print(stderr, "chr21: {}\nRun with --help for more information.\n", explained);
        report_failed_start("Runtime.ConfigInvalid", explained);
        return usage_error;
    }
    return chosen();
}

}  // namespace

std::string version_text() {
    const auto dataset = datasets::bundled_dataset();
    return fmt::format("chr21 {} (commit {}, dataset {})", version, commit, dataset.name);
}

}  // namespace chr21::cli

int main(int argc, char** argv) {
    // A file that may not grow is a fault to tell about, not the end of the process.
    std::ignore = std::signal(SIGXFSZ, SIG_IGN);
    try {
        return chr21::cli::run(argc, argv);
    } catch (const chr21::StoreUnavailable& fault) {
        // Below, nobody knows what the flag for the database is called.
        const std::string_view message = fault.what();
        const bool names_flag = message.contains(" --");
        fmt::print(stderr, "chr21: {}{}\n", message, names_flag ? "" : " (--database-url)");
        return 1;
    } catch (const std::bad_alloc&) {
        fmt::print(stderr,
                   "chr21: there is not enough memory; give the process more, or a smaller export "
                   "or dataset\n");
        return 1;
    } catch (const std::system_error& fault) {
        const bool no_thread = fault.code() == std::errc::resource_unavailable_try_again;
        fmt::print(stderr,
                   "chr21: {}{}\n",
                   fault.what(),
                   no_thread ? "; there is not enough memory for a thread, or there are too many: "
                               "raise the limits of the process (ulimit -v, -u), or --threads less"
                             : "");
        return 1;
    } catch (const std::exception& fault) {
        fmt::print(stderr, "chr21: {}\n", fault.what());
        return 1;
    }
}
