#include "transport/lambda/extension.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace chr21::lambda {
namespace {

constexpr const char* extensions = "/2020-01-01/extension";

}  // namespace

Extension::Extension(const Address& runtime_api, const observe::Observer& observer)
    : connection_(runtime_api) {
    const auto answer = connection_.exchange({.method = "POST",
                                              .path = std::string(extensions) + "/register",
                                              .fields = "Lambda-Extension-Name: chr21\r\n"
                                                        "Content-Type: application/json\r\n",
                                              .body = R"({"events":[]})"});
    const std::string identifier(answer ? answer->find("Lambda-Extension-Identifier") : "");
    const bool is_registered = answer && answer->status == 200 && !identifier.empty() &&
                               std::ranges::none_of(identifier, text::is_control);
    if (!is_registered) {
        const auto why =
            answer ? "the answer was " + std::to_string(answer->status) : answer.error();
        observer(observe::Notice{"no SIGTERM will come before the end: " + why});
        return;
    }
    thread_ = std::jthread([this, identifier] { ask_for_events(identifier); });
}

Extension::~Extension() { connection_.interrupt(); }

void Extension::ask_for_events(const std::string& identifier) {
    const ApiRequest request{.path = std::string(extensions) + "/event/next",
                             .fields = "Lambda-Extension-Identifier: " + identifier + "\r\n"};
    for (;;) {
        const auto answer = connection_.exchange(request, Connection::Interruptible::yes);
        if (!answer || answer->status != 200) return;
    }
}

}  // namespace chr21::lambda
