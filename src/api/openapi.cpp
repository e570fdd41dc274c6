#include "api/openapi.hpp"

#include "api/openapi_components.hpp"
#include "api/openapi_parts.hpp"
#include "api/operation.hpp"

#include <span>
#include <string>

#include <boost/json.hpp>
#include <yaml-cpp/yaml.h>

namespace chr21::api {

namespace {

namespace json = boost::json;
using openapi::text;
using openapi::to_array;

json::object reference(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

json::object content_of(const Operation& route) {
    json::object content;
    for (const auto type : route.media_types) {
        const bool is_json = type == "application/json";
        const bool is_tree = is_json || type == "application/yaml";
        json::object schema = is_json && !route.schema.empty()
                                  ? reference(route.schema)
                                  : json::object{{"type", is_tree ? "object" : "string"}};
        content[text(type)] = json::object{{"schema", std::move(schema)}};
    }
    return content;
}

json::object problem_response() { return {{"$ref", "#/components/responses/Problem"}}; }

bool is_made_from_dataset(const Operation& route) {
    const auto names_it = [](const Parameter& parameter) { return parameter.name == "dataset"; };
    return route.freshness == Freshness::dataset || route.freshness == Freshness::load ||
           std::ranges::any_of(route.parameters, names_it);
}

// Of a route's ordinary answers; those of its problems are in the document's components.
json::object with_headers(const Operation& route, json::object response) {
    if (!is_made_from_dataset(route)) return response;
    response["headers"] = {{"X-Dataset", {{"$ref", "#/components/headers/X-Dataset"}}},
                           {"X-Notice", {{"$ref", "#/components/headers/X-Notice"}}}};
    return response;
}

json::object responses_of(const Operation& route) {
    json::object responses;
    responses["200"] =
        with_headers(route, {{"description", text(route.summary)}, {"content", content_of(route)}});
    if (route.freshness != Freshness::moment) {
        responses["304"] =
            with_headers(route, {{"description", "If-None-Match lists the current ETag."}});
    }
    responses["400"] = problem_response();
    if (route.may_be_missing) responses["404"] = problem_response();
    responses["default"] = problem_response();
    return responses;
}

json::object describe(const Operation& route) {
    json::object operation{{"operationId", text(route.operation)},
                           {"tags", to_array({&route.tag, 1})},
                           {"summary", text(route.summary)},
                           {"description", text(route.description)}};
    json::array parameters;
    for (const auto& parameter : route.parameters)
        parameters.emplace_back(openapi::describe(parameter));
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (!route.body_schema.empty()) {
        operation["requestBody"] = {
            {"required", true},
            {"content", {{"application/json", {{"schema", reference(route.body_schema)}}}}}};
    }
    operation["responses"] = responses_of(route);
    return operation;
}

json::object schema_of(GeneField field) {
    switch (field) {
        case GeneField::gene_stable_id:
            return {{"type", "string"}};
        case GeneField::gene_start:
        case GeneField::gene_end:
        case GeneField::length:
            return {{"type", "integer"}, {"minimum", 1}, {"nullable", true}};
        case GeneField::strand:
            return {{"type", "integer"}, {"enum", {1, -1, nullptr}}, {"nullable", true}};
        default:
            return {{"type", "string"}, {"nullable", true}};
    }
}

// The gene's schemas come from the table of its fields.
json::object components() {
    const auto source = openapi::find("components.json").value();
    auto components = json::parse(json::string_view(source.data(), source.size())).as_object();
    auto& schemas = components["schemas"].as_object();
    json::object eight;
    json::array required;
    for (const auto& facts : gene_fields) {
        auto schema = schema_of(facts.field);
        schema["description"] = text(facts.description);
        schemas["SelectedGene"].as_object()["properties"].as_object()[text(facts.name)] = schema;
        if (facts.field > GeneField::gene_type) continue;
        eight[text(facts.name)] = std::move(schema);
        required.emplace_back(text(facts.name));
    }
    schemas["Gene"] = {{"type", "object"},
                       {"required", std::move(required)},
                       {"additionalProperties", false},
                       {"properties", std::move(eight)}};
    return components;
}

json::object document(std::string_view version) {
    json::object paths;
    for (const auto& route : operations()) {
        if (!route.in_document) continue;
        auto& path = paths[text(route.path)];
        if (!path.is_object()) path = json::object{};
        path.as_object()[route.method == Method::post ? "post" : "get"] = describe(route);
    }
    return {{"openapi", "3.0.3"},
            {"info",
             {{"title", "Chromosome 21 Gene API"},
              {"version", text(version)},
              {"description",
               "Genes of one Ensembl release, pinned: by default those of human chromosome 21. "
               "Positions are 1-based and inclusive at both ends; absent values are null."},
              {"license",
               {{"name", "Apache-2.0"}, {"url", "https://www.apache.org/licenses/LICENSE-2.0"}}}}},
            {"servers", json::array{json::object{{"url", "./"}}}},
            {"tags",
             {{{"name", "genes"}, {"description", "Finding genes"}},
              {{"name", "summaries"}, {"description", "Counts and distributions"}},
              {{"name", "chromosomes"}, {"description", "Chromosomes and karyotype bands"}},
              {{"name", "service"}, {"description", "The service itself"}}}},
            {"paths", std::move(paths)},
            {"components", components()}};
}

void emit(YAML::Emitter& yaml, const json::value& value) {
    if (const auto* object = value.if_object()) {
        yaml << YAML::BeginMap;
        for (const auto& [key, member] : *object) {
            yaml << YAML::Key << YAML::DoubleQuoted << std::string(key) << YAML::Value;
            emit(yaml, member);
        }
        yaml << YAML::EndMap;
    } else if (const auto* array = value.if_array()) {
        yaml << YAML::BeginSeq;
        for (const auto& element : *array) emit(yaml, element);
        yaml << YAML::EndSeq;
    } else if (const auto* string = value.if_string()) {
        yaml << YAML::DoubleQuoted << std::string(*string);
    } else if (value.is_null()) {
        yaml << YAML::Null;
    } else {
        yaml << json::serialize(value);  // numbers, true and false are the same in YAML
    }
}

}  // namespace

std::string openapi_json(std::string_view version) { return json::serialize(document(version)); }

std::string openapi_yaml(std::string_view version) {
    YAML::Emitter yaml;
    emit(yaml, document(version));
    return std::string(yaml.c_str(), yaml.size()) + "\n";
}

}  // namespace chr21::api
