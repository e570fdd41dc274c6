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

struct ReferenceFile {
    std::string_view name;
    std::string_view media_type;
};

constexpr std::array<ReferenceFile, 8> reference_files{{
    {"reference.js", "text/javascript; charset=utf-8"},
    {"reference.css", "text/css; charset=utf-8"},
    {"icon.svg", "image/svg+xml"},
    {"swagger-ui-bundle.js", "text/javascript; charset=utf-8"},
    {"swagger-ui.css", "text/css; charset=utf-8"},
    {"swagger-ui-bundle.js.LICENSE.txt", "text/plain; charset=utf-8"},
    {"LICENSE.txt", "text/plain; charset=utf-8"},
    {"NOTICE.txt", "text/plain; charset=utf-8"},
}};

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
    const auto* const file = std::ranges::find(reference_files, name, &ReferenceFile::name);
    if (file == reference_files.end()) {
        return std::unexpected(not_found("The API reference has no file \"" + name + "\""));
    }
    if (const auto bytes = web::find(name)) {
        return Content{.body = std::string(*bytes), .media_type = file->media_type};
    }
    return Content{.body = std::string(web::find(name + ".gz").value()),
                   .media_type = file->media_type,
                   .gzipped = true};
}

}  // namespace chr21::api
