#include "store/sql/schema.hpp"

#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/connection.hpp"

#include <filesystem>
#include <limits>

namespace chr21::sql {

std::vector<SchemaStep> read_schema(const DatabaseUrl& url) {
    const auto migrations = built_in_migrations(url.engine);
    std::error_code unknown;
    if (url.engine == Engine::sqlite && !std::filesystem::exists(url.path, unknown) && !unknown) {
        std::vector<SchemaStep> missing;
        missing.reserve(migrations.size());
        for (const auto& migration : migrations) {
            missing.push_back({.version = migration.version, .name = std::string(migration.name)});
        }
        return missing;
    }
    return on_database(url, [&] {
        soci::session session;
        connect(session, url, Access::read_only);
        return read_schema(session, url, migrations);
    });
}

std::size_t migrate(const DatabaseUrl& url, std::optional<std::int64_t> last) {
    return on_database(url, [&] {
        soci::session session;
        connect(session, url, Access::read_write);
        return migrate(session,
                       url,
                       built_in_migrations(url.engine),
                       last.value_or(std::numeric_limits<std::int64_t>::max()));
    });
}

std::int64_t latest_schema(Engine engine) { return built_in_migrations(engine).back().version; }

}  // namespace chr21::sql
