#include "api/handlers.hpp"
#include "api/openapi.hpp"
#include "api/representation.hpp"
#include "web/reference.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace chr21::api {

namespace {

void append_member(std::string& body,
                   std::string_view name,
                   const std::optional<std::string>& value) {
    if (body.back() != '{') body += ',';
    body.append("\"").append(name).append("\":");
    if (value) {
        append_json_string(body, *value);
    } else {
        body += "null";
    }
}

void append_attributes(std::string& body, const std::vector<AttributeColumn>& attributes) {
    body += ",\"attributes\":[";
    for (const auto& [name, header] : attributes) {
        if (body.back() != '[') body += ',';
        body += '{';
        append_member(body, "name", name);
        append_member(body, "header", header);
        body += '}';
    }
    body += ']';
}

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
    const auto& dataset = call.store.dataset();
    Content content{.body = "{"};
    append_member(content.body, "name", dataset.name);
    append_member(content.body, "species", dataset.species);
    append_member(content.body, "assembly", dataset.assembly);
    append_member(content.body, "release", dataset.release);
    append_member(content.body, "source", dataset.source);
    append_member(content.body, "sha256", dataset.sha256);
    fmt::format_to(std::back_inserter(content.body), R"(,"gene_count":{})", dataset.gene_count);
    append_member(content.body, "loaded_at", dataset.loaded_at);
    append_attributes(content.body, dataset.attributes);
    content.body += '}';
    return content;
}

Answer welcome(const Call& call) {
    Content content{.body = R"({"message":"Welcome to Chromosome 21 Gene API")"};
    append_member(content.body, "version", call.options.version);
    append_member(content.body, "dataset", call.store.dataset().name);
    content.body += R"(,"genes":"/genes","docs":"/docs","openapi":"/openapi.json"})";
    return content;
}

Answer report_health(const Call& /*call*/) { return Content{.body = R"({"status":"ok"})"}; }

Answer report_readiness(const Call& call) {
    const auto genes = call.store.list({}, {}, {.limit = 0});  // throws where the engine is down
    Content content{.body = R"({"status":"ready")"};
    append_member(content.body, "dataset", call.store.dataset().name);
    fmt::format_to(std::back_inserter(content.body), R"(,"gene_count":{})", genes.total);
    append_member(content.body, "stale_since", call.stale_since);
    content.body += '}';
    return content;
}

Answer report_metrics(const Call& call) {
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
