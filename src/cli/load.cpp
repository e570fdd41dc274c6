#include "api/dataset_json.hpp"
#include "cli/flag_of_fault.hpp"
#include "cli/progress_bar.hpp"
#include "cli/settings.hpp"
#include "datasets/export_dataset.hpp"
#include "store/sql/database.hpp"
#include "text/json_writer.hpp"
#include "text/url_secrets.hpp"

#include <cstdio>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {
namespace {

int fail(const Error& error) {
    fmt::print(stderr, "chr21: {}\n", with_flag(error));
    return 1;
}

// What --strict does not let pass.
std::optional<std::string> complaint_about(const mart::ReadReport& report) {
    std::uint64_t skipped = 0;
    for (const auto& rows : report.skipped) skipped += rows.lines.count;
    if (report.warnings.empty() && skipped == 0) return std::nullopt;
    return fmt::format("--strict: {} warning{} and {} skipped row{}; nothing was written",
                       report.warnings.size(),
                       report.warnings.size() == 1 ? "" : "s",
                       skipped,
                       skipped == 1 ? "" : "s");
}

// What became of the export, as one word for programs.
enum class Outcome : std::uint8_t { refused, not_written, loaded, renewed, already_there };

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::refused:
            return "refused";
        case Outcome::not_written:
            return "not_written";
        case Outcome::loaded:
            return "loaded";
        case Outcome::renewed:
            return "renewed";
        case Outcome::already_there:
            break;
    }
    return "already_there";
}

Outcome outcome_of(sql::Loaded::What what) {
    switch (what) {
        case sql::Loaded::What::added:
            return Outcome::loaded;
        case sql::Loaded::What::renewed:
            return Outcome::renewed;
        case sql::Loaded::What::was_there:
            break;
    }
    return Outcome::already_there;
}

std::string_view in_words(bool active) {
    return active ? "the active dataset" : "not active (`chr21 datasets activate` makes it so)";
}

std::string in_words(Outcome outcome,
                     const Dataset& dataset,
                     bool active,
                     const std::string& place) {
    switch (outcome) {
        case Outcome::refused:
        case Outcome::not_written:
            return "nothing was written";
        case Outcome::loaded:
            return fmt::format(
                "{} holds {} now, and it is the active dataset", place, dataset.name);
        case Outcome::renewed:
            return fmt::format(
                "{} held these bytes already, but damaged or without what is kept of them today; "
                "they were written anew as {}, which is {}",
                place,
                dataset.name,
                in_words(active));
        case Outcome::already_there:
            break;
    }
    return fmt::format("{} held these bytes already, as {}, which is {}; nothing was written",
                       place,
                       dataset.name,
                       in_words(active));
}

void tell(const LoadSettings& settings,
          const mart::ReadReport& report,
          Outcome outcome,
          const sql::ListedDataset& listed,
          const std::string& place) {
    const auto& dataset = listed.dataset;
    if (settings.report_format == ReportFormat::text) {
        fmt::print(
            "{}{}\n", mart::to_text(report), in_words(outcome, dataset, listed.active, place));
        return;
    }
    std::string told;
    text::JsonWriter json(told);
    json.begin_object();
    json.member("outcome", name_of(outcome));
    json.member("database", place);
    json.key("dataset");
    api::write_dataset(json, listed.dataset, listed.active);
    json.key("report");
    json.raw(mart::to_json(report));
    json.end_object();
    fmt::print("{}\n", told);
}

Result<datasets::ExportDataset> read(const LoadSettings& settings, ProgressBar& bar) {
    if (settings.bundled) return datasets::read_bundled_export();
    return datasets::read_labelled_export(
        settings.where.value(),
        settings.labels,
        {.progress = [&bar](const mart::Progress& progress) {
            bar.show("reading", progress.bytes_read, progress.bytes_total, progress.rows, "rows");
        }});
}

Result<sql::Loaded> store(sql::Database& database,
                          const LoadSettings& settings,
                          datasets::ExportDataset& made,
                          ProgressBar& bar) {
    const auto load = [&] {
        return database.load(made.dataset, made.genes, [&](std::uint64_t written) {
            bar.show("writing", written, made.genes.size(), written, "genes");
        });
    };
    auto loaded = load();
    const bool is_ours_to_name = !settings.labels.name;
    if (loaded || loaded.error().parameter != "name" || !is_ours_to_name) return loaded;
    // BioMart calls every export alike, and so do we the genes that we bring along.
    constexpr std::size_t digits = 8;
    made.dataset.name += "-" + made.dataset.sha256.substr(0, digits);
    return load();
}

int load_export(const LoadSettings& settings, const sql::DatabaseUrl& url) {
    const auto place = describe(url);
    if (settings.where == "-" && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1) {
        fmt::print(stderr, "chr21: reading an export from standard input; Ctrl-D ends it\n");
    }
    ProgressBar bar;
    auto made = read(settings, bar);
    bar.end();
    if (!made) return fail(made.error());
    const auto& [dataset, genes, report] = *made;
    const sql::ListedDataset listed{.dataset = dataset};
    if (settings.strict) {
        if (const auto complaint = complaint_about(report)) {
            tell(settings, report, Outcome::refused, listed, place);
            fmt::print(stderr, "chr21: {}\n", *complaint);
            return 1;
        }
    }
    if (settings.dry_run) {
        tell(settings, report, Outcome::not_written, listed, place);
        return 0;
    }
    auto database = sql::Database::open(url);
    const auto loaded = store(database, settings, *made, bar);
    bar.end();
    if (!loaded) return fail(loaded.error());
    tell(settings, report, outcome_of(loaded->what), loaded->dataset, place);
    return 0;
}

}  // namespace

int load(const LoadSettings& settings) {
    const auto url = sql::parse_database_url(settings.database_url);
    if (!url) return fail(url.error());
    try {
        return load_export(settings, *url);
    } catch (const std::bad_alloc&) {
        fmt::print(stderr,
                   "chr21: {}: there is not enough memory for all of its rows and genes, and "
                   "nothing was written; give the process more memory, or load a smaller export\n",
                   settings.where ? text::without_secrets(*settings.where) : "the bundled export");
        return 1;
    }
}

}  // namespace chr21::cli
