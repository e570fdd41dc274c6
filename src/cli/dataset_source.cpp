#include "cli/dataset_source.hpp"

#include "api/representation.hpp"
#include "cli/export_dataset.hpp"
#include "cli/version.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

namespace chr21::cli {

namespace {

std::unexpected<Error> other_than_stored(const Dataset& asked_for,
                                         const Dataset& stored,
                                         const std::string& database) {
    return fault("--data",
                 asked_for.source,
                 fmt::format("{} is not what {} holds, which is {}; add it with `chr21 load`, name "
                             "another --database-url, or leave --data out to serve what is there",
                             asked_for.source,
                             database,
                             stored.source));
}

std::unexpected<Error> nothing_stored(const std::string& database) {
    return fault("--database-url",
                 database,
                 fmt::format("{} holds no dataset; load one with `chr21 load`", database));
}

// Fills an empty database; of one that is filled already, checks that it holds what was asked for.
Result<void> seed(sql::Database& database,
                  const sql::DatabaseUrl& url,
                  std::optional<ExportDataset> asked_for,
                  const observe::Observer& observer) {
    const auto place = describe(url);
    if (const auto active = database.active()) {
        if (!asked_for || asked_for->dataset.sha256 == active->sha256) return {};
        return other_than_stored(asked_for->dataset, *active, place);
    }
    if (!asked_for) {
        if (url.engine != sql::Engine::sqlite) return nothing_stored(place);
        auto bundled = read_bundled_export();
        if (!bundled) return std::unexpected(bundled.error());
        asked_for = *std::move(bundled);
    }
    const auto loaded = database.load(asked_for->dataset, asked_for->genes);
    if (!loaded) return std::unexpected(loaded.error());
    if (loaded->was_there) return {};  // by another program that was started at the same time
    observer(observe::Notice{fmt::format(
        "stored {} genes of {} in {}", asked_for->genes.size(), asked_for->dataset.name, place)});
    return {};
}

// The dataset of this id, or the active one; null when it is not there.
const sql::ListedDataset* find_in(const std::vector<sql::ListedDataset>& datasets,
                                  std::optional<std::int64_t> id) {
    const auto found = std::ranges::find_if(datasets, [id](const sql::ListedDataset& listed) {
        return id ? listed.id == *id : listed.active;
    });
    return found == datasets.end() ? nullptr : &*found;
}

}  // namespace

Result<std::unique_ptr<DatasetSource>> DatasetSource::open(const DataSettings& settings,
                                                           const observe::Observer& observer) {
    auto url = sql::parse_database_url(settings.database_url);
    if (!url) return std::unexpected(url.error());
    // Read first: an export that cannot be used leaves no empty database behind.
    std::optional<ExportDataset> asked_for;
    if (settings.export_file) {
        auto read = read_labelled_export(*settings.export_file, {});
        if (!read) return fault("--data", read.error().value, read.error().message);
        asked_for = *std::move(read);
    }
    auto database = sql::Database::open(*url);
    if (const auto seeded = seed(database, *url, std::move(asked_for), observer); !seeded) {
        return std::unexpected(seeded.error());
    }
    return std::unique_ptr<DatasetSource>(new DatasetSource(settings, *std::move(url), observer));
}

DatasetSource::DatasetSource(DataSettings settings,
                             sql::DatabaseUrl url,
                             observe::Observer observer)
    : settings_(std::move(settings)), url_(std::move(url)), observer_(std::move(observer)) {
    if (url_.engine != sql::Engine::sqlite || !settings_.catalog_file) return;
    catalog_file_.emplace(url_.path, fmt::format("{} {}", version, commit));
}

DatasetSource::Active DatasetSource::active() const {
    const auto datasets = sql::Database::open_read_only(url_).datasets();
    const auto* const found = find_in(datasets, {});
    if (found == nullptr) throw StoreUnavailable(describe(url_) + ": no dataset is active in it");
    return {.id = found->id, .sha256 = found->dataset.sha256};
}

// Small tables always fit, which saves adding up the lengths of all texts.
bool DatasetSource::fits_in_memory(const sql::Database& database,
                                   const sql::ListedDataset& listed) const {
    if (settings_.store != "auto") return settings_.store == "memory";
    constexpr std::uint64_t ample = 8192;  // bytes a gene
    const auto genes = listed.dataset.gene_count;
    if (listed.dataset.attributes.empty() && genes * ample <= settings_.memory_limit) return true;
    const auto needed = memory::estimated_catalog_bytes(genes, database.text_bytes(listed.id));
    if (needed <= settings_.memory_limit) return true;
    observer_(observe::Notice{
        fmt::format("{} would take about {} MiB of memory, more than the limit of {} MiB: the "
                    "database answers every request",
                    listed.dataset.name,
                    needed >> 20U,
                    settings_.memory_limit >> 20U)});
    return false;
}

OpenDataset DatasetSource::open(std::int64_t id) const {
    const auto database = sql::Database::open_read_only(url_);
    const auto datasets = database.datasets();
    const auto* const listed = find_in(datasets, id);
    if (listed == nullptr || !fits_in_memory(database, *listed)) return open_with_sql(id);
    auto catalog = open_in_memory(database, *listed);
    auto karyotype = karyotype_of(catalog->dataset().assembly);
    return {std::move(catalog), std::move(karyotype)};
}

std::shared_ptr<const memory::Catalog> DatasetSource::open_in_memory(
    const sql::Database& database, const sql::ListedDataset& listed) const {
    constexpr std::uint64_t fewest_genes = 10'000;  // to be worth a file
    const bool is_kept = catalog_file_ && listed.dataset.gene_count >= fewest_genes;
    if (is_kept) {
        auto read = catalog_file_->read(listed.dataset, listed.id, api::to_json);
        if (read && *read) return *std::move(read);
        if (!read) tell(catalog_file_->path() + " is not used: " + read.error());
    }
    auto [dataset, genes] = database.read(listed.id);
    std::shared_ptr<const memory::Catalog> catalog =
        memory::make_catalog(std::move(dataset), std::move(genes), api::to_json);
    if (is_kept) {
        const std::scoped_lock lock(mutex_);
        unwritten_ = {.id = listed.id, .catalog = catalog};
    }
    return catalog;
}

void DatasetSource::write_catalog_file(const std::stop_token& stop) const {
    const auto unwritten = [this] {
        const std::scoped_lock lock(mutex_);
        return std::exchange(unwritten_, {});
    }();
    if (!unwritten.catalog || !catalog_file_) return;
    try {
        catalog_file_->write(*unwritten.catalog, unwritten.id, stop);
        tell("wrote the catalog to " + catalog_file_->path() + ", where the next start finds it");
    } catch (const std::exception& fault) {
        tell(catalog_file_->path() + " was not written: " + fault.what());
    }
}

void DatasetSource::tell(const std::string& message) const { observer_(observe::Notice{message}); }

OpenDataset DatasetSource::open_with_sql(std::int64_t id) const {
    auto store = sql::open_sql_store(url_, api::to_json, {.dataset_id = id});
    auto karyotype = karyotype_of(store->dataset().assembly);
    return {std::move(store), std::move(karyotype)};
}

std::shared_ptr<const OpenDataset> DatasetSource::open_pinned(std::string_view pin) const {
    const auto datasets = sql::Database::open_read_only(url_).datasets();
    const auto found = sql::find_pinned(datasets, pin);
    if (!found) return nullptr;
    return std::make_shared<const OpenDataset>(open_with_sql(found->id));
}

std::vector<std::string> DatasetSource::names() const {
    std::vector<std::string> names;
    for (const auto& listed : sql::Database::open_read_only(url_).datasets()) {
        names.push_back(listed.dataset.name);
    }
    return names;
}

LiveShelf::Others DatasetSource::others() const {
    return {.find = [this](std::string_view pin) { return find(pin); },
            .names = [this] { return names(); }};
}

}  // namespace chr21::cli
