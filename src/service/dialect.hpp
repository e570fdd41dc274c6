#pragma once

#include "gene/karyotype.hpp"
#include "service/body_source.hpp"
#include "service/notice.hpp"
#include "service/options.hpp"
#include "service/problem.hpp"
#include "service/query.hpp"
#include "service/request.hpp"
#include "service/response.hpp"
#include "store/gene_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::service {

// What decides an answer, and so how long it may be kept.
enum class Freshness : std::uint8_t {
    program,  // the same request gives the same bytes while the program stays; no dataset is needed
    dataset,  // likewise while the dataset stays as well
    load,     // likewise, until the same data is loaded again
    moment,   // it may differ at any time
};

// What is known of a request before its dialect has read a parameter.
struct Outlook {
    const Request& request;
    const Target& target;
    std::span<const QueryPart> query;  // of the target, cut at the dialect's separators
    std::uint64_t gene_count;          // of the dataset
};

// About how much CPU time an answer takes from memory; rather too much than too little. Must not
// throw, and is asked for every request.
using Estimate = std::chrono::nanoseconds (*)(const Outlook& outlook);

// One row of a dialect's table. A template's "{name}" stands for one whole segment of a path, which
// is not empty; where several templates fit one path, the first answers.
struct Route {
    Method method = Method::get;  // or post; HEAD goes where GET does, OPTIONS needs no row
    std::string_view path;        // "/genes/{gene_stable_id}"
    Freshness freshness = Freshness::dataset;
    // What it always answers in, which Accept must allow. Empty: the dialect looks at Accept.
    std::string_view media_type = {};
    std::string_view pin = {};  // the parameter of a query that names the dataset; empty: none does
    Estimate estimate = nullptr;  // null: next to nothing, and the store is asked for nothing
};

// Everything that an answer may be made from. Valid during the call only.
struct Call {
    const Request& request;
    std::size_t row;                                // of the dialect's table
    std::span<const std::string_view> path_values;  // as sent, in the order of the template
    const Target& target;
    std::span<const QueryPart> query;  // of the target, cut at the dialect's separators
    const GeneStore& store;
    const Karyotype& karyotype;
    const ServiceOptions& options;
    const std::optional<std::string>& stale_since;  // as DatasetShelf says; absent where pinned
};

// An answer before it is compressed, tagged and sent.
struct Content {
    std::string body = {};  // empty where there is a source
    std::string_view media_type = "application/json";
    Headers headers = {};
    bool gzipped = false;     // the body is stored compressed
    int status = 200;         // 503 when not ready
    bool negotiated = false;  // another Accept may give another media type, so Vary says so
    // Makes a body that may be long. It may use the store and the karyotype of the call, which live
    // as long as it does, and nothing else of the call.
    std::unique_ptr<BodySource> source = {};
    std::uint64_t least_size = 0;  // bytes that the source gives at least, as known beforehand
    // What the caller should know beside the body; sent as X-Notice, with 304 as well.
    std::vector<Notice> notices = {};
};

using Answer = std::expected<Content, Problem>;

// A contract that clients speak: ours, or another service's. Each reads its own parameters and
// writes its own faults. Its functions are called from many threads at once.
struct Dialect {
    std::string_view name;              // "ensembl"; begins the names of its routes in metrics
    std::span<const Route> routes;      // must outlive every service
    std::string_view separators = "&";  // any of these stands between two parameters of a query
    std::string_view reference = {};    // the path of the page that lists what there is; may be ""
    // May throw StoreUnavailable; any other exception counts as a fault of ours.
    Answer (*answer)(const Call& call);
    // Writes a fault in the words of this contract. Status and header fields are those of what it
    // returns; those that the problem itself has are added. Must not throw.
    Content (*write)(const Problem& problem, const Request& request);
};

}  // namespace chr21::service
