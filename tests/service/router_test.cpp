#include "service/router.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace chr21::api {
namespace {

TEST(MatchRoute, FindsTheTemplateAndItsValues) {
    struct Case {
        std::string_view path, pattern, value;
    };
    for (const auto& [path, pattern, value] : {
             Case{"/", "/", ""},
             Case{"/genes", "/genes", ""},
             Case{"/genes/ENSG1", "/genes/{gene_stable_id}", "ENSG1"},
             Case{"/genes/a%2Fb", "/genes/{gene_stable_id}", "a%2Fb"},
             Case{"/genes/lookup", "/genes/lookup", ""},
             Case{"/genes/by-name/APP", "/genes/by-name/{name}", "APP"},
             Case{"/genes/ENSG1/neighbors", "/genes/{gene_stable_id}/neighbors", "ENSG1"},
             Case{"/chromosomes/21", "/chromosomes/{name}", "21"},
             Case{"/docs/reference.js", "/docs/{file}", "reference.js"},
         }) {
        const auto match = match_route(Method::get, path);
        ASSERT_NE(match.route, nullptr) << path;
        EXPECT_EQ(match.route->path, pattern) << path;
        EXPECT_EQ(routes()[match.index].path, pattern) << path;
        if (!value.empty()) {
            ASSERT_EQ(match.path_value_count, 1U) << path;
            EXPECT_EQ(match.path_values.front(), value) << path;
        }
    }
}

TEST(MatchRoute, FindsNothingElsewhere) {
    for (const std::string_view path : {"",
                                        "*",
                                        "genes",
                                        "/genes/",
                                        "//",
                                        "//genes",
                                        "/gene",
                                        "/genes/a/b",
                                        "/genes/a/neighbors/",
                                        "/Genes",
                                        "/genes/by-name/a/b"}) {
        EXPECT_EQ(match_route(Method::get, path).route, nullptr) << path;
    }
}

TEST(MatchRoute, TellsWhichMethodsWork) {
    EXPECT_TRUE(match_route(Method::head, "/genes").method_allowed);
    EXPECT_FALSE(match_route(Method::post, "/genes").method_allowed);
    EXPECT_EQ(match_route(Method::post, "/genes").allow, "GET, HEAD, OPTIONS");
    EXPECT_TRUE(match_route(Method::post, "/genes/lookup").method_allowed);
    EXPECT_FALSE(match_route(Method::get, "/genes/lookup").method_allowed);
    EXPECT_EQ(match_route(Method::get, "/genes/lookup").allow, "POST, OPTIONS");
}

TEST(Routes, DeclareEveryPlaceholderOfTheirTemplate) {
    std::set<std::string_view> operations;
    for (const auto& route : routes()) {
        EXPECT_TRUE(operations.insert(route.operation).second) << route.operation;
        EXPECT_FALSE(route.media_types.empty()) << route.path;
        const auto in_path = std::ranges::count(route.parameters, true, &Parameter::in_path);
        EXPECT_EQ(in_path, std::ranges::count(route.path, '{')) << route.path;
        for (const auto& parameter : route.parameters) {
            if (!parameter.in_path) continue;
            const auto placeholder = "{" + std::string(parameter.name) + "}";
            EXPECT_NE(route.path.find(placeholder), std::string_view::npos) << route.path;
        }
    }
}

}  // namespace
}  // namespace chr21::api
