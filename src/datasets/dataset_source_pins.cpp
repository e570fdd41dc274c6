// Datasets that requests name, beside the active one.

#include "datasets/dataset_source.hpp"
#include "datasets/export_dataset.hpp"
#include "datasets/unreadable_dataset.hpp"
#include "store/sql/dataset_pin.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

namespace chr21::datasets {

std::shared_ptr<const OpenDataset> DatasetSource::find(std::string_view pin) const {
    if (auto ready = catalogs_.find(pin)) return ready;
    return pinned_.find(pin);
}

void DatasetSource::forget() const {
    pinned_.forget();
    const std::scoped_lock lock(mutex_);
    names_until_ = {};
}

std::vector<sql::ListedDataset> DatasetSource::list() const {
    auto datasets = sql::Database::open_read_only(settings_.database).datasets();
    std::vector<std::string> names;
    names.reserve(datasets.size());
    for (const auto& listed : datasets) names.push_back(listed.dataset.name);
    const std::scoped_lock lock(mutex_);
    names_ = std::move(names);
    names_until_ = Clock::now() + PinnedDatasets::unknown_for;
    return datasets;
}

std::vector<std::string> DatasetSource::names() const {
    {
        const std::scoped_lock lock(mutex_);
        if (Clock::now() < names_until_) return names_;
    }
    list();
    const std::scoped_lock lock(mutex_);
    return names_;
}

std::shared_ptr<const OpenDataset> DatasetSource::open_pinned(std::string_view pin) const {
    const auto found = sql::find_pinned(list(), pin);
    if (!found) return nullptr;
    if (settings_.pinned_catalogs && settings_.store != StoreChoice::database) {
        if (auto ready = catalogs_.learn(pin, found->id)) return ready;
    }
    return std::make_shared<const OpenDataset>(open_with_sql(found->id));
}

std::optional<std::uint64_t> DatasetSource::estimate(std::int64_t id) const {
    try {
        const auto datasets = list();
        const auto listed = std::ranges::find(datasets, id, &sql::ListedDataset::id);
        if (listed == datasets.end()) return {};
        const auto database = sql::Database::open_read_only(settings_.database);
        return memory::estimated_catalog_bytes(listed->dataset.gene_count, database.text_bytes(id));
    } catch (const std::exception&) {
        return {};  // requests for it find out
    }
}

std::shared_ptr<const OpenDataset> DatasetSource::make_pinned(std::int64_t id) const {
    try {
        const auto database = sql::Database::open_read_only(settings_.database);
        const auto datasets = database.datasets();
        const auto listed = std::ranges::find(datasets, id, &sql::ListedDataset::id);
        if (listed == datasets.end()) return nullptr;
        auto catalog = make_catalog(database, *listed);
        auto karyotype = karyotype_of(*catalog);
        tell(fmt::format("made the catalog of {}, which requests name", listed->dataset.name));
        return std::make_shared<const OpenDataset>(
            OpenDataset{.store = std::move(catalog), .karyotype = std::move(karyotype)});
    } catch (const DatasetDamaged& fault) {
        tell(fault.what());
        return std::make_shared<const OpenDataset>(unreadable_dataset(fault.what(), false));
    } catch (const std::exception& fault) {
        tell(std::string("a dataset that requests name is answered by SQL: ") + fault.what());
        return nullptr;
    }
}

}  // namespace chr21::datasets
