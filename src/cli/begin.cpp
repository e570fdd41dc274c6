#include "api/representation.hpp"
#include "cli/flag_of_fault.hpp"
#include "cli/settings.hpp"
#include "cli/version.hpp"

#include <utility>

#include <fmt/format.h>

namespace chr21::cli {

std::expected<datasets::Start, std::string> begin(const DataSettings& settings,
                                                  const observe::Observer& observer) {
    auto url = sql::parse_database_url(settings.database_url);
    if (!url) return std::unexpected(with_flag(url.error()));
    auto start = datasets::DatasetSource::start({.database = *std::move(url),
                                                 .export_file = settings.export_file,
                                                 .store = settings.store,
                                                 .memory_limit = settings.memory_limit,
                                                 .catalog_file = settings.catalog_file,
                                                 .represent = api::to_json,
                                                 .program = fmt::format("{} {}", version, commit)},
                                                observer);
    if (!start) return std::unexpected(with_flag(start.error()));
    return *std::move(start);
}

}  // namespace chr21::cli
