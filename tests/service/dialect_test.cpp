#include "service/dialect.hpp"

#include "service/router.hpp"
#include "service/service.hpp"
#include "tests/api/sample_service.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::service {
namespace {

constexpr std::array spoken_routes{
    Route{.method = Method::get, .path = "/spoken/help", .freshness = Freshness::program},
    Route{.method = Method::get, .path = "/spoken/{word}", .pin = "release"},
    Route{.method = Method::post, .path = "/spoken/{word}", .freshness = Freshness::moment},
};

// Says what it was asked; faults where that is nothing.
Answer speak(const Call& call) {
    if (call.row == 0) return Content{.body = "say a word", .media_type = "text/html"};
    std::string body(call.request.host);
    for (const auto& [name, value] : call.query) {
        body.append("<").append(name).append(":").append(value.value_or("nothing")).append(">");
    }
    if (body.empty()) return std::unexpected(Problem{.status = 400, .detail = "Say something"});
    const auto word = call.path_values.front();
    return Content{.body = body.append(word).append(call.target.query), .negotiated = true};
}

// Every fault is a good answer to look at, as some services have it.
Content write_fault(const Problem& problem, const Request& request) {
    Content content{.body = "ERROR " + problem.detail + " at " + std::string(request.target),
                    .media_type = "text/plain",
                    .status = problem.status == 400 ? 200 : problem.status};
    content.headers.add("X-Fault", "1");
    return content;
}

constexpr Dialect spoken{.name = "spoken",
                         .routes = spoken_routes,
                         .separators = "&;",
                         .answer = speak,
                         .write = write_fault};

// Our own contract and a second one, over one shelf.
struct TwoDialects {
    explicit TwoDialects(std::vector<const Dialect*> dialects = {&api::contract(), &spoken})
        : service(shelf, dialects, {.version = "1"}, [this](const observe::Event& event) {
              if (const auto* one = std::get_if<observe::Answered>(&event)) {
                  route = one->route;
                  route_index = one->route_index;
              }
          }) {}

    Response get(std::string_view target) const { return service.answer({.target = target}); }

    testing::FixedShelf shelf{{testing::small_store(), testing::small_karyotype()}};
    std::string route;
    std::size_t route_index = 0;
    Service service;
};

TEST(Dialect, ReadsItsOwnParameters) {
    const TwoDialects both;
    const auto response = both.get("/spoken/yes?a=1;b&c=%32");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "<a:1><b:nothing><c:%32>yesa=1;b&c=%32");
    EXPECT_EQ(response.headers.find("Vary"), "Accept, Accept-Encoding");
    EXPECT_EQ(both.service.answer({.target = "/spoken/yes", .host = "genes.example"}).body,
              "genes.exampleyes");
}

TEST(Dialect, WritesItsOwnFaults) {
    const TwoDialects both;
    const auto fault = both.get("/spoken/yes");
    EXPECT_EQ(fault.status, 200);
    EXPECT_EQ(fault.body, "ERROR Say something at /spoken/yes");
    EXPECT_EQ(fault.headers.find("Content-Type"), "text/plain");
    EXPECT_EQ(fault.headers.find("X-Fault"), "1");
    EXPECT_EQ(fault.headers.find("Cache-Control"), "no-store");
    const auto wrong_method = both.service.answer(
        {.method = Method::other, .method_text = "PUT", .target = "/spoken/yes"});
    EXPECT_EQ(wrong_method.status, 405);
    EXPECT_TRUE(wrong_method.body.starts_with("ERROR PUT does not work here"));
    EXPECT_EQ(wrong_method.headers.find("Allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(both.get("/genes?x=1").headers.find("Content-Type"), "application/problem+json");
}

TEST(Dialect, NamesTheDatasetInItsOwnWay) {
    const TwoDialects both;
    EXPECT_EQ(both.get("/spoken/yes?release=sample").headers.find("Cache-Control"),
              ServiceOptions().pinned_cache_control);
    EXPECT_EQ(both.get("/spoken/yes?dataset=sample").headers.find("Cache-Control"),
              ServiceOptions().cache_control);
    const auto missing = both.get("/spoken/yes?a;release=other");
    EXPECT_EQ(missing.status, 404);
    EXPECT_TRUE(missing.body.starts_with("ERROR There is no dataset \"other\""));
}

TEST(Dialect, IsCountedUnderItsOwnName) {
    const TwoDialects both;
    const std::array<const Dialect*, 2> dialects{&api::contract(), &spoken};
    const auto names = Router(dialects).names();
    for (const auto& [target, name] : {std::pair{"/spoken/yes?a", "spoken:/spoken/{word}"},
                                       std::pair{"/spoken/help", "spoken:/spoken/help"},
                                       std::pair{"/genes", "/genes"}}) {
        both.get(target);
        EXPECT_EQ(both.route, name);
        EXPECT_EQ(names.at(both.route_index), name);
    }
    both.get("/nothing");
    EXPECT_EQ(both.route, "unmatched");
    EXPECT_EQ(both.route_index, names.size());
}

TEST(Dialect, AnswersForPathsThatNobodyHasWhereItIsTheFirst) {
    const auto ours = TwoDialects().get("/nothing");
    EXPECT_EQ(ours.headers.find("Content-Type"), "application/problem+json");
    EXPECT_TRUE(ours.body.contains("There is nothing at /nothing; /docs lists what there is"));
    const TwoDialects turned({&spoken, &api::contract()});
    EXPECT_EQ(turned.get("/nothing").body, "ERROR There is nothing at /nothing at /nothing");
    EXPECT_EQ(turned.service.refuse(431, "Too long").body, "ERROR Too long at ");
    EXPECT_EQ(turned.get("/genes").status, 200);
}

}  // namespace
}  // namespace chr21::service
