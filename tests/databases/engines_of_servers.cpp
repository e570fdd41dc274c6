// The SQL store over real servers, for the tests in tests/store that hold for every engine.

#include "store/sql/database.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/engines.hpp"

#include <tuple>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;

// One database for all stores of an engine, which come one after another.
template <sql::EngineKind engine>
OpenedStore make_store(const std::vector<Gene>& genes) {
    static const DatabaseUrl url = new_database_with_schema(engine);
    sql::Session session(url, sql::Access::read_write);
    for (const auto* table :
         {"gene_posting", "gene_attribute", "gene", "dataset_attribute", "dataset"}) {
        session.run(std::string("DELETE FROM ") + table);
    }
    std::ignore = sql::Database::open(url).load(dataset_of(genes), genes);
    return {.store = sql::open_sql_store(url, represent)};
}

}  // namespace

std::vector<NamedEngine> engines() {
    return {{.name = "PostgreSQL",
             .open = make_store<sql::EngineKind::postgresql>,
             .missing = missing_server(sql::EngineKind::postgresql)},
            {.name = "MySQL",
             .open = make_store<sql::EngineKind::mysql>,
             .missing = missing_server(sql::EngineKind::mysql)}};
}

}  // namespace chr21::testing
