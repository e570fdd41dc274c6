#include "api/contract.hpp"

#include "api/operation.hpp"
#include "service/router.hpp"
#include "tests/api/sample_service.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace chr21::api {
namespace {

TEST(Contract, FindsTheTemplateAndItsValues) {
    const service::Router router(testing::contracts());
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
        const auto match = router.match(Method::get, path);
        ASSERT_NE(match.route, nullptr) << path;
        EXPECT_EQ(match.route->path, pattern) << path;
        EXPECT_EQ(match.name, pattern) << path;
        EXPECT_EQ(router.names().at(match.name_index), pattern) << path;
        ASSERT_EQ(match.path_value_count, value.empty() ? 0U : 1U) << path;
        EXPECT_EQ(match.path_values.front(), value) << path;
    }
}

TEST(Contract, HasNothingElsewhere) {
    const service::Router router(testing::contracts());
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
        EXPECT_EQ(router.match(Method::get, path).route, nullptr) << path;
    }
}

TEST(Contract, TellsWhichMethodsWork) {
    const service::Router router(testing::contracts());
    EXPECT_FALSE(router.match(Method::post, "/genes").method_allowed);
    EXPECT_EQ(router.match(Method::post, "/genes").allow, "GET, HEAD, OPTIONS");
    EXPECT_TRUE(router.match(Method::post, "/genes/lookup").method_allowed);
    EXPECT_FALSE(router.match(Method::get, "/genes/lookup").method_allowed);
    EXPECT_EQ(router.match(Method::get, "/genes/lookup").allow, "POST, OPTIONS");
    EXPECT_EQ(router.match(Method::options, "*").allow, "GET, HEAD, POST, OPTIONS");
}

TEST(Contract, DeclaresEveryPlaceholderOfItsTemplates) {
    std::set<std::string_view> names;
    for (const auto& operation : operations()) {
        EXPECT_TRUE(names.insert(operation.operation).second) << operation.operation;
        EXPECT_FALSE(operation.media_types.empty()) << operation.path;
        const auto in_path = std::ranges::count(operation.parameters, true, &Parameter::in_path);
        EXPECT_EQ(in_path, std::ranges::count(operation.path, '{')) << operation.path;
        for (const auto& parameter : operation.parameters) {
            if (!parameter.in_path) continue;
            const auto placeholder = "{" + std::string(parameter.name) + "}";
            EXPECT_TRUE(operation.path.contains(placeholder)) << operation.path;
        }
    }
}

TEST(Contract, NegotiatesOrIsPinnedAsItsOperationsDeclare) {
    for (std::size_t row = 0; row < operations().size(); ++row) {
        const auto& operation = operations()[row];
        const auto& route = contract().routes[row];
        const auto pins = std::ranges::count(operation.parameters, "dataset", &Parameter::name);
        EXPECT_EQ(route.pin, pins == 1 ? "dataset" : "") << operation.path;
        const bool one = operation.media_types.size() == 1 && operation.path != "/docs/{file}";
        EXPECT_EQ(route.media_type, one ? operation.media_types.front() : "") << operation.path;
    }
}

}  // namespace
}  // namespace chr21::api
