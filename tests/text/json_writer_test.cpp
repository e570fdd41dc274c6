#include "text/json_writer.hpp"

#include "tests/generators.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::text {
namespace {

std::string to_json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

TEST(AppendJsonString, EscapesWhatJsonCannotHold) {
    struct Case {
        std::string_view text, json;
    };
    using namespace std::string_view_literals;
    for (const auto& [text, json] : {
             Case{"", R"("")"},
             Case{"DYRK1A", R"("DYRK1A")"},
             Case{R"(5' "cap" \ 3')", R"("5' \"cap\" \\ 3'")"},
             Case{"\b\f\n\r\t", R"("\b\f\n\r\t")"},
             Case{"a\0b\x1f"sv, R"("a\u0000b\u001f")"},
             Case{"a/b\x7f", "\"a/b\x7f\""},
             Case{"é染𝄞", "\"é染𝄞\""},
             Case{"β\tγ", "\"β\\tγ\""},
         }) {
        EXPECT_EQ(to_json_string(text), json) << text;
    }
}

TEST(AppendJsonString, PutsOneReplacementForEachByteThatIsNotUtf8) {
    struct Case {
        std::string_view text, json;
    };
    for (const auto& [text, json] : {
             Case{"\xff", "\"\uFFFD\""},
             Case{"a\x80z", "\"a\uFFFDz\""},                            // continuation alone
             Case{"\xc3", "\"\uFFFD\""},                                // cut short at the end
             Case{"\xe6\x9f", "\"\uFFFD\uFFFD\""},                      // likewise, after two bytes
             Case{"\xc3(", "\"\uFFFD(\""},                              // cut short inside
             Case{"\xc0\xaf", "\"\uFFFD\uFFFD\""},                      // overlong slash
             Case{"\xed\xa0\x80", "\"\uFFFD\uFFFD\uFFFD\""},            // surrogate
             Case{"\xf4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""},  // above U+10FFFF
             Case{"é\xe9é", "\"é\uFFFDé\""},                            // Latin-1 between UTF-8
         }) {
        EXPECT_EQ(to_json_string(text), json) << ::testing::PrintToString(text);
    }
}

TEST(JsonWriter, WritesNoBlanksAndSetsTheCommas) {
    std::string out = "before ";
    JsonWriter json(out);
    json.begin_object();
    json.member("text", "a\"b");
    json.member("number", -21);
    json.member("largest", std::numeric_limits<std::uint64_t>::max());
    json.member("smallest", std::numeric_limits<std::int64_t>::min());
    json.member("yes", true);
    json.member("no", false);
    json.member("absent", std::optional<std::string>());
    json.member("there", std::optional(std::uint32_t{7}));
    json.key("null");
    json.null();
    json.begin_array("array");
    json.value("x");
    json.begin_array();
    json.end_array();
    json.begin_object();
    json.end_object();
    json.value(0);
    json.end_array();
    json.begin_object("object");
    json.member("texts", std::vector<std::string>{"a", "b"});
    json.member("nothing", std::vector<int>{});
    json.end_object();
    json.key("raw");
    json.raw(R"({"ready":1})");
    json.key("by hand");
    json.raw() += "[2]";
    json.member("last", std::string_view("z"));
    json.end_object();
    EXPECT_EQ(out,
              R"(before {"text":"a\"b","number":-21,"largest":18446744073709551615,)"
              R"("smallest":-9223372036854775808,"yes":true,"no":false,"absent":null,"there":7,)"
              R"("null":null,"array":["x",[],{},0],"object":{"texts":["a","b"],"nothing":[]},)"
              R"("raw":{"ready":1},"by hand":[2],"last":"z"})");
}

TEST(JsonWriter, WritesFractionsWithoutAnExponent) {
    struct Case {
        double number;
        std::string_view text;
    };
    for (const auto& [number, text] : {
             Case{0, "0"},
             Case{1234, "1234"},
             Case{100000, "100000"},
             Case{25880550.25, "25880550.25"},
             Case{4294967295, "4294967295"},
             Case{-0.1, "-0.1"},
             Case{1e21, "1000000000000000000000"},
             Case{1e-7, "0.0000001"},
         }) {
        std::string out;
        JsonWriter(out).value(number);
        EXPECT_EQ(out, text);
    }
    std::string widest;
    JsonWriter(widest).value(-std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(widest.size(), 327U);
}

namespace json = boost::json;

// A value of any shape, the same for the same bytes.
json::value any_value(std::span<const std::uint8_t> bytes, std::size_t& at, int depth) {
    const auto next = [&] { return at < bytes.size() ? int{bytes[at++]} : 0; };
    switch (next() % (depth > 3 ? 5 : 7)) {
        case 0:
            return nullptr;
        case 1:
            return next() % 2 == 0;
        case 2:
            return std::int64_t{next() - 128} * next() * next() * next();
        case 3:
            return next() - 128 + 0.375;  // never whole: 2.0 is written "2"
        case 4: {
            std::string text;
            for (int left = next() % 8; left > 0; --left) text += static_cast<char>(next() % 128);
            return json::string(text + (next() % 2 == 0 ? "é\u2028𝄞" : ""));
        }
        case 5: {
            json::array array;
            for (int left = next() % 5; left > 0; --left) {
                array.push_back(any_value(bytes, at, depth + 1));
            }
            return array;
        }
        default: {
            json::object object;
            for (int left = next() % 5; left > 0; --left) {
                object["key" + std::to_string(left)] = any_value(bytes, at, depth + 1);
            }
            return object;
        }
    }
}

void write(JsonWriter& writer, const json::value& value) {
    if (value.is_null()) return writer.null();
    if (value.is_bool()) return writer.value(value.get_bool());
    if (value.is_int64()) return writer.value(value.get_int64());
    if (value.is_double()) return writer.value(value.get_double());
    if (value.is_string()) return writer.value(std::string_view(value.get_string()));
    if (const auto* array = value.if_array()) {
        writer.begin_array();
        for (const auto& one : *array) write(writer, one);
        return writer.end_array();
    }
    writer.begin_object();
    for (const auto& [key, member] : value.get_object()) {
        writer.key(std::string_view(key.data(), key.size()));
        write(writer, member);
    }
    writer.end_object();
}

RC_GTEST_PROP(JsonWriter, IsReadBackAsWhatWasWritten, (const std::vector<std::uint8_t>& bytes)) {
    std::size_t at = 0;
    const auto value = any_value(bytes, at, 0);
    std::string written;
    JsonWriter writer(written);
    write(writer, value);
    const auto read = json::parse(written);
    RC_ASSERT(read == value);
}

RC_GTEST_PROP(AppendJsonString, IsValidWhateverTheBytes, (const std::vector<char>& bytes)) {
    const auto written = to_json_string({bytes.data(), bytes.size()});
    RC_ASSERT(json::parse(written).is_string());  // it refuses what is not UTF-8
}

RC_GTEST_PROP(AppendJsonString, KeepsText, ()) {
    const auto text = *testing::any_long_text();
    RC_ASSERT(std::string_view(json::parse(to_json_string(text)).as_string()) == text);
}

}  // namespace
}  // namespace chr21::text
