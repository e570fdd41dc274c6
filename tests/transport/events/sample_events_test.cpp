// The events that others test their readers with, each with the request that it is. They are not
// part of the project.

#include "tests/read_file.hpp"
#include "tests/transport/events/sample_requests.hpp"
#include "transport/events/answer.hpp"
#include "transport/events/http_event.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::events {
namespace {

namespace json = boost::json;
using testing::read_file;

constexpr auto answers = std::to_array<std::pair<std::string_view, Sender>>({
    {"go-events/alb-lambda-target-response.json", Sender::load_balancer},
    {"go-events/apigw-response.json", Sender::rest_api},
    {"go-events/lambda-urls-response.json", Sender::function_url},
    {"rust-lambda-events/example-alb-lambda-target-response.json", Sender::load_balancer},
    {"rust-lambda-events/example-apigw-response.json", Sender::rest_api},
});

constexpr auto others = std::to_array<std::string_view>({
    "go-events/cloudwatch-logs-event.json",
    "go-events/s3-event.json",
    "powertools/cloudformationCustomResourceCreate.json",
    "powertools/cloudformationCustomResourceDelete.json",
    "powertools/cloudformationCustomResourceUpdate.json",
    "powertools/s3Event.json",
});

class SampleEvents : public ::testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(folder)) {
            GTEST_SKIP() << folder << " is not there: it is not part of the project, see "
                         << "CONTRIBUTING.md";
        }
    }
    std::string text_of(std::string_view file) const { return read_file(folder / file); }

    std::filesystem::path folder = CHR21_SOURCE_DIR "/../shared/data/lambda-events";
};

// The first value under `name` in a map of fields, ignoring case, or in a map of lists the last.
std::optional<std::string> field_in(const json::object& event,
                                    const char* map,
                                    std::string_view name) {
    const auto* const fields = event.if_contains(map);
    if (fields == nullptr || !fields->is_object()) return std::nullopt;
    for (const auto& field : fields->get_object()) {
        std::string lowered(field.key());
        std::ranges::transform(lowered, lowered.begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        });
        if (lowered != name) continue;
        const auto& value = field.value();
        const auto& text = value.is_array() ? value.as_array().at(0) : value;
        return std::string(text.as_string());
    }
    return std::nullopt;
}

std::string field_of(const json::object& event, std::string_view name) {
    if (const auto value = field_in(event, "multiValueHeaders", name)) return *value;
    return field_in(event, "headers", name).value_or("");
}

TEST_F(SampleEvents, AreAllKnown) {
    std::set<std::string> known;
    for (const auto& sample : sample_requests) known.emplace(sample.file);
    for (const auto& [file, sender] : answers) known.emplace(file);
    for (const auto& file : others) known.emplace(file);
    std::set<std::string> there;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        there.insert(std::filesystem::relative(entry.path(), folder).generic_string());
    }
    EXPECT_EQ(known, there);
}

TEST_F(SampleEvents, AreTheseRequests) {
    for (const auto& sample : sample_requests) {
        const auto event = HttpEvent::read(text_of(sample.file));
        ASSERT_TRUE(event) << sample.file << ": " << event.error().reason;
        EXPECT_EQ(event->sender(), sample.sender) << sample.file;
        EXPECT_EQ(event->request().method_text, sample.method) << sample.file;
        EXPECT_EQ(event->request().target, sample.target) << sample.file;
        EXPECT_EQ(event->request().body.size(), sample.body) << sample.file;
        EXPECT_EQ(event->refusal() ? event->refusal()->status : 0, sample.refused) << sample.file;
    }
}

TEST_F(SampleEvents, HaveTheFieldsThatTheyWereSentWith) {
    for (const auto& sample : sample_requests) {
        const auto text = text_of(sample.file);
        const auto event = HttpEvent::read(text);
        ASSERT_TRUE(event) << sample.file;
        const auto object = json::parse(text).as_object();
        const auto& request = event->request();
        EXPECT_EQ(request.accept, field_of(object, "accept")) << sample.file;
        EXPECT_EQ(request.content_type, field_of(object, "content-type")) << sample.file;
        EXPECT_EQ(request.origin, field_of(object, "origin")) << sample.file;
        EXPECT_EQ(request.accept_encoding,
                  sample.sender == Sender::rest_api ? "" : field_of(object, "accept-encoding"))
            << sample.file;
        EXPECT_EQ(event->trace_header(), field_of(object, "x-amzn-trace-id")) << sample.file;
        // Some have a placeholder where a host belongs.
        const auto host = field_of(object, "host");
        if (!host.empty() && host.find_first_of("<{") == std::string::npos) {
            EXPECT_EQ(request.host, host) << sample.file;
        }
    }
}

TEST_F(SampleEvents, OfOtherKindsAreNoRequests) {
    for (const auto& file : others) EXPECT_FALSE(HttpEvent::read(text_of(file))) << file;
    for (const auto& [file, sender] : answers) {
        EXPECT_FALSE(HttpEvent::read(text_of(file))) << file;
    }
}

// A response with all that such an answer says, each field as often as it stands there.
service::Response response_of(const json::object& answer) {
    service::Response response{.status = static_cast<int>(answer.at("statusCode").as_int64()),
                               .body = std::string(answer.at("body").as_string())};
    const bool has_lists = answer.contains("multiValueHeaders");
    for (const auto& field : answer.at(has_lists ? "multiValueHeaders" : "headers").as_object()) {
        if (!has_lists) {
            response.headers.add(std::string_view(field.key()),
                                 std::string(field.value().as_string()));
            continue;
        }
        for (const auto& value : field.value().as_array()) {
            response.headers.add(std::string_view(field.key()), std::string(value.as_string()));
        }
    }
    if (const auto* const cookies = answer.if_contains("cookies")) {
        for (const auto& value : cookies->as_array()) {
            response.headers.add("Set-Cookie", std::string(value.as_string()));
        }
    }
    return response;
}

TEST_F(SampleEvents, ThatAreAnswersAreWrittenAgain) {
    for (const auto& [file, sender] : answers) {
        auto sample = json::parse(text_of(file)).as_object();
        const auto lists = HeaderLists(sample.contains("multiValueHeaders"));
        const auto written =
            write_answer(sender, lists, response_of(sample), std::size_t{1} << 20).value();
        // Both maps stand in some, of which we send one.
        if (lists == HeaderLists::yes) sample.erase("headers");
        sample.emplace("isBase64Encoded", false);
        EXPECT_EQ(json::parse(written), json::value(sample)) << file;
    }
}

}  // namespace
}  // namespace chr21::events
