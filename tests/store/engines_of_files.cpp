// What can be tested without a server.

#include "store/memory/catalog_file.hpp"
#include "store/sql/database.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/store/engines.hpp"

#include <stdexcept>
#include <tuple>

namespace chr21::testing {
namespace {

OpenedStore make_sqlite(const std::vector<Gene>& genes) {
    auto directory = std::make_unique<TemporaryDirectory>();
    const sql::DatabaseUrl url{directory->file("genes.sqlite3")};
    std::ignore = sql::Database::open(url).load(dataset_of(genes), genes);
    auto store = sql::open_sql_store(url, represent);
    return {.directory = std::move(directory), .store = std::move(store)};
}

// A catalog as the next start of the program finds it.
OpenedStore make_memory_from_file(const std::vector<Gene>& genes) {
    auto directory = std::make_unique<TemporaryDirectory>();
    const auto dataset = dataset_of(genes);
    const memory::CatalogFile file(directory->file("genes.sqlite3"), "tests");
    file.write(*memory::make_catalog(dataset, genes, represent), 1);
    auto read = file.read(dataset, 1, represent);
    if (!read) throw std::runtime_error(read.error());
    return {.directory = std::move(directory), .store = *std::move(read)};
}

}  // namespace

std::vector<NamedEngine> engines() {
    return {{.name = "Model", .open = make_model},
            {.name = "Memory", .open = make_memory},
            {.name = "CatalogFile", .open = make_memory_from_file},
            {.name = "SQLite", .open = make_sqlite}};
}

}  // namespace chr21::testing
