#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/result.hpp"
#include "store/gene_store.hpp"
#include "store/sql/dataset/progress.hpp"
#include "store/sql/url/database_access.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chr21::sql {

// A dataset as a database lists it. The id is never given to another dataset.
struct ListedDataset {
    std::int64_t id = 0;
    bool active = false;
    Dataset dataset;

    friend bool operator==(const ListedDataset&, const ListedDataset&) = default;
};

struct StoredDataset {
    Dataset dataset;
    std::vector<Gene> genes;  // in genome order
};

// What became of a load.
struct Loaded {
    enum class What : std::uint8_t {
        added,
        // The same bytes had been loaded before, but by a program that kept less of them, or their
        // genes were damaged since: they took the place of those.
        renewed,
        was_there,  // the same bytes had been loaded before, and nothing was written
    };
    What what = What::added;
    ListedDataset dataset;
};

// What a look at every gene of a dataset came to.
enum class Soundness : std::uint8_t {
    sound,
    damaged,
    unknown,  // an older program loaded it, or a newer one, and kept no digest that this one knows
};

// A database of datasets. One thread at a time.
// Every function throws StoreUnavailable when the database cannot be opened, read or written, is
// another program's or damaged, or has a schema that does not suit this program; the message names
// the database and what to do.
//
// What changes datasets does so in one transaction, all or nothing, that keeps every other change
// out; it waits for one that is under way, and throws when that takes too long.
class Database {
public:
    // Opens the database. A missing file is made and an older schema of a file is brought up to
    // date; the schema of a server is left to `chr21 migrate up`.
    static Database open(const DatabaseAccess& place);
    // Opens the database for reading only; throws when a file is missing.
    static Database open_read_only(const DatabaseAccess& place);
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // The active dataset's facts; absent while nothing has been stored.
    std::optional<Dataset> active() const;

    // Every dataset, the first one loaded first.
    std::vector<ListedDataset> datasets() const;

    // The dataset with its genes and their attributes; the active one where no id is given. Throws
    // when there is none, and DatasetDamaged when verify() would find it damaged.
    StoredDataset read(std::optional<std::int64_t> id = {}) const;

    // Compares all genes with the digest that was kept when they were loaded. Also throws
    // StoreUnavailable where a gene cannot be read.
    Soundness verify(std::int64_t id) const;

    // About how many bytes all stable IDs, names, descriptions, attribute values and packed rows of
    // a dataset take: SQLite and PostgreSQL count letters.
    std::uint64_t text_bytes(std::int64_t id) const;

    // Adds a dataset beside the others and makes it the active one. Where the same bytes are there
    // already, by their sha256, nothing is changed, whichever dataset is active, if verify() would
    // find them sound and they have all that is kept today; else they are put in place anew, under
    // another id, and active if they were. The error says
    // that another dataset has the name. Throws std::invalid_argument when the dataset miscounts
    // its genes or does not name one of their attributes, or two genes have the same stable ID.
    Result<Loaded> load(const Dataset& dataset,
                        const std::vector<Gene>& genes,
                        const Progress& progress = {});

    // The error says that there is no such dataset any more, and what else is in the way: the
    // active one is never dropped.
    Result<void> activate(std::int64_t id);
    Result<void> drop(std::int64_t id);

    // Drops all but the `keep` datasets loaded last and the active one; answers what it dropped.
    std::vector<ListedDataset> prune(std::size_t keep);

private:
    struct Interior;
    explicit Database(std::unique_ptr<Interior> interior);
    std::unique_ptr<Interior> interior_;
};

}  // namespace chr21::sql
