#include "service/negotiation.hpp"

#include <array>
#include <optional>
#include <ostream>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::service {
namespace {

constexpr std::array<std::string_view, 4> offered{
    "application/json", "application/x-ndjson", "text/csv", "text/tab-separated-values"};

// "" where nothing is acceptable.
std::string chosen_media_type(std::string_view accept) {
    const auto place = choose_media_type(accept, offered);
    return place ? std::string(offered.at(*place)) : "";
}

TEST(ChooseMediaType, FollowsTheHeader) {
    struct Case {
        std::string_view accept, media_type;
    };
    for (const auto& [accept, media_type] : {
             Case{"", "application/json"},
             Case{"*/*", "application/json"},
             Case{"text/csv", "text/csv"},
             Case{"TEXT/CSV", "text/csv"},
             Case{"text/*", "text/csv"},
             Case{"Application/*", "application/json"},
             Case{"text/html", ""},
             Case{"image/*", ""},
             Case{"text/csv;charset=utf-8", "text/csv"},
             Case{"text/csv; header=present; q=0.5, application/json;q=0.4", "text/csv"},
             Case{R"(text/csv;note="a,b;q=0")", "text/csv"},
             Case{R"(text/csv;note="a\"b,"; q=0.1, application/json; q=0.2)", "application/json"},
             Case{"text/csv;q=0.5, application/json;q=0.9", "application/json"},
             Case{"text/csv ; Q=0.500 , \tapplication/json ; q=0.501", "application/json"},
             Case{",, text/csv ,,", "text/csv"},
             Case{"application/json;q=0", ""},
             Case{"application/json;q=0, */*", "application/x-ndjson"},
             Case{"text/csv;q=0.0, text/*;q=0.5", "text/tab-separated-values"},
             Case{"text/csv;q=0.000, text/tab-separated-values;q=0.001",
                  "text/tab-separated-values"},
         }) {
        EXPECT_EQ(chosen_media_type(accept), media_type) << accept;
    }
}

TEST(ChooseMediaType, PrefersTheMoreSpecificRangeThenTheEarlierOffer) {
    struct Case {
        std::string_view accept, media_type;
    };
    for (const auto& [accept, media_type] : {
             Case{"*/*, text/csv", "text/csv"},
             Case{"*/*, text/*", "text/csv"},
             Case{"text/*, text/tab-separated-values", "text/tab-separated-values"},
             Case{"text/csv, application/json", "application/json"},
             Case{"text/*;q=0.9, text/csv;q=0.1", "text/tab-separated-values"},
             Case{"*/*;q=0.1, text/*;q=0.2", "text/csv"},
             Case{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                  "application/json"},
         }) {
        EXPECT_EQ(chosen_media_type(accept), media_type) << accept;
    }
}

TEST(ChooseMediaType, IgnoresElementsThatAreNotWellFormed) {
    struct Case {
        std::string_view accept, media_type;
    };
    for (const auto& [accept, media_type] : {
             Case{"csv", "application/json"},
             Case{"csv, text/csv;q=0.1", "text/csv"},
             Case{"text/, /csv, text/c v, text/csv/x, te xt/csv", "application/json"},
             Case{"*/csv, text/tab-separated-values", "text/tab-separated-values"},
             Case{"text/csv;q, text/tab-separated-values", "text/tab-separated-values"},
             Case{"text/csv;q=, text/tab-separated-values", "text/tab-separated-values"},
             Case{"text/csv;q=2, text/tab-separated-values", "text/tab-separated-values"},
             Case{"text/csv;q=1.001, text/tab-separated-values;q=0.1", "text/tab-separated-values"},
             Case{"text/csv;q=0.1234, text/tab-separated-values;q=0.1",
                  "text/tab-separated-values"},
             Case{"text/csv;q=-1, text/csv;q=+1, text/csv;q=1e0, text/csv;q=\"1\", text/csv;q=.",
                  "application/json"},
             Case{"text/csv;q=1.000, application/json;q=0.999", "text/csv"},
             Case{"text/csv;q=1., application/json;q=0.9", "text/csv"},
             Case{"text/csv;note=\"never closed, application/json", "application/json"},
         }) {
        EXPECT_EQ(chosen_media_type(accept), media_type) << accept;
    }
}

TEST(ChooseMediaType, UnderstandsWhatOldJavaClientsSend) {
    EXPECT_EQ(chosen_media_type("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"),
              "application/json");
}

TEST(ChooseMediaType, HasNothingToChooseFromNothing) {
    EXPECT_EQ(choose_media_type("", {}), std::nullopt);
    EXPECT_EQ(choose_media_type("*/*", {}), std::nullopt);
}

TEST(ChooseCoding, FollowsTheHeader) {
    struct Case {
        std::string_view accept_encoding;
        std::optional<Coding> coding;
    };
    for (const auto& [accept_encoding, coding] : {
             Case{"", Coding::identity},
             Case{"gzip", Coding::gzip},
             Case{"GZip", Coding::gzip},
             Case{"x-gzip", Coding::gzip},
             Case{"br", Coding::brotli},
             Case{"identity", Coding::identity},
             Case{"gzip, deflate, br, zstd", Coding::brotli},
             Case{"deflate, zstd", Coding::identity},
             Case{"gzip;q=0.5", Coding::gzip},
             Case{"br;q=0.5, gzip;q=1.0", Coding::gzip},
             Case{"br;q=0.5, gzip;q=0.5", Coding::brotli},
             Case{"identity;q=1, gzip;q=0.5", Coding::identity},
             Case{"identity, gzip", Coding::gzip},
             Case{"identity;q=0.5, *;q=0.4", Coding::identity},
             Case{"*", Coding::brotli},
             Case{"*;q=0.5", Coding::brotli},
             Case{"br;q=0, *", Coding::gzip},
             Case{"gzip;q=0, br;q=0", Coding::identity},
             Case{"gzip;q=0.001, identity;q=0", Coding::gzip},
             Case{"identity;q=0", std::nullopt},
             Case{"*;q=0", std::nullopt},
             Case{"identity;q=0.0, gzip;q=0.00, br;q=0.000", std::nullopt},
             Case{"*;q=0, identity;q=0.1", Coding::identity},
             Case{"*;q=0, gzip", Coding::gzip},
             Case{"gzip;q=7, br;x", Coding::identity},
             Case{"gz ip, gzip/1", Coding::identity},
         }) {
        EXPECT_EQ(choose_coding(accept_encoding), coding) << accept_encoding;
    }
}

TEST(CodingToText, IsTheContentEncoding) {
    EXPECT_EQ(to_text(Coding::identity), "identity");
    EXPECT_EQ(to_text(Coding::gzip), "gzip");
    EXPECT_EQ(to_text(Coding::brotli), "br");
}

rc::Gen<std::string> any_header() {
    const auto pieces = rc::gen::elementOf(std::vector<std::string>{"text",
                                                                    "csv",
                                                                    "application",
                                                                    "json",
                                                                    "gzip",
                                                                    "br",
                                                                    "identity",
                                                                    "*",
                                                                    "/",
                                                                    ",",
                                                                    ";",
                                                                    "=",
                                                                    "q",
                                                                    "q=0",
                                                                    "q=1",
                                                                    ".",
                                                                    "0.5",
                                                                    "\"",
                                                                    "\\",
                                                                    " ",
                                                                    "\t",
                                                                    "\x80",
                                                                    std::string(1, '\0')});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(pieces),
                        [](const std::vector<std::string>& chosen) {
                            std::string header;
                            for (const auto& piece : chosen) header += piece;
                            return header;
                        });
}

RC_GTEST_PROP(Negotiation, AnswersToAnyHeader, ()) {
    const auto header = *rc::gen::oneOf(any_header(), rc::gen::arbitrary<std::string>());
    const auto place = choose_media_type(header, offered);
    RC_ASSERT(place.value_or(0) < offered.size());
    const auto coding = choose_coding(header);
    RC_ASSERT(!to_text(coding.value_or(Coding::identity)).empty());
}

RC_GTEST_PROP(Negotiation, AnExactHighestQAlwaysWins, ()) {
    const auto wanted = *rc::gen::inRange<std::size_t>(0, offered.size());
    auto header = *any_header();
    std::erase(header, '"');
    std::erase(header, '\\');
    const std::string exact = std::string(offered.at(wanted)) + ";q=1";
    const auto place = choose_media_type("*/*;q=0.9, " + exact, offered);
    RC_ASSERT(place == wanted);
    RC_ASSERT(choose_media_type(header + "," + exact, offered).has_value());
}

}  // namespace
}  // namespace chr21::service
