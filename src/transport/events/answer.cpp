#include "transport/events/answer.hpp"

#include "text/ascii.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"
#include "transport/events/base64.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace chr21::events {
namespace {

struct Field {
    std::string_view name;
    std::string_view value;
};

constexpr std::string_view cookie_field = "Set-Cookie";

bool is_named(const Field& field, std::string_view name) {
    return text::equal_ignoring_case(field.name, name);
}

// What the sender makes itself, or what speaks of a connection that is not the client's.
bool is_left_to_sender(const Field& field) {
    constexpr auto names = std::to_array<std::string_view>(
        {"Content-Length", "Connection", "Transfer-Encoding", "Keep-Alive"});
    return std::ranges::any_of(names, [&](std::string_view name) { return is_named(field, name); });
}

std::vector<Field> fields_of(const service::Headers& headers) {
    std::vector<Field> fields;
    constexpr std::size_t usual_number = 16;
    fields.reserve(usual_number);
    headers.for_each([&](std::string_view name, std::string_view value) {
        const Field field{name, value};
        if (!is_left_to_sender(field)) fields.push_back(field);
    });
    return fields;
}

class AnswerWriter {
public:
    AnswerWriter(std::string& out, Sender sender, const service::Response& response)
        : json_(out), sender_(sender), response_(&response), fields_(fields_of(response.headers)) {}

    void write(HeaderLists lists) {
        json_.begin_object();
        json_.member("statusCode", response_->status);
        if (sender_ == Sender::load_balancer) {
            json_.member("statusDescription", status_description());
        }
        if (lists == HeaderLists::yes) {
            write_lists();
        } else {
            write_single_values();
        }
        write_body();
        json_.end_object();
    }

private:
    std::string status_description() const {
        auto text = std::to_string(response_->status);
        return text.append(" ").append(service::reason_phrase(response_->status));
    }

    bool has_cookies_apart() const {
        return sender_ == Sender::http_api || sender_ == Sender::function_url;
    }

    // Whether a field of that name stands before the one at `at`, and was written with it
    // therefore.
    bool is_repeated(std::size_t at) const {
        const auto before = fields_.begin() + static_cast<std::ptrdiff_t>(at);
        return std::any_of(fields_.begin(), before, [&](const Field& field) {
            return is_named(field, fields_[at].name);
        });
    }

    void write_lists() {
        json_.begin_object("multiValueHeaders");
        for (std::size_t at = 0; at < fields_.size(); ++at) {
            if (is_repeated(at)) continue;
            json_.begin_array(fields_[at].name);
            write_values(fields_[at].name);
            json_.end_array();
        }
        json_.end_object();
    }

    void write_values(std::string_view name) {
        for (const auto& field : fields_) {
            if (is_named(field, name)) json_.value(field.value);
        }
    }

    void write_single_values() {
        json_.begin_object("headers");
        for (std::size_t at = 0; at < fields_.size(); ++at) {
            const auto& field = fields_[at];
            if (is_repeated(at) || (has_cookies_apart() && is_named(field, cookie_field))) continue;
            json_.member(field.name, joined_values(field.name));
        }
        json_.end_object();
        if (!has_cookies_apart()) return;
        json_.begin_array("cookies");
        write_values(cookie_field);
        json_.end_array();
    }

    // Of cookies, which cannot be joined, the first: a load balancer takes no more without lists.
    std::string joined_values(std::string_view name) const {
        std::string joined;
        for (const auto& field : fields_) {
            if (!is_named(field, name)) continue;
            if (joined.empty()) {
                joined = field.value;
            } else if (!is_named(field, cookie_field)) {
                joined.append(", ").append(field.value);
            }
        }
        return joined;
    }

    // A body that is text stays text: a REST API without binary media types gives the client base64
    // as it is. Every other sender decodes it.
    void write_body() {
        const bool is_text = response_->headers.find("Content-Encoding").empty() &&
                             !find_invalid_utf8(response_->body);
        json_.member("isBase64Encoded", !is_text);
        json_.key("body");
        if (is_text) {
            json_.value(response_->body);
            return;
        }
        auto& out = json_.raw();
        out += '"';
        append_base64(out, response_->body);
        out += '"';
    }

    text::JsonWriter json_;
    Sender sender_;
    const service::Response* response_;
    std::vector<Field> fields_;
};

}  // namespace

std::optional<std::string> write_answer(Sender sender,
                                        HeaderLists lists,
                                        const service::Response& response,
                                        std::size_t limit) {
    if (response.body.size() > limit) return std::nullopt;  // every byte takes one at least
    std::string out;
    constexpr std::size_t about_headers = 2048;
    out.reserve(response.body.size() + response.body.size() / 2 + about_headers);
    AnswerWriter(out, sender, response).write(lists);
    if (out.size() > limit) return std::nullopt;
    return out;
}

}  // namespace chr21::events
