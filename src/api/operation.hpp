#pragma once

#include "api/call.hpp"
#include "api/parameter.hpp"
#include "service/dialect.hpp"

#include <span>
#include <string_view>

namespace chr21::api {

using service::Freshness;
using service::Method;

using Handler = Answer (*)(const Call& call);

// One line of the table that is the source of routing, of parameter checks and of the OpenAPI
// document. A template's "{name}" stands for one path segment and is declared in `parameters`.
struct Operation {
    Method method;
    std::string_view path;
    std::string_view operation;  // unique; names the operation in generated clients
    std::string_view tag;
    std::string_view summary;
    std::string_view description;
    std::span<const Parameter> parameters;
    Handler handler;
    // Null where the store is asked for nothing and it costs next to nothing.
    service::Estimate estimate = nullptr;
    Freshness freshness = Freshness::dataset;
    // What it answers with; the first where the caller does not care. With several of them the
    // handler looks at Accept itself.
    std::span<const std::string_view> media_types;
    std::string_view schema = {};       // of the JSON answer, by its name in the document
    std::string_view body_schema = {};  // of the JSON body it takes
    bool may_be_missing = false;        // answers 404 where a path value names nothing
    bool in_document = true;            // pages and their files are not part of the API
};

// All operations; where two templates fit one path, the first in the table answers.
std::span<const Operation> operations();

}  // namespace chr21::api
