#include "api/representation.hpp"
#include "cli/flag_of_fault.hpp"
#include "cli/settings.hpp"
#include "text/version.hpp"

#include <utility>

#include <fmt/format.h>

namespace chr21::cli {
namespace {

observe::DatabaseWork work_of(sql::Asked::Kind kind) {
    using enum sql::Asked::Kind;
    using observe::DatabaseWork;
    switch (kind) {
        case wait:
            return DatabaseWork::wait;
        case connect:
            return DatabaseWork::connect;
        case select:
            return DatabaseWork::select;
        case change:
            return DatabaseWork::change;
        case control:
            return DatabaseWork::control;
        case bulk:
            return DatabaseWork::bulk;
    }
    return DatabaseWork::select;
}

}  // namespace

std::expected<datasets::SourceSettings, std::string> source_settings(
    const DataSettings& settings, const observe::Observer& observer) {
    auto url = sql::parse_database_url(settings.database_url);
    if (!url) return std::unexpected(with_flag(url.error()));
    const auto told = [observer](const sql::Asked& asked) {
        observer(observe::DatabaseAsked{.work = work_of(asked.kind),
                                        .took = asked.took,
                                        .rows = asked.rows,
                                        .failed = asked.failed});
    };
    return datasets::SourceSettings{.database = {*std::move(url), {}, told},
                                    .export_file = settings.export_file,
                                    .store = settings.store,
                                    .memory_limit = settings.memory_limit,
                                    .catalog_file = settings.catalog_file,
                                    .pinned_catalogs = settings.pinned_catalogs,
                                    .represent = api::to_json,
                                    .program = fmt::format("{} {}", version, commit)};
}

std::expected<datasets::Start, std::string> begin(const DataSettings& settings,
                                                  const observe::Observer& observer) {
    auto source = source_settings(settings, observer);
    if (!source) return std::unexpected(std::move(source.error()));
    auto start = datasets::DatasetSource::start(*std::move(source), observer);
    if (!start) return std::unexpected(with_flag(start.error()));
    return *std::move(start);
}

}  // namespace chr21::cli
