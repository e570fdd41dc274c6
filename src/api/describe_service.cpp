#include "api/dataset_json.hpp"
#include "api/handlers.hpp"
#include "api/openapi.hpp"
#include "text/json_writer.hpp"
#include "web/reference.hpp"

#include <algorithm>
#include <array>

namespace chr21::api {

namespace {

struct ExtensionFacts {
    std::string_view extension;
    std::string_view media_type;
};

// Of the files that pages load; a page itself has a path of its own.
constexpr std::array<ExtensionFacts, 4> extensions{{
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
}};

// Empty where no file of a page is called so.
std::string_view media_type_of(std::string_view file) {
    const auto* const found = std::ranges::find_if(
        extensions, [file](const auto& facts) { return file.ends_with(facts.extension); });
    return found == extensions.end() ? std::string_view() : found->media_type;
}

}  // namespace

Answer describe_dataset(const Call& call) {
    Content content;
    text::JsonWriter json(content.body);
    write_dataset(json, call.store.dataset());
    return content;
}

Answer welcome(const Call& call) {
    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("message", "Welcome to Chromosome 21 Gene API");
    json.member("version", call.options.version);
    json.member("dataset", call.store.dataset().name);
    json.member("genes", "/genes");
    json.member("docs", "/docs");
    json.member("openapi", "/openapi.json");
    json.end_object();
    return content;
}

Answer report_health(const Call& /*call*/) { return Content{.body = R"({"status":"ok"})"}; }

Answer report_readiness(const Call& call) {
    const auto genes = call.store.list({}, {}, {.limit = 0});  // throws where the engine is down
    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("status", "ready");
    json.member("dataset", call.store.dataset().name);
    json.member("gene_count", genes.total);
    json.member("stale_since", call.stale_since);
    json.end_object();
    return content;
}

Answer report_metrics(const Call& call) {
    if (!call.options.metrics) {
        return std::unexpected(
            not_found("Nothing is counted here for Prometheus; under AWS Lambda, CloudWatch has "
                      "the metrics"));
    }
    return Content{.body = call.options.metrics(),
                   .media_type = "text/plain; version=0.0.4; charset=utf-8"};
}

Answer show_openapi_json(const Call& call) {
    return Content{.body = openapi_json(call.options.version)};
}

Answer show_openapi_yaml(const Call& call) {
    return Content{.body = openapi_yaml(call.options.version), .media_type = "application/yaml"};
}

Answer show_reference(const Call& /*call*/) {
    return Content{.body = std::string(web::find("index.html").value()),
                   .media_type = "text/html; charset=utf-8"};
}

Answer show_reference_file(const Call& call) {
    const auto& name = *call.arguments.text("file");
    const auto media_type = media_type_of(name);
    if (!media_type.empty()) {
        if (const auto bytes = web::find(name)) {
            return Content{.body = std::string(*bytes), .media_type = media_type};
        }
        if (const auto bytes = web::find(name + ".gz")) {
            return Content{.body = std::string(*bytes), .media_type = media_type, .gzipped = true};
        }
    }
    return std::unexpected(not_found("The API reference has no file \"" + name + "\""));
}

}  // namespace chr21::api
