#include "transport/events/base64.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::events {
namespace {

std::string encoded(std::string_view bytes) {
    std::string out = "before ";
    append_base64(out, bytes);
    return out.substr(std::string_view("before ").size());
}

// RFC 4648 section 10.
TEST(Base64, IsAsItsSpecificationShows) {
    for (const auto& [bytes, text] : {std::pair("", ""),
                                      std::pair("f", "Zg=="),
                                      std::pair("fo", "Zm8="),
                                      std::pair("foo", "Zm9v"),
                                      std::pair("foob", "Zm9vYg=="),
                                      std::pair("fooba", "Zm9vYmE="),
                                      std::pair("foobar", "Zm9vYmFy"),
                                      std::pair("\xFB\xFF\xBF", "+/+/")}) {
        EXPECT_EQ(encoded(bytes), text);
        EXPECT_EQ(base64_decoded(text), bytes);
    }
}

TEST(Base64, IsNothingElse) {
    for (const auto* const text : {"Z",
                                   "Zg",
                                   "Zg=",
                                   "Zm9v\n",
                                   " Zm9",
                                   "Zm9v    ",
                                   "Zg==Zg==",
                                   "=m9v",
                                   "Z===",
                                   "====",
                                   "Zm-_",
                                   "Zm9v\xC3\xA9xx",
                                   "Zm=v",
                                   "Hello!"}) {
        EXPECT_FALSE(base64_decoded(text)) << text;
    }
    EXPECT_FALSE(base64_decoded(std::string_view("Zm9\0", 4)));
}

RC_GTEST_PROP(Base64, GivesTheSameBytesBack, (const std::string& bytes)) {
    RC_ASSERT(base64_decoded(encoded(bytes)) == bytes);
}

}  // namespace
}  // namespace chr21::events
