#include "datasets/seeding.hpp"

#include <utility>

#include <fmt/format.h>

namespace chr21::datasets {

namespace {

std::unexpected<Error> other_than_stored(const Dataset& asked_for,
                                         const Dataset& stored,
                                         const std::string& database) {
    return fault("data",
                 asked_for.source,
                 fmt::format("{} is not what {} holds, which is {}; add it with `chr21 load`, name "
                             "another database, or leave it out to serve what is there",
                             asked_for.source,
                             database,
                             stored.source));
}

std::unexpected<Error> nothing_stored(const std::string& database) {
    return fault("database",
                 database,
                 fmt::format("{} holds no dataset; load one with `chr21 load`", database));
}

// Whether the genes are those that another version of this program brought along.
bool were_bundled(const Dataset& dataset) {
    return dataset.name.starts_with(bundled_dataset().name) && dataset.sha256 != bundled_sha256();
}

std::string bundled_before(const Dataset& stored, const std::string& database) {
    return fmt::format(
        "{} holds {}, which another version of this program brought along; `chr21 load --bundled` "
        "adds the genes of this one",
        database,
        stored.name);
}

}  // namespace

Result<std::string> seed(sql::Database& database,
                         const sql::DatabaseUrl& url,
                         std::optional<ExportDataset> asked_for) {
    const auto place = describe(url);
    if (const auto active = database.active()) {
        if (!asked_for && were_bundled(*active)) return bundled_before(*active, place);
        if (!asked_for || asked_for->dataset.sha256 == active->sha256) return {};
        return other_than_stored(asked_for->dataset, *active, place);
    }
    if (!asked_for) {
        if (!sql::is_file(url)) return nothing_stored(place);
        auto bundled = read_bundled_export();
        if (!bundled) return std::unexpected(bundled.error());
        asked_for = *std::move(bundled);
    }
    const auto loaded = database.load(asked_for->dataset, asked_for->genes);
    if (!loaded) return std::unexpected(loaded.error());
    // By another program that was started at the same time.
    if (loaded->what == sql::Loaded::What::was_there) return {};
    return fmt::format(
        "stored {} genes of {} in {}", asked_for->genes.size(), asked_for->dataset.name, place);
}

}  // namespace chr21::datasets
