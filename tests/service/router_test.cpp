#include "service/router.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Dialect dialect_of(std::span<const Route> routes, std::string_view name = "first") {
    return {.name = name, .routes = routes, .answer = nullptr, .write = nullptr};
}

constexpr std::array first_routes{
    Route{.method = Method::get, .path = "/"},
    Route{.method = Method::get, .path = "/genes/{id}"},
    Route{.method = Method::post, .path = "/genes/{any}"},
    Route{.method = Method::get, .path = "/genes/"},
    Route{.method = Method::post, .path = "/load"},
    Route{.method = Method::get, .path = "/a/b/c/{one}/e/f/{two}/h/{three}/j/{four}"},
};
constexpr std::array second_routes{
    Route{.method = Method::get, .path = "/load"},
    Route{.method = Method::get, .path = "/info/ping"},
};

class RouterOfTwo : public ::testing::Test {
protected:
    std::string route_at(Method method, std::string_view path) const {
        const auto match = router.match(method, path);
        if (match.route == nullptr) return "none";
        return std::string(match.method_allowed ? "" : "not ").append(match.route->path);
    }

    Dialect first = dialect_of(first_routes);
    Dialect second = dialect_of(second_routes, "second");
    std::array<const Dialect*, 2> dialects{&first, &second};
    Router router{dialects};
};

TEST_F(RouterOfTwo, FindsTheRowOfAPathAndAMethod) {
    EXPECT_EQ(route_at(Method::get, "/"), "/");
    EXPECT_EQ(route_at(Method::get, "/genes/x"), "/genes/{id}");
    EXPECT_EQ(route_at(Method::head, "/genes/x"), "/genes/{id}");
    EXPECT_EQ(route_at(Method::post, "/genes/x"), "/genes/{any}");
    EXPECT_EQ(route_at(Method::other, "/genes/x"), "not /genes/{id}");
    EXPECT_EQ(route_at(Method::get, "/genes/"), "/genes/");
    for (const std::string_view path : {"", "genes", "/genes", "//", "/genes/x/", "/A", "/loaD"}) {
        EXPECT_EQ(route_at(Method::get, path), "none") << path;
    }
}

TEST_F(RouterOfTwo, SaysWhatWorksOnAPathByItsRows) {
    struct Case {
        std::string_view path, allow;
    };
    for (const auto& [path, allow] : {
             Case{"/", "GET, HEAD, OPTIONS"},
             Case{"/genes/x", "GET, HEAD, POST, OPTIONS"},
             Case{"/load", "GET, HEAD, POST, OPTIONS"},
             Case{"*", "GET, HEAD, POST, OPTIONS"},
             Case{"/nothing", ""},
         }) {
        EXPECT_EQ(router.match(Method::options, path).allow, allow) << path;
    }
    const std::array only_second{&second};
    EXPECT_EQ(Router(only_second).match(Method::options, "*").allow, "GET, HEAD, OPTIONS");
}

TEST_F(RouterOfTwo, TakesTemplatesOfAnyLength) {
    const auto match = router.match(Method::get, "/a/b/c/1/e/f/2/h/3/j/4");
    ASSERT_EQ(match.path_value_count, 4U);
    EXPECT_THAT(match.path_values, ElementsAre("1", "2", "3", "4"));
    EXPECT_EQ(route_at(Method::get, "/a/b/c/1/e/f/2/h/3/j"), "none");
    EXPECT_EQ(route_at(Method::get, "/a/b/c/1/e/f/2/h/3/j/"), "none");
    EXPECT_EQ(route_at(Method::get, std::string(8000, '/')), "none");
}

TEST_F(RouterOfTwo, LeavesWhatNobodyHasToTheFirstDialect) {
    EXPECT_EQ(router.match(Method::get, "/nothing").dialect, &first);
    EXPECT_EQ(router.match(Method::get, "/info/ping").dialect, &second);
    EXPECT_EQ(router.match(Method::get, "/load").dialect, &second);
    EXPECT_EQ(router.match(Method::post, "/load").dialect, &first);
    EXPECT_EQ(router.match(Method::other, "/load").dialect, &first);
}

TEST_F(RouterOfTwo, NamesItsRoutesForMetrics) {
    EXPECT_THAT(router.names(),
                ElementsAre("/",
                            "/genes/{id}",
                            "/genes/{any}",
                            "/genes/",
                            "/load",
                            "/a/b/c/{one}/e/f/{two}/h/{three}/j/{four}",
                            "second:/load",
                            "second:/info/ping"));
    const auto found = router.match(Method::get, "/load");
    EXPECT_EQ(found.name, "second:/load");
    EXPECT_EQ(router.names().at(found.name_index), found.name);
    const auto nothing = router.match(Method::get, "/nothing");
    EXPECT_EQ(nothing.name, "unmatched");
    EXPECT_EQ(nothing.name_index, router.names().size());
}

TEST(Router, GivesRowsOfOnePathOneName) {
    const std::array routes{Route{.method = Method::get, .path = "/genes"},
                            Route{.method = Method::post, .path = "/genes"}};
    const auto dialect = dialect_of(routes);
    const std::array dialects{&dialect};
    const Router router(dialects);
    EXPECT_THAT(router.names(), ElementsAre("/genes"));
    EXPECT_EQ(router.match(Method::post, "/genes").route, &dialect.routes[1]);
}

std::string refusal_of(const std::vector<Route>& routes) {
    const auto dialect = dialect_of(routes);
    const std::array dialects{&dialect};
    try {
        const Router router(dialects);
    } catch (const std::invalid_argument& refusal) {
        return refusal.what();
    }
    return "";
}

TEST(Router, RefusesWhatItCannotHold) {
    const auto get = [](std::string_view path) {
        return Route{.method = Method::get, .path = path};
    };
    struct Case {
        std::vector<Route> routes;
        std::string_view refusal;
    };
    for (const auto& [routes, refusal] : {
             Case{{get("/a"), get("/a")}, "route GET /a: this path has a row of that method"},
             Case{{get("/a/{x}"), get("/a/{y}")}, "route GET /a/{y}: this path has a row"},
             Case{{get("/a/{x}"), get("/a/b")}, "route GET /a/b: it is hidden by /a/{x}"},
             Case{{get("/a/{x}/{y}"), get("/a/b/{z}")}, "hidden by /a/{x}/{y}"},
             Case{{get("/a/{1}/{2}/{3}/{4}/{5}")}, "it has more than 4 placeholders"},
             Case{{get("/{x}")}, "it begins with a placeholder"},
             Case{{get("")}, "a path begins with /"},
             Case{{get("genes")}, "a path begins with /"},
             Case{{get("/a?b")}, "a path has no ?"},
             Case{{get("/a//b")}, "a segment between two / is empty"},
             Case{{get("/a/{}")}, "a placeholder is a whole segment"},
             Case{{get("/a/{x}.json")}, "a placeholder is a whole segment"},
             Case{{get("/a/{{x}}")}, "a placeholder is a whole segment"},
             Case{{{.method = Method::head, .path = "/a"}}, "route /a: only GET and POST"},
             Case{{{.method = Method::other, .path = "/a"}}, "route /a: only GET and POST"},
         }) {
        EXPECT_THAT(refusal_of(routes), HasSubstr(std::string(refusal)));
    }
    EXPECT_THROW(Router({}), std::invalid_argument);
    EXPECT_EQ(refusal_of({get("/a/b"), get("/a/{x}"), get("/a/{x}/"), get("/")}), "");
}

}  // namespace
}  // namespace chr21::service
