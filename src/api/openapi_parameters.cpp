#include "api/openapi_parts.hpp"
#include "api/parameter_value.hpp"
#include "text/invisible.hpp"

#include <string>
#include <utility>

namespace chr21::api::openapi {

namespace {

namespace json = boost::json;

// Of a text that is not taken as it is sent something must be seen.
json::object any_text(const Parameter& parameter) {
    json::object schema{{"type", "string"}, {"minLength", 1}};
    if (parameter.longest > 0) schema["maxLength"] = parameter.longest;
    const std::string seen = "[^\\x00" + std::string(text::invisible_class) + "]";
    schema["pattern"] = parameter.as_sent ? "^[^\\x00]+$" : "^[^\\x00]*" + seen + "[^\\x00]*$";
    return schema;
}

json::array sort_keys() {
    json::array keys;
    for (const auto name : sort_field_names()) {
        keys.emplace_back(text(name));
        keys.emplace_back(text("-" + std::string(name)));
    }
    return keys;
}

// One of `names`, or an attribute of the dataset, which the document cannot know. The type is said
// once more outside, for pages that make a form of it.
json::object name_or_attribute(std::span<const std::string_view> names) {
    return {{"type", "string"},
            {"anyOf",
             {{{"type", "string"}, {"enum", to_array(names)}},
              {{"type", "string"},
               {"format", "attribute"},
               {"pattern", "^[a-z0-9_]*[a-z_][a-z0-9_]*$"},
               {"description", "an attribute of the dataset, as /dataset names it"}}}}};
}

json::object list_of_names(std::span<const std::string_view> names) {
    return {{"type", "array"},
            {"minItems", 1},
            {"uniqueItems", true},
            {"items", name_or_attribute(names)}};
}

json::object schema_of(const Parameter& parameter) {
    switch (parameter.kind) {
        case ParameterKind::text:
        case ParameterKind::chromosome:
        case ParameterKind::gene_type:
        case ParameterKind::biotype:
        case ParameterKind::gene_name:
        case ParameterKind::gene_stable_id:
            return any_text(parameter);
        case ParameterKind::integer: {
            json::object schema{{"type", "integer"},
                                {"minimum", parameter.minimum},
                                {"maximum", parameter.maximum}};
            if (!parameter.standard.empty()) {
                schema["default"] = json::parse(
                    json::string_view(parameter.standard.data(), parameter.standard.size()));
            }
            return schema;
        }
        case ParameterKind::choice: {
            json::object schema{{"type", "string"}, {"enum", to_array(parameter.choices)}};
            if (!parameter.standard.empty()) schema["default"] = text(parameter.standard);
            return schema;
        }
        case ParameterKind::sort:
            return {{"type", "array"},
                    {"minItems", 1},
                    {"items", {{"type", "string"}, {"enum", sort_keys()}}}};
        case ParameterKind::fields:
            return list_of_names(field_choices());
        case ParameterKind::search_columns:
            return list_of_names(search_column_names());
        case ParameterKind::region:
            return {{"type", "string"}, {"minLength", 1}, {"format", "region"}};
        case ParameterKind::band:
            return {{"type", "string"}, {"minLength", 1}, {"format", "karyotype-band"}};
        case ParameterKind::strand:
            return {{"type", "string"}, {"enum", {"1", "-1", "+", "-"}}};
    }
    return {};
}

bool is_list(ParameterKind kind) {
    return kind == ParameterKind::sort || kind == ParameterKind::fields ||
           kind == ParameterKind::search_columns;
}

// A family is described as OpenAPI does "free-form" query parameters: an object that is sent
// exploded, so that each of its members is a parameter (OpenAPI 3.0.3, "Parameter Object
// Examples").
json::object describe_family(const Parameter& family) {
    const std::string name(family.name);
    return {{"name", name + "NAME"},
            {"in", "query"},
            {"description", text(family.description)},
            {"style", "form"},
            {"explode", true},
            {"example", json::object{}},  // a page that tries requests out sends none of them
            {"schema", {{"type", "object"}, {"additionalProperties", schema_of(family)}}}};
}

}  // namespace

json::object describe(const Parameter& parameter) {
    if (parameter.members != nullptr) return describe_family(parameter);
    json::object described{{"name", text(parameter.name)},
                           {"in", parameter.in_path ? "path" : "query"},
                           {"description", text(parameter.description)}};
    if (parameter.required) {
        described["required"] = true;
        described["example"] = text(parameter.example);
    }
    auto schema = schema_of(parameter);
    if (parameter.repeatable) {
        json::object values{{"type", "array"}, {"minItems", 1}};
        if (parameter.most_values > 0) values["maxItems"] = parameter.most_values;
        values["items"] = std::move(schema);
        schema = std::move(values);
    }
    if (is_list(parameter.kind) || parameter.repeatable) {
        described["style"] = "form";
        described["explode"] = !is_list(parameter.kind);
    }
    described["schema"] = std::move(schema);
    return described;
}

json::string text(std::string_view view) { return json::string(view.data(), view.size()); }

json::array to_array(std::span<const std::string_view> texts) {
    json::array array;
    for (const auto one : texts) array.emplace_back(text(one));
    return array;
}

}  // namespace chr21::api::openapi
