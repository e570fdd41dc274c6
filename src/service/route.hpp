#pragma once

#include "api/parameter.hpp"
#include "api/problem.hpp"
#include "gene/karyotype.hpp"
#include "service/request.hpp"
#include "service/response.hpp"
#include "service/service.hpp"
#include "store/dataset_shelf.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chr21::api {

// Everything a handler may look at. Valid during the call only.
struct Call {
    const Request& request;
    const Arguments& arguments;
    const GeneStore& store;
    const Karyotype& karyotype;
    const ServiceOptions& options;
    const std::optional<std::string>&
        stale_since;  // as DatasetShelf says; absent for a pinned dataset
};

// A good answer before it is compressed, tagged and sent.
struct Content {
    std::string body;
    std::string_view media_type = "application/json";
    Headers headers = {};
    bool gzipped = false;  // the body is stored compressed
    int status = 200;      // 503 when not ready
};

using Answer = std::expected<Content, Problem>;
using Handler = Answer (*)(const Call& call);

// What decides an answer, and so how long it may be kept.
enum class Freshness : std::uint8_t {
    dataset,  // the same request gives the same bytes while the dataset and the program stay
    load,     // likewise, until the same data is loaded again
    moment,   // it may differ at any time
};

// One line of the table that is the source of routing, of parameter checks and of the OpenAPI
// document. A template's "{name}" stands for one path segment and is declared in `parameters`.
struct Route {
    Method method;
    std::string_view path;
    std::string_view operation;  // unique; names the operation in generated clients
    std::string_view tag;
    std::string_view summary;
    std::string_view description;
    std::span<const Parameter> parameters;
    Handler handler;
    Freshness freshness = Freshness::dataset;
    // What it answers with; the first where the caller does not care. Only /genes has several.
    std::span<const std::string_view> media_types;
    std::string_view schema = {};       // of the JSON answer, by its name in the document
    std::string_view body_schema = {};  // of the JSON body it takes
    bool may_be_missing = false;        // answers 404 where a path value names nothing
    bool in_document = true;            // pages and their files are not part of the API
};

// All routes; where two templates fit one path, the first in the table answers.
std::span<const Route> routes();

// "GET" and so on.
std::string_view to_text(Method method);

}  // namespace chr21::api
