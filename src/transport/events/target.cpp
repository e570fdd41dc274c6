#include "transport/events/target.hpp"

#include "text/percent_coding.hpp"
#include "transport/events/members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace chr21::events {
namespace {

namespace json = boost::json;

bool is_visible_ascii(char byte) { return byte > ' ' && byte <= '~'; }

// What may stand in a path or a query that is still encoded: "%" belongs to what it encodes.
bool is_plain_in_path(char byte) { return is_visible_ascii(byte) && byte != '?' && byte != '#'; }
bool is_plain_in_query(char byte) { return is_visible_ascii(byte) && byte != '#'; }
// As above, where an event holds names and values one by one.
bool is_plain_in_part(char byte) { return is_plain_in_query(byte) && byte != '&'; }
bool is_plain_in_name(char byte) { return is_plain_in_part(byte) && byte != '='; }

// Of text that is decoded, whatever separates parameters or would be decoded is encoded as well.
bool is_plain_decoded(char byte) {
    return text::is_unreserved(byte) || std::string_view("!$'()*,/:@?").contains(byte);
}

// The stage of an HTTP API, which stands at the front of its paths unless it is the default.
std::string_view without_stage(std::string_view path, std::string_view stage) {
    if (stage.empty() || stage == "$default" || !path.starts_with('/')) return path;
    const auto rest = path.substr(1);
    if (!rest.starts_with(stage)) return path;
    const auto behind = rest.substr(stage.size());
    if (behind.empty()) return "/";
    return behind.starts_with('/') ? behind : path;
}

// Names and values of a query that the sender took apart.
class QueryWriter {
public:
    QueryWriter(std::string& target, bool is_decoded) : target_(&target), decoded_(is_decoded) {}

    void add(std::string_view name, const json::value& value) {
        if (const auto* const several = value.if_array()) {
            for (const auto& one : *several) add_one(name, one);
        } else {
            add_one(name, value);
        }
    }

private:
    void add_one(std::string_view name, const json::value& value) {
        const auto* const text = value.if_string();
        *target_ += has_parts_ ? '&' : '?';
        has_parts_ = true;
        append(name, is_plain_in_name);
        *target_ += '=';
        if (text != nullptr) append(text_of(*text), is_plain_in_part);
    }
    void append(std::string_view text, bool (*is_plain_encoded)(char)) {
        text::append_percent_encoded(
            *target_, text, decoded_ ? is_plain_decoded : is_plain_encoded);
    }

    std::string* target_;
    bool decoded_;
    bool has_parts_ = false;
};

// The map of lists goes before the map of last values, from which come names that only it has.
void append_query_of_maps(std::string& target, const json::object& event, bool is_decoded) {
    QueryWriter query(target, is_decoded);
    const auto* const lists = find_object(event, "multiValueQueryStringParameters");
    const auto* const lasts = find_object(event, "queryStringParameters");
    if (lists != nullptr) {
        for (const auto& part : *lists) query.add(part.key(), part.value());
    }
    if (lasts == nullptr) return;
    for (const auto& part : *lasts) {
        if (lists == nullptr || !lists->contains(part.key())) query.add(part.key(), part.value());
    }
}

}  // namespace

std::string make_target(Sender sender, const json::object& event) {
    const bool is_raw = sender == Sender::http_api || sender == Sender::function_url;
    auto path = find_text(event, is_raw ? "rawPath" : "path");
    if (is_raw)
        path = without_stage(path, find_text(*find_object(event, "requestContext"), "stage"));
    if (path.empty()) return {};
    std::string target;
    text::append_percent_encoded(target, path, is_plain_in_path);
    if (!is_raw) {
        append_query_of_maps(target, event, sender == Sender::rest_api);
        return target;
    }
    const auto query = find_text(event, "rawQueryString");
    if (query.empty()) return target;
    target += '?';
    text::append_percent_encoded(target, query, is_plain_in_query);
    return target;
}

}  // namespace chr21::events
