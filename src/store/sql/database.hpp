#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "store/gene_store.hpp"
#include "store/sql/database_url.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace chr21::sql {

struct StoredDataset {
    Dataset dataset;
    std::vector<Gene> genes;
};

// A SQLite database of datasets. One thread at a time.
// Every function throws StoreUnavailable when the file cannot be opened, read or written, is no
// database or is damaged, or has a schema newer than this program; the message names the file and
// what to do.
class Database {
public:
    // Opens the file; a missing one is made, an older schema is brought up to date, and nothing
    // else changes.
    static Database open(const DatabaseUrl& url);
    // Opens an existing file for reading only; throws when it is missing or its schema is older.
    static Database open_read_only(const DatabaseUrl& url);
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // The active dataset's facts; absent while nothing has been stored.
    std::optional<Dataset> active() const;

    // The active dataset with its genes in genome order. Throws when there is none.
    StoredDataset read() const;

    // Adds a dataset and makes it the active one, in one transaction: all or nothing.
    void store(const Dataset& dataset, const std::vector<Gene>& genes);

private:
    struct Interior;
    explicit Database(std::unique_ptr<Interior> interior);
    std::unique_ptr<Interior> interior_;
};

// An engine that answers every question with SQL on the active dataset, for data larger than
// memory allows. Keeps a small pool of connections; each request is one short read-only
// transaction.
std::unique_ptr<const GeneStore> open_sql_store(const DatabaseUrl& url, Represent represent);

}  // namespace chr21::sql
