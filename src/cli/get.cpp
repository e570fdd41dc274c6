#include "api/contract.hpp"
#include "cli/settings.hpp"
#include "text/version.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace chr21::cli {

namespace {

// Only the file that nobody named is made of the bundled genes: another one that is not there is
// more likely a mistake, and the answer would be of other genes than were meant.
void refuse_missing_file(const sql::DatabaseUrl& place, const DataSettings& settings) {
    if (settings.export_file || settings.database_url == DataSettings{}.database_url) return;
    std::error_code unknown;
    if (!sql::is_file(place) || std::filesystem::exists(place.path, unknown) || unknown) return;
    throw StoreUnavailable(describe(place) +
                           ": there is no such file; make it with `chr21 load`, or choose another "
                           "--database-url");
}

}  // namespace

int get(const GetSettings& settings) {
    if (!settings.target.starts_with('/')) {
        fmt::print(stderr, "chr21: target must begin with /, such as '/genes?search=kinase'\n");
        return 2;
    }
    const auto to_standard_error = [](const observe::Event& event) {
        if (const auto* notice = std::get_if<observe::Notice>(&event)) {
            fmt::print(stderr, "chr21: {}\n", notice->message);
        }
        if (const auto* bug = std::get_if<observe::Bug>(&event)) {
            fmt::print(stderr, "chr21: {}\n", bug->reason);
        }
        if (const auto* failure = std::get_if<observe::StoreFailed>(&event)) {
            fmt::print(stderr, "chr21: {}\n", failure->reason);
        }
    };
    if (const auto place = sql::parse_database_url(settings.data.database_url)) {
        refuse_missing_file(*place, settings.data);
    }
    auto data = settings.data;
    data.pinned_catalogs = false;  // one answer would be over before they are made
    const auto start = begin(data, to_standard_error);
    if (!start) {
        fmt::print(stderr, "chr21: {}\n", start.error());
        return 1;
    }
    service::ServiceOptions options{.version = std::string(version)};
    options.metrics = [] { return std::string("# no server is running\n"); };
    const datasets::LiveShelf shelf(start->dataset, start->source->others());
    const std::array dialects{&api::contract()};
    const service::Service service(shelf, dialects, options, to_standard_error);
    const auto response =
        service.answer_whole({.target = settings.target, .accept = settings.accept});
    if (settings.include_headers) {
        fmt::print("{} {}\n", response.status, service::reason_phrase(response.status));
        response.headers.for_each([](std::string_view name, std::string_view value) {
            fmt::print("{}: {}\n", name, value);
        });
        fmt::print("\n");
    }
    std::fwrite(response.body.data(), 1, response.body.size(), stdout);
    if (!response.body.ends_with('\n')) std::fputc('\n', stdout);
    constexpr int first_error = 400;
    return std::fflush(stdout) == 0 && response.status < first_error ? 0 : 1;
}

}  // namespace chr21::cli
