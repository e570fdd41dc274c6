#include "service/response.hpp"

#include <gtest/gtest.h>

namespace chr21::service {
namespace {

Headers three_headers() {
    Headers headers;
    headers.add("Content-Type", "application/json");
    headers.add("Vary", "Accept");
    headers.add("vary", "Origin");
    headers.add("ETag", "");
    return headers;
}

TEST(Headers, FindIgnoresCaseAndGivesTheFirst) {
    const auto headers = three_headers();
    struct Case {
        std::string_view name, value;
    };
    for (const auto& [name, value] : {
             Case{"Content-Type", "application/json"},
             Case{"content-type", "application/json"},
             Case{"VARY", "Accept"},
             Case{"ETag", ""},
             Case{"Content", ""},
             Case{"Content-Type-Options", ""},
             Case{"", ""},
             Case{"Accept", ""},
         }) {
        EXPECT_EQ(headers.find(name), value) << name;
    }
    EXPECT_EQ(Headers{}.find("Vary"), "");
}

TEST(Headers, KeepTheirOrderAsLines) {
    auto headers = three_headers();
    Headers more;
    more.add("Link", "</genes?page=2>; rel=\"next\": odd");
    headers.append(more);
    EXPECT_EQ(headers.lines(),
              "Content-Type: application/json\r\nVary: Accept\r\nvary: Origin\r\nETag: \r\n"
              "Link: </genes?page=2>; rel=\"next\": odd\r\n");
    EXPECT_EQ(headers.find("link"), "</genes?page=2>; rel=\"next\": odd");
    std::string visited;
    headers.for_each([&](std::string_view name, std::string_view value) {
        visited.append(name).append("=").append(value).append(";");
    });
    EXPECT_EQ(visited,
              "Content-Type=application/json;Vary=Accept;vary=Origin;ETag=;"
              "Link=</genes?page=2>; rel=\"next\": odd;");
}

TEST(ReasonPhrase, IsTheOneOfTheStandard) {
    struct Case {
        int status;
        std::string_view phrase;
    };
    for (const auto& [status, phrase] : {
             Case{200, "OK"},
             Case{204, "No Content"},
             Case{304, "Not Modified"},
             Case{400, "Bad Request"},
             Case{404, "Not Found"},
             Case{405, "Method Not Allowed"},
             Case{406, "Not Acceptable"},
             Case{408, "Request Timeout"},
             Case{413, "Content Too Large"},
             Case{414, "URI Too Long"},
             Case{415, "Unsupported Media Type"},
             Case{431, "Request Header Fields Too Large"},
             Case{500, "Internal Server Error"},
             Case{503, "Service Unavailable"},
             Case{505, "HTTP Version Not Supported"},
             Case{0, ""},
             Case{299, ""},
             Case{600, ""},
         }) {
        EXPECT_EQ(reason_phrase(status), phrase) << status;
    }
}

}  // namespace
}  // namespace chr21::service
