#include "cli/dataset_source.hpp"
#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "store/gene_store.hpp"

#include <cstdio>
#include <exception>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {

namespace {

constexpr int usage_error = 2;

// What `ps` shows of a URL on the command line, from here on: no credentials.
void hide_credentials(std::span<char*> arguments) {
    for (char* const argument : arguments) {
        const std::string_view text(argument);
        const auto scheme_end = text.find("://");
        const auto at = text.rfind('@');
        if (scheme_end == std::string_view::npos || at == std::string_view::npos) continue;
        for (auto i = scheme_end + 3; i < at; ++i) argument[i] = '*';
    }
}

int run(int argc, char** argv) {
    CLI::App app(
        "A gene API made from an Ensembl BioMart export: by default the genes of human "
        "chromosome 21.",
        "chr21");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "help of all subcommands");
    ServeSettings serve_settings;
    GetSettings get_settings;
    MigrateSettings migrate_settings;
    OpenApiSettings openapi_settings;
    auto& serve_command = *app.add_subcommand("serve", "answer HTTP requests until told to stop");
    auto& get_command = *app.add_subcommand("get", "print one answer without a server");
    auto& migrate_command = *app.add_subcommand(
        "migrate", "bring a database's schema up to date, or tell whether it is");
    auto& openapi_command = *app.add_subcommand("openapi", "print the OpenAPI document");
    declare(serve_command, serve_settings);
    declare(get_command, get_settings);
    declare(migrate_command, migrate_settings);
    declare(openapi_command, openapi_settings);
    serve_settings.log.format =
        isatty(STDERR_FILENO) == 1 ? observe::LogFormat::text : observe::LogFormat::json;
    try {
        app.parse(argc, argv);
        hide_credentials(std::span(argv, static_cast<std::size_t>(argc)));
    } catch (const CLI::ParseError& fault) {
        return app.exit(fault) == 0 ? 0 : usage_error;
    }
    if (serve_command.parsed()) return serve(serve_settings);
    if (get_command.parsed()) return get(get_settings);
    if (migrate_command.parsed()) return migrate(migrate_settings);
    return show_openapi(openapi_settings);
}

}  // namespace

std::string version_text() {
    const auto dataset = bundled_dataset();
    return fmt::format("chr21 {} (commit {}, dataset {})", version, commit, dataset.name);
}

}  // namespace chr21::cli

int main(int argc, char** argv) {
    try {
        return chr21::cli::run(argc, argv);
    } catch (const std::exception& fault) {
        fmt::print(stderr, "chr21: {}\n", fault.what());
        return 1;
    }
}
