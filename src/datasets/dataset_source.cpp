#include "datasets/dataset_source.hpp"

#include "datasets/export_dataset.hpp"
#include "datasets/seeding.hpp"
#include "datasets/unreadable_dataset.hpp"
#include "store/sql/dataset_pin.hpp"
#include "store/sql/sql_store.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace chr21::datasets {

namespace {

// The dataset of this id, or the active one; null when it is not there.
const sql::ListedDataset* find_in(const std::vector<sql::ListedDataset>& datasets,
                                  std::optional<std::int64_t> id) {
    const auto found = std::ranges::find_if(datasets, [id](const sql::ListedDataset& listed) {
        return id ? listed.id == *id : listed.active;
    });
    return found == datasets.end() ? nullptr : &*found;
}

const sql::ListedDataset& require_active(const std::vector<sql::ListedDataset>& datasets,
                                         const sql::DatabaseUrl& url) {
    const auto* const found = find_in(datasets, {});
    if (found == nullptr) throw StoreUnavailable(describe(url) + ": no dataset is active in it");
    return *found;
}

DatasetSource::Active active_of(const sql::ListedDataset& listed) {
    return {.id = listed.id, .sha256 = listed.dataset.sha256};
}

}  // namespace

Result<Start> DatasetSource::start(SourceSettings settings,
                                   const observe::Observer& observer,
                                   WithoutDataset without) {
    Start start{
        .source = std::unique_ptr<DatasetSource>(new DatasetSource(std::move(settings), observer))};
    const auto& source = *start.source;
    try {
        const auto begun = source.begin(start);
        if (begun) return start;
        const bool is_empty = begun.error().parameter == "database";
        if (!is_empty || without == WithoutDataset::fails) return std::unexpected(begun.error());
        source.tell("no dataset can be read yet: " + begun.error().message);
    } catch (const StoreUnavailable& fault) {
        if (without == WithoutDataset::fails) throw;
        source.tell(std::string("no dataset can be read yet: ") + fault.what());
    }
    start.active = {};
    start.dataset = unreadable_dataset();
    return start;
}

Result<PreparedCatalog> DatasetSource::prepare_catalog(SourceSettings settings) {
    settings.catalog_file = true;
    const DatasetSource source(std::move(settings), [](const observe::Event&) {});
    const auto& url = source.settings_.database.url;
    if (!source.catalog_file_.has_value()) {
        return fault("database",
                     describe(url),
                     describe(url) + " is no SQLite file, beside which a catalog could lie");
    }
    const auto database = sql::Database::open_read_only(source.settings_.database);
    const auto datasets = database.datasets();
    const auto& active = require_active(datasets, url);
    const auto& file = *source.catalog_file_;
    PreparedCatalog prepared{.path = file.path(), .dataset = active.dataset.name};
    const auto read = source.read_catalog(file, active);
    prepared.was_there = read && *read != nullptr;
    if (prepared.was_there) return prepared;
    try {
        file.write(*source.make_catalog(database, active), active.id);
    } catch (const ArrayFileFault& why) {
        return fault("catalog", prepared.path, prepared.path + " was not written: " + why.what());
    }
    return prepared;
}

DatasetSource::DatasetSource(SourceSettings settings, observe::Observer observer)
    : settings_(std::move(settings)), observer_(std::move(observer)) {
    if (!sql::is_file(settings_.database.url) || !settings_.catalog_file) return;
    catalog_file_.emplace(settings_.database.url.path, settings_.program);
}

Result<void> DatasetSource::begin(Start& start) const {
    // Read first: an export that cannot be used leaves no empty database behind.
    std::optional<ExportDataset> asked_for;
    if (settings_.export_file) {
        auto read = read_labelled_export(*settings_.export_file, {});
        if (!read) return fault("data", read.error().value, read.error().message);
        asked_for = *std::move(read);
    }
    auto database = sql::Database::open(settings_.database);
    auto seeded = seed(database, settings_.database.url, std::move(asked_for));
    if (!seeded) return std::unexpected(seeded.error());
    if (!seeded->empty()) tell(*seeded);
    const auto datasets = database.datasets();
    const auto& active = require_active(datasets, settings_.database.url);
    start.active = active_of(active);
    start.dataset = open(database, active);
    return {};
}

DatasetSource::Active DatasetSource::active() const {
    auto datasets = list();
    auto active = active_of(require_active(datasets, settings_.database.url));
    const std::scoped_lock lock(mutex_);
    if (seen_ != datasets) {
        std::set<std::int64_t> ids;
        for (const auto& listed : datasets) {
            if (!listed.active) ids.insert(listed.id);
        }
        catalogs_.keep_only(ids);
        seen_ = std::move(datasets);
    }
    return active;
}

// Small tables always fit, which saves adding up the lengths of all texts.
bool DatasetSource::fits_in_memory(const sql::Database& database,
                                   const sql::ListedDataset& listed) const {
    if (settings_.store != StoreChoice::automatic) return settings_.store == StoreChoice::memory;
    constexpr std::uint64_t ample = 8192;  // bytes a gene
    const auto genes = listed.dataset.gene_count;
    if (listed.dataset.attributes.empty() && genes * ample <= settings_.memory_limit) return true;
    const auto needed = memory::estimated_catalog_bytes(genes, database.text_bytes(listed.id));
    if (needed <= settings_.memory_limit) return true;
    tell(
        fmt::format("{} would take about {} MiB of memory, more than the limit of {} MiB: the "
                    "database answers every request",
                    listed.dataset.name,
                    needed >> 20U,
                    settings_.memory_limit >> 20U));
    return false;
}

OpenDataset DatasetSource::open(std::int64_t id) const {
    const auto database = sql::Database::open_read_only(settings_.database);
    const auto datasets = database.datasets();
    const auto* const listed = find_in(datasets, id);
    return listed == nullptr ? open_with_sql(id) : open(database, *listed);
}

OpenDataset DatasetSource::open(const sql::Database& database,
                                const sql::ListedDataset& listed) const {
    if (!fits_in_memory(database, listed)) return open_with_sql(listed.id);
    auto catalog = open_in_memory(database, listed);
    auto karyotype = karyotype_of(*catalog);
    return {.store = std::move(catalog), .karyotype = std::move(karyotype)};
}

std::shared_ptr<const memory::Catalog> DatasetSource::open_in_memory(
    const sql::Database& database, const sql::ListedDataset& listed) const {
    constexpr std::uint64_t fewest_genes = 10'000;  // to be worth a file that nobody asked for
    bool is_kept = catalog_file_ && listed.dataset.gene_count >= fewest_genes;
    if (catalog_file_) {
        auto read = read_catalog(*catalog_file_, listed);
        if (read && *read) return *std::move(read);
        if (!read) tell(catalog_file_->path() + " is not used: " + read.error());
        is_kept = is_kept || !read;
    }
    auto catalog = make_catalog(database, listed);
    if (is_kept) {
        const std::scoped_lock lock(mutex_);
        unwritten_ = {.id = listed.id, .catalog = catalog};
    }
    return catalog;
}

std::expected<std::unique_ptr<const memory::Catalog>, std::string> DatasetSource::read_catalog(
    const memory::CatalogFile& file, const sql::ListedDataset& listed) const {
    return file.read(
        listed.dataset, listed.id, settings_.represent, karyotype_of(listed.dataset.assembly));
}

std::shared_ptr<const memory::Catalog> DatasetSource::make_catalog(
    const sql::Database& database, const sql::ListedDataset& listed) const {
    try {
        auto [dataset, genes] = database.read(listed.id);
        const auto karyotype = karyotype_of(dataset.assembly);
        return memory::make_catalog(
            std::move(dataset), std::move(genes), settings_.represent, karyotype);
    } catch (const std::bad_alloc&) {
        throw StoreUnavailable(
            fmt::format("{}: there is not enough memory for the catalog of {}; "
                        "give the process more, or start with --store database",
                        describe(settings_.database.url),
                        listed.dataset.name));
    }
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
    auto store = sql::open_sql_store(
        settings_.database, settings_.represent, {.dataset_id = id, .karyotype_of = karyotype_of});
    auto karyotype = karyotype_of(*store);
    return {.store = std::move(store), .karyotype = std::move(karyotype), .may_wait = true};
}

LiveShelf::Others DatasetSource::others() const {
    return {.find = [this](std::string_view pin) { return find(pin); },
            .at_hand = [this](std::string_view pin) { return catalogs_.find(pin); },
            .names = [this] { return names(); }};
}

}  // namespace chr21::datasets
