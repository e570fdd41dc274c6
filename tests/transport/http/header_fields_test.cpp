#include "service/header_fields.hpp"

#include "tests/fuzz/http_request_property.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace chr21::http {
namespace {

using service::find_header_field;
using service::header_fields;

TEST(HeaderFields, AreFoundIgnoringCase) {
    for (const std::string_view name : {"accept", "Accept", "ACCEPT"}) {
        ASSERT_NE(find_header_field(name), nullptr) << name;
        EXPECT_EQ(find_header_field(name)->place, &service::Request::accept) << name;
    }
    for (const std::string_view name : {"", "accep", "accept-", "host", "connection", "x"}) {
        EXPECT_EQ(find_header_field(name), nullptr) << name;
    }
}

TEST(HeaderFields, AreEachInTheTableOnce) {
    std::set<std::string_view> names;
    for (const auto& field : header_fields()) {
        EXPECT_TRUE(names.insert(field.name).second) << field.name;
        EXPECT_EQ(std::ranges::count(
                      header_fields(), field.place, [](const auto& one) { return one.place; }) == 1,
                  field.place != nullptr)
            << field.name;
    }
}

TEST(HeaderFields, AreKeptInTheSamePlaceByBothReaders) {
    const RequestLimits limits;
    for (const auto& field : header_fields()) {
        const auto bytes =
            "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(field.name) + ": value\r\n\r\n";
        service::Request plain;
        EXPECT_EQ(read_plain_request(bytes, limits, plain), bytes.size()) << field.name;
        const auto beast = fuzz::parse_head(bytes, limits);
        EXPECT_EQ(beast.progress, Progress::complete) << field.name;
        EXPECT_TRUE(fuzz::plain_reading_agrees(bytes, limits)) << field.name;
        if (field.place == nullptr) continue;
        EXPECT_EQ(plain.*field.place, "value") << field.name;
        EXPECT_EQ(beast.request.*field.place, "value") << field.name;
    }
}

}  // namespace
}  // namespace chr21::http
