// The SQL store over real servers, for the tests in tests/store that hold for every engine.

#include "store/sql/database.hpp"
#include "store/sql/engine/connection.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/engines.hpp"

#include <tuple>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;

// One database for all stores of an engine, which come one after another.
template <sql::Engine engine>
OpenedStore make_store(const std::vector<Gene>& genes) {
    static const DatabaseUrl url = new_database_with_schema(engine);
    soci::session session;
    connect(session, url, sql::Access::read_write);
    for (const auto* table :
         {"gene_posting", "gene_attribute", "gene", "dataset_attribute", "dataset"}) {
        session << std::string("DELETE FROM ") + table;
    }
    std::ignore = sql::Database::open(url).load(dataset_of(genes), genes);
    return {.store = sql::open_sql_store(url, represent)};
}

}  // namespace

std::vector<NamedEngine> engines() {
    return {{.name = "PostgreSQL",
             .open = make_store<sql::Engine::postgresql>,
             .missing = missing_server(sql::Engine::postgresql)},
            {.name = "MySQL",
             .open = make_store<sql::Engine::mysql>,
             .missing = missing_server(sql::Engine::mysql)}};
}

}  // namespace chr21::testing
