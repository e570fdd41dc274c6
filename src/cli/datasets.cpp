#include "api/dataset_json.hpp"
#include "cli/flag_of_fault.hpp"
#include "cli/settings.hpp"
#include "store/sql/database.hpp"
#include "store/sql/dataset_pin.hpp"
#include "text/json_writer.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::cli {
namespace {

using sql::Database;
using sql::ListedDataset;

int fail(const Error& error) {
    fmt::print(stderr, "chr21: {} {} {}\n", error.parameter, error.value, error.message);
    return 1;
}

std::string labels_of(const Dataset& dataset) {
    std::string labels;
    for (const auto& label : {dataset.species, dataset.assembly, dataset.release}) {
        labels.append(labels.empty() ? "" : ", ").append(label.value_or("-"));
    }
    return labels;
}

void print_table(const std::vector<ListedDataset>& datasets) {
    std::size_t widest = 4;
    for (const auto& listed : datasets) widest = std::max(widest, listed.dataset.name.size());
    fmt::print("  {:<{}}  {:<8}  {:>9}  {:<20}  {}\n",
               "name",
               widest,
               "sha256",
               "genes",
               "loaded at",
               "species, assembly, release");
    for (const auto& [id, active, dataset] : datasets) {
        fmt::print("{} {:<{}}  {:<8}  {:>9}  {:<20}  {}\n",
                   active ? '*' : ' ',
                   dataset.name,
                   widest,
                   dataset.sha256.substr(0, 8),
                   dataset.gene_count,
                   dataset.loaded_at,
                   labels_of(dataset));
    }
    for (const auto& listed : datasets) {
        if (listed.dataset.keeps_rows) continue;
        fmt::print(
            "{} does not know which values stood in one row; load its export again for tables "
            "that do\n",
            listed.dataset.name);
    }
}

int list(const Database& database, const DatasetsSettings& settings) {
    const auto datasets = database.datasets();
    if (!settings.json) {
        print_table(datasets);
        return 0;
    }
    std::string told;
    text::JsonWriter json(told);
    json.begin_array();
    for (const auto& listed : datasets) api::write_dataset(json, listed.dataset, listed.active);
    json.end_array();
    fmt::print("{}\n", told);
    return 0;
}

std::string in_words(const boost::json::value& fact) {
    if (fact.is_null()) return "-";
    return fact.is_string() ? std::string(fact.as_string()) : boost::json::serialize(fact);
}

int show(const ListedDataset& listed, const DatasetsSettings& settings) {
    std::string told;
    text::JsonWriter json(told);
    api::write_dataset(json, listed.dataset, listed.active);
    if (settings.json) {
        fmt::print("{}\n", told);
        return 0;
    }
    const auto facts = boost::json::parse(told);
    for (const auto& [key, value] : facts.as_object()) {
        fmt::print("{:<11} {}\n", std::string_view(key), in_words(value));
    }
    return 0;
}

int change(Database& database, const ListedDataset& listed, bool activate) {
    const auto done = activate ? database.activate(listed.id) : database.drop(listed.id);
    if (!done) return fail(done.error());
    fmt::print("{} {}\n", activate ? "activated" : "dropped", listed.dataset.name);
    return 0;
}

int prune(Database& database, std::size_t keep) {
    const auto dropped = database.prune(keep);
    for (const auto& listed : dropped) fmt::print("dropped {}\n", listed.dataset.name);
    if (dropped.empty()) fmt::print("nothing to drop\n");
    return 0;
}

// Those that the pins mean, or all.
Result<std::vector<ListedDataset>> choose(const std::vector<ListedDataset>& all,
                                          const std::vector<std::string>& pins) {
    if (pins.empty()) return all;
    std::vector<ListedDataset> chosen;
    for (const auto& pin : pins) {
        auto found = sql::find_pinned(all, pin);
        if (!found) return std::unexpected(found.error());
        chosen.push_back(*std::move(found));
    }
    return chosen;
}

// A line about one dataset; false where it is damaged.
bool verify(const sql::DatabaseUrl& url, const ListedDataset& listed) {
    const auto& name = listed.dataset.name;
    try {
        switch (Database::open_read_only(url).verify(listed.id)) {
            case sql::Soundness::sound:
                fmt::print("{} is sound\n", name);
                return true;
            case sql::Soundness::unknown:
                fmt::print(
                    "{} has no digest of its genes, which programs before 0.2.0 did not keep\n",
                    name);
                return true;
            case sql::Soundness::damaged:
                break;
        }
        fmt::print("{} is damaged: its genes are not those that were loaded\n", name);
    } catch (const StoreUnavailable& fault) {
        if (fault.may_pass()) throw;
        fmt::print("{} cannot be read: {}\n", name, fault.what());
    }
    return false;
}

int verify(const sql::DatabaseUrl& url,
           const std::vector<ListedDataset>& all,
           const DatasetsSettings& settings) {
    const auto chosen = choose(all, settings.pins);
    if (!chosen) return fail(chosen.error());
    const auto unsound = std::ranges::count_if(
        *chosen, [&url](const ListedDataset& listed) { return !verify(url, listed); });
    if (unsound == 0) return 0;
    fmt::print(stderr,
               "chr21: {} of {} dataset{} must be loaded again from {}, or restored from a copy\n",
               unsound,
               chosen->size(),
               chosen->size() == 1 ? "" : "s",
               unsound == 1 ? "its export" : "their exports");
    return 1;
}

// The file of the active dataset's catalog.
int prepare(const DatasetsSettings& settings) {
    const observe::Observer nobody = [](const observe::Event&) {};
    auto source = source_settings({.database_url = settings.database_url}, nobody);
    if (!source) {
        fmt::print(stderr, "chr21: {}\n", source.error());
        return 1;
    }
    const auto prepared = datasets::DatasetSource::prepare_catalog(*std::move(source));
    if (!prepared) {
        fmt::print(stderr, "chr21: {}\n", with_flag(prepared.error()));
        return 1;
    }
    fmt::print("{} {} of {}\n",
               prepared->path,
               prepared->was_there ? "is the catalog already" : "is the catalog now",
               prepared->dataset);
    return 0;
}

}  // namespace

int datasets(const DatasetsSettings& settings) {
    const auto url = sql::parse_database_url(settings.database_url);
    if (!url) {
        fmt::print(stderr, "chr21: {}\n", with_flag(url.error()));
        return 1;
    }
    // Nothing is made here: a file that is not there is a mistake.
    const auto stored = Database::open_read_only(*url);
    if (settings.action == DatasetsAction::prepare) return prepare(settings);
    if (settings.action == DatasetsAction::list) return list(stored, settings);
    if (settings.action == DatasetsAction::prune) {
        auto database = Database::open(*url);
        return prune(database, settings.keep);
    }
    const auto all = stored.datasets();
    if (settings.action == DatasetsAction::verify) return verify(*url, all, settings);
    const auto found = sql::find_pinned(all, settings.pin);
    if (!found) return fail(found.error());
    if (settings.action == DatasetsAction::show) return show(*found, settings);
    auto database = Database::open(*url);
    return change(database, *found, settings.action == DatasetsAction::activate);
}

}  // namespace chr21::cli
