#include "store/sql/schema.hpp"

#include "store/sql/database_file.hpp"
#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/session.hpp"

#include <filesystem>
#include <limits>

namespace chr21::sql {

std::vector<SchemaStep> read_schema(const DatabaseAccess& place) {
    const auto& url = place.url;
    const auto migrations = built_in_migrations(url.engine);
    std::error_code unknown;
    if (is_file(url) && !std::filesystem::exists(url.path, unknown) && !unknown) {
        std::vector<SchemaStep> missing;
        missing.reserve(migrations.size());
        for (const auto& migration : migrations) {
            missing.push_back({.version = migration.version, .name = std::string(migration.name)});
        }
        return missing;
    }
    require_file_or_nothing(url);
    return on_database(url, [&] {
        Session session(place, Access::read_only);
        return read_steps(session, migrations);
    });
}

std::size_t migrate(const DatabaseAccess& place, std::optional<std::int64_t> last) {
    const auto& url = place.url;
    require_file_or_nothing(url);
    return on_database(url, [&] {
        Session session(place, Access::read_write);
        return apply_missing(session,
                             built_in_migrations(url.engine),
                             last.value_or(std::numeric_limits<std::int64_t>::max()));
    });
}

std::int64_t latest_schema(EngineKind engine) { return built_in_migrations(engine).back().version; }

}  // namespace chr21::sql
