#pragma once

#include "datasets/live_shelf.hpp"
#include "datasets/pinned_catalogs.hpp"
#include "datasets/pinned_datasets.hpp"
#include "gene/result.hpp"
#include "observe/event.hpp"
#include "store/dataset_shelf.hpp"
#include "store/memory/catalog_file.hpp"
#include "store/sql/database.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::datasets {

// What answers: a catalog in memory, the database by SQL, or memory while the catalog fits.
enum class StoreChoice : std::uint8_t { automatic, memory, database };

// Where the genes come from and live.
struct SourceSettings {
    sql::DatabaseAccess database;
    std::optional<std::string> export_file = {};  // fills an empty database; else the bundled one
    StoreChoice store = StoreChoice::automatic;
    std::uint64_t memory_limit = std::uint64_t{1} << 30U;  // bytes of a catalog, for `automatic`
    bool catalog_file = true;                              // beside a SQLite file
    bool pinned_catalogs = true;    // of datasets that requests name, not with `database`
    Represent represent = nullptr;  // how a gene is written
    std::string program = {};       // version and commit, which a catalog file belongs to
};

// Whether a start may succeed where no dataset can be read: questions throw StoreUnavailable until
// a look finds one.
enum class WithoutDataset : std::uint8_t { fails, starts };

struct Start;

// The file of a catalog, and whether it was there before, of this very dataset and program.
struct PreparedCatalog {
    std::string path = {};
    std::string dataset = {};  // its name
    bool was_there = false;
};

// The database that the settings name, and what it takes to answer from its datasets: a catalog in
// memory, or SQL where that is asked for or the catalog would not fit. Safe to use from many
// threads. Throws StoreUnavailable where the database cannot be used.
class DatasetSource {
public:
    // Which dataset is active. No two datasets share both; neither is set where there is none.
    struct Active {
        std::int64_t id = 0;
        std::string sha256;

        friend bool operator==(const Active&, const Active&) = default;
    };

    // Fills the database where it has no dataset: with the export that the settings name, or a
    // SQLite file with the bundled one; and makes the active dataset ready, over the same
    // connection. The error's message is one line for people, about the parameter "data" (the
    // export) or "database".
    static Result<Start> start(SourceSettings settings,
                               const observe::Observer& observer,
                               WithoutDataset without = WithoutDataset::fails);

    // Writes the file from which starts read the catalog of the active dataset, however small that
    // is, unless it is there already. The error's message is one line for people, about the
    // parameter "database" or "catalog".
    static Result<PreparedCatalog> prepare_catalog(SourceSettings settings);

    // Where the datasets live.
    const sql::DatabaseUrl& database() const { return settings_.database.url; }

    // Which dataset is active now, by a short look at the database. Goes without the catalogs of
    // datasets that are not there any more.
    Active active() const;

    // The dataset made ready to answer from.
    OpenDataset open(std::int64_t id) const;

    // A dataset by its pin; null when there is none. Answered by SQL until its catalog has been
    // made, where it may have one: all of them together take a quarter of the memory limit. What
    // SQL answers and what is not there is asked anew after forget().
    std::shared_ptr<const OpenDataset> find(std::string_view pin) const;
    void forget() const;
    // As of a second ago.
    std::vector<std::string> names() const;

    // Writes the file from which the next start reads the catalog, where open() made one that no
    // file had. Takes long: not for a thread that somebody waits for. Gives up at the stop.
    void write_catalog_file(const std::stop_token& stop) const;

    // A shelf whose other datasets come from here; this must outlive it.
    LiveShelf::Others others() const;

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::uint64_t pinned_share = 4;

    // A catalog that is in no file yet, and its dataset's number.
    struct Unwritten {
        std::int64_t id = 0;
        std::shared_ptr<const memory::Catalog> catalog = {};
    };

    DatasetSource(SourceSettings settings, observe::Observer observer);

    // Fills what is empty and opens what is active, which becomes part of `start`.
    Result<void> begin(Start& start) const;
    OpenDataset open(const sql::Database& database, const sql::ListedDataset& listed) const;
    bool fits_in_memory(const sql::Database& database, const sql::ListedDataset& listed) const;
    void tell(const std::string& message) const;
    OpenDataset open_with_sql(std::int64_t id) const;
    std::shared_ptr<const OpenDataset> open_pinned(std::string_view pin) const;
    std::optional<std::uint64_t> estimate(std::int64_t id) const;
    std::shared_ptr<const OpenDataset> make_pinned(std::int64_t id) const;
    std::vector<sql::ListedDataset> list() const;
    std::shared_ptr<const memory::Catalog> open_in_memory(const sql::Database& database,
                                                          const sql::ListedDataset& listed) const;
    std::expected<std::unique_ptr<const memory::Catalog>, std::string> read_catalog(
        const memory::CatalogFile& file, const sql::ListedDataset& listed) const;
    // Throws StoreUnavailable also where there is not enough memory.
    std::shared_ptr<const memory::Catalog> make_catalog(const sql::Database& database,
                                                        const sql::ListedDataset& listed) const;

    SourceSettings settings_;
    observe::Observer observer_;
    std::optional<memory::CatalogFile> catalog_file_;
    mutable std::mutex mutex_;
    mutable Unwritten unwritten_;                   // under mutex_
    mutable std::vector<sql::ListedDataset> seen_;  // under mutex_, by the last look
    mutable std::vector<std::string> names_;        // under mutex_
    mutable Clock::time_point names_until_;         // under mutex_
    mutable PinnedDatasets pinned_{[this](std::string_view pin) { return open_pinned(pin); }};
    mutable PinnedCatalogs catalogs_{settings_.memory_limit / pinned_share,
                                     {.estimate = [this](std::int64_t id) { return estimate(id); },
                                      .make = [this](std::int64_t id) { return make_pinned(id); }}};
};

// What a start came to.
struct Start {
    std::unique_ptr<DatasetSource> source;
    DatasetSource::Active active;
    OpenDataset dataset;  // the active one, or where there is none unreadable_dataset()
};

}  // namespace chr21::datasets
