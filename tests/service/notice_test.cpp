#include "service/notice.hpp"

#include "service/service.hpp"
#include "tests/api/sample_service.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::service {
namespace {

Notice names_nothing(std::string value, std::vector<std::string> nearest = {}) {
    return {"names-nothing", {{"value", {std::move(value)}}, {"nearest", std::move(nearest)}}};
}

TEST(Notice, IsAListOfTokensWithPercentEncodedStrings) {
    struct Case {
        std::vector<Notice> notices;
        std::string_view expected;
    };
    const std::array cases{
        Case{{}, ""},
        Case{{{"read-as"}}, "read-as"},
        Case{{names_nothing("chr22", {"21", "X"})},
             R"(names-nothing;value="chr22";nearest="21,X")"},
        Case{{names_nothing("a\",b\\\r\n"), names_nothing("\u00FC")},
             R"(names-nothing;value="a%22%2Cb%5C%0D%0A", names-nothing;value="%C3%BC")"},
    };
    for (const auto& [notices, expected] : cases) EXPECT_EQ(to_field_value(notices), expected);
}

TEST(Notice, KeepsToItsLengthAndCountsWhatFoundNoRoom) {
    const std::string item = R"(names-nothing;value=")" + std::string(100, 'a') + '"';
    const std::vector<Notice> many(50, names_nothing(std::string(100, 'a')));
    EXPECT_EQ(to_field_value(many), item + ", " + item + ", " + item + ", more;count=47");
    for (std::size_t size = 0; size < 600; ++size) {
        for (std::size_t count = 1; count < 6; ++count) {
            const std::vector<Notice> notices(count, names_nothing(std::string(size, 'a'), {"b"}));
            const auto value = to_field_value(notices);
            EXPECT_LE(value.size(), longest_notice_field) << size;
            EXPECT_TRUE(value.starts_with("names-nothing")) << size;
        }
    }
    EXPECT_EQ(to_field_value(std::vector{names_nothing(std::string(512, 'a'), {"b"})}),
              "names-nothing");
}

constexpr std::array noticed_routes{Route{.method = Method::get, .path = "/noticed"},
                                    Route{.method = Method::get, .path = "/plain"}};

Answer answer(const Call& call) {
    Content content{.body = "{}"};
    if (call.row == 0) content.notices.push_back(names_nothing("chr22", {"21"}));
    return content;
}

Content write(const Problem& problem, const Request& /*request*/) {
    return {.status = problem.status};
}

TEST(Notice, IsSentWithGetHeadAnd304AlikeAndMayBeReadByPages) {
    constexpr Dialect dialect{
        .name = "noticed", .routes = noticed_routes, .answer = answer, .write = write};
    const std::array<const Dialect*, 1> dialects{&dialect};
    const testing::FixedShelf shelf({testing::small_store(), testing::small_karyotype()});
    const Service service(
        shelf, dialects, {.cors_origin = "https://lab.test", .version = "1"}, [](const auto&) {});
    const auto get = service.answer({.target = "/noticed"});
    const std::string_view expected = R"(names-nothing;value="chr22";nearest="21")";
    EXPECT_EQ(get.headers.find("X-Notice"), expected);
    EXPECT_TRUE(get.headers.find("Access-Control-Expose-Headers").contains("X-Notice"));
    const auto head = service.answer({.method = Method::head, .target = "/noticed"});
    EXPECT_EQ(head.headers.find("X-Notice"), expected);
    const auto unchanged =
        service.answer({.target = "/noticed", .if_none_match = get.headers.find("ETag")});
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.headers.find("X-Notice"), expected);
    EXPECT_FALSE(service.answer({.target = "/plain"}).headers.lines().contains("X-Notice:"));
}

}  // namespace
}  // namespace chr21::service
