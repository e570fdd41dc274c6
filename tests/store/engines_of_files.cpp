// What can be tested without a server.

#include "store/sql/database.hpp"
#include "tests/store/engines.hpp"

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

}  // namespace

std::vector<NamedEngine> engines() {
    return {{.name = "Model", .open = make_model},
            {.name = "Memory", .open = make_memory},
            {.name = "SQLite", .open = make_sqlite}};
}

}  // namespace chr21::testing
