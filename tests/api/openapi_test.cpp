#include "api/openapi.hpp"

#include "api/operation.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace chr21::api {
namespace {

boost::json::object parameter_of(std::string_view path, std::string_view name) {
    const auto document = boost::json::parse(openapi_json("1"));
    const auto& parameters = document.at("paths").at(path).at("get").at("parameters").as_array();
    const auto* const found = std::ranges::find_if(parameters, [name](const auto& parameter) {
        return parameter.at("name").as_string() == name;
    });
    return found == parameters.end() ? boost::json::object{} : found->as_object();
}

TEST(OpenApi, DescribesEveryRouteThatIsPartOfTheApi) {
    const auto document = boost::json::parse(openapi_json("1")).as_object();
    EXPECT_EQ(document.at("openapi").as_string(), "3.0.3");
    for (const auto& route : operations()) {
        const auto& paths = document.at("paths").as_object();
        EXPECT_EQ(paths.contains(std::string(route.path)), route.in_document) << route.path;
        if (!route.schema.empty()) {
            EXPECT_TRUE(document.at("components")
                            .at("schemas")
                            .as_object()
                            .contains(std::string(route.schema)))
                << route.schema;
        }
    }
}

TEST(OpenApi, TellsWhichAnswersNameTheirDataset) {
    const auto document = boost::json::parse(openapi_json("1"));
    const auto& paths = document.at("paths");
    const auto has_header = [&](const boost::json::value& operation, std::string_view status) {
        const auto& response = operation.at("responses").at(status).as_object();
        return response.contains("headers") &&
               response.at("headers").as_object().contains("X-Dataset");
    };
    for (const std::string_view path : {"/", "/genes", "/genes/{gene_stable_id}", "/dataset"}) {
        EXPECT_TRUE(has_header(paths.at(path).at("get"), "200")) << path;
        EXPECT_TRUE(has_header(paths.at(path).at("get"), "304")) << path;
    }
    EXPECT_TRUE(has_header(paths.at("/genes/lookup").at("post"), "200"));
    for (const std::string_view path : {"/health", "/health/ready", "/metrics", "/openapi.json"}) {
        EXPECT_FALSE(has_header(paths.at(path).at("get"), "200")) << path;
    }
    EXPECT_TRUE(document.at("components").at("headers").as_object().contains("X-Dataset"));
}

TEST(OpenApi, DescribesAFamilyOfParametersAsAFreeFormObject) {
    for (const std::string_view path : {"/genes", "/stats", "/density"}) {
        const auto family = parameter_of(path, "attribute.NAME");
        ASSERT_FALSE(family.empty()) << path;
        EXPECT_EQ(family.at("style").as_string(), "form");
        EXPECT_TRUE(family.at("explode").as_bool());
        EXPECT_EQ(family.at("schema").at("type").as_string(), "object");
        EXPECT_EQ(family.at("schema").at("additionalProperties").at("type").as_string(), "string");
    }
}

TEST(OpenApi, OffersAttributesBesideTheFieldsOfEveryGene) {
    for (const auto& [path, name] : {std::pair("/genes", "fields"),
                                     std::pair("/genes", "search_in"),
                                     std::pair("/genes/{gene_stable_id}", "fields"),
                                     std::pair("/genes/by-name/{name}", "fields"),
                                     std::pair("/genes/{gene_stable_id}/neighbors", "fields")}) {
        const auto parameter = parameter_of(path, name);
        ASSERT_FALSE(parameter.empty()) << path << ' ' << name;
        EXPECT_FALSE(parameter.at("explode").as_bool());
        EXPECT_EQ(parameter.at("schema").at("items").at("type").as_string(), "string");
        const auto& items = parameter.at("schema").at("items").at("anyOf");
        EXPECT_EQ(items.at(0).at("enum").at(0).as_string(), "gene_stable_id");
        EXPECT_EQ(items.at(1).at("format").as_string(), "attribute");
    }
}

}  // namespace
}  // namespace chr21::api
