#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/pasted_list.hpp"
#include "api/representation.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"
#include "text/utf8.hpp"

#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::api {

namespace {

namespace json = boost::json;

constexpr std::size_t most_inputs = 1000;

// Of what is missing: advice costs about as much as a gene.
constexpr std::size_t most_advised = 20;

struct Wanted {
    std::vector<std::string> ids;
    std::vector<std::string> names;
    // The same as they were sent, with what is not seen round them.
    std::vector<std::string> sent_ids = {};
    std::vector<std::string> sent_names = {};
};

// "application/json", with or without parameters, in any case.
bool is_json(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return text::equal_ignoring_case(type, "application/json");
}

std::string shown(const json::value& value) {
    constexpr std::size_t longest_shown = 100;
    return std::string(first_characters(json::serialize(value), longest_shown));
}

std::string_view seen_of(const json::string& text) {
    return text::trimmed({text.data(), text.size()});
}

// What is wrong with one ID or name; null: nothing.
const char* fault_of(const json::string* text) {
    const auto seen = text == nullptr ? std::string_view() : seen_of(*text);
    if (seen.empty() || seen.contains('\0')) {
        return "must be a string that is not empty and holds no NUL";
    }
    if (count_characters(seen) > longest_text) {
        return "is longer than 256 characters";
    }
    return nullptr;
}

void read_texts(std::string_view member,
                const json::value& value,
                std::vector<std::string>& into,
                std::vector<std::string>& sent,
                Faults& faults) {
    const auto* array = value.if_array();
    if (array == nullptr) {
        faults.add({std::string(member), shown(value), "must be an array of strings"});
        return;
    }
    for (std::size_t at = 0; at < array->size(); ++at) {
        const auto* text = (*array)[at].if_string();
        if (const auto* fault = fault_of(text)) {
            faults.add_if_told([&] {
                return Error{fmt::format("{}[{}]", member, at), shown((*array)[at]), fault};
            });
        } else {
            into.emplace_back(seen_of(*text));
            sent.emplace_back(*text);
        }
    }
}

// Of both members, before anything is looked at: what is wrong with too many is not told of each.
std::size_t count_inputs(const json::object& object) {
    std::size_t count = 0;
    for (const auto* member : {"ids", "names"}) {
        const auto* value = object.if_contains(member);
        const auto* array = value == nullptr ? nullptr : value->if_array();
        count += array == nullptr ? 0 : array->size();
    }
    return count;
}

std::expected<Wanted, Problem> read_members(const json::object& object) {
    if (const auto count = count_inputs(object); count > most_inputs) {
        return std::unexpected(invalid_parameters(
            {{"body",
              std::to_string(count),
              fmt::format("asks for more than {} genes at once", most_inputs)}}));
    }
    Wanted wanted;
    Faults faults;
    for (const auto& [key, member] : object) {
        const std::string_view name(key.data(), key.size());
        if (name == "ids") {
            read_texts(name, member, wanted.ids, wanted.sent_ids, faults);
        } else if (name == "names") {
            read_texts(name, member, wanted.names, wanted.sent_names, faults);
        } else {
            faults.add_if_told([&] {
                return Error{std::string(first_characters(name, longest_text)),
                             shown(member),
                             "is not known; there are: ids, names"};
            });
        }
    }
    if (!faults.empty()) return std::unexpected(invalid_parameters(faults));
    return wanted;
}

std::expected<Wanted, Problem> read_body(std::string_view body) {
    if (find_invalid_utf8(body)) {
        return std::unexpected(invalid_parameters({{"body", "", "is not UTF-8"}}));
    }
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(body.data(), body.size()), error);
    if (error) {
        return std::unexpected(
            invalid_parameters({{"body", "", "is not JSON: " + error.message()}}));
    }
    const auto* object = value.if_object();
    if (object == nullptr || object->empty()) {
        return std::unexpected(invalid_parameters(
            {{"body", shown(value), "must be an object with \"ids\" or \"names\", or both"}}));
    }
    return read_members(*object);
}

// The first texts that found nothing, and how many there are.
struct Missed {
    std::vector<Miss> first;
    std::size_t count = 0;

    void collect(Miss::Kind kind,
                 const std::vector<std::string>& texts,
                 const std::vector<const GeneRecord*>& found) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (found[i] != nullptr) continue;
            if (++count <= most_advised) first.push_back({.kind = kind, .text = texts[i]});
        }
    }
};

// "; send a list as strings of their own: [\"APP\",\"SOD1\"]"; empty where the text is no list.
std::string advice_on_list(const std::string& text) {
    constexpr std::size_t most_shown = 5;
    const auto entries = entries_of_list(text, most_shown);
    if (entries.empty()) return {};
    const json::array strings(entries.begin(), entries.end());
    const std::string_view rest = entries.size() == most_shown ? " and so on" : "";
    return "; send a list as strings of their own: " + json::serialize(strings) + std::string(rest);
}

// "no gene has this name; closest: A, B". Null: none was looked for.
std::string reason(Miss::Kind kind, const std::string& text, const Advice* advice) {
    constexpr std::size_t most_shown = 3;
    const bool by_name = kind == Miss::Kind::name;
    std::string why = by_name ? "no gene has this name" : "no gene has this stable ID";
    why += advice_on_list(text);
    if (advice == nullptr) {
        return why +
               fmt::format("; the closest were looked for of the first {} alone", most_advised);
    }
    std::string_view before = "; closest: ";
    for (const auto& name : advice->nearest | std::views::take(most_shown)) {
        why.append(std::exchange(before, ", ")).append(name);
    }
    if (advice->of_other_kind) {
        why += by_name ? "; it is a stable ID, for \"ids\"" : "; it is a gene name, for \"names\"";
    }
    return why;
}

// Writes a slot for each input.
class Slots {
public:
    Slots(text::JsonWriter& json, const Call& call, const std::vector<Advice>& advice)
        : json_(json), call_(call), advice_(advice) {}

    void write(Miss::Kind kind,
               const std::vector<std::string>& sent,
               const std::vector<const GeneRecord*>& found) {
        for (std::size_t i = 0; i < sent.size(); ++i) {
            json_.begin_object();
            json_.member("input", sent[i]);
            json_.key("gene");
            if (found[i] != nullptr) {
                write_gene(json_, *found[i], fields_of(call_.arguments), call_.karyotype);
                json_.key("reason");
                json_.null();
            } else {
                const bool is_advised = misses_++ < advice_.size();
                json_.null();
                json_.member("reason",
                             reason(kind, sent[i], is_advised ? &advice_[misses_ - 1] : nullptr));
            }
            json_.end_object();
        }
    }

private:
    text::JsonWriter& json_;
    const Call& call_;
    const std::vector<Advice>& advice_;
    std::size_t misses_ = 0;
};

// Of texts with dashes of other kinds that no gene has as they are written.
struct OddDashes {
    std::vector<std::string> plain;
    std::vector<std::size_t> places;

    OddDashes(const std::vector<std::string>& texts, const std::vector<const GeneRecord*>& found) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (found[i] != nullptr) continue;
            auto dashed = text::with_plain_dashes(texts[i]);
            if (!dashed) continue;
            plain.push_back(*std::move(dashed));
            places.push_back(i);
        }
    }

    void fill(const std::vector<const GeneRecord*>& again,
              std::vector<const GeneRecord*>& found) const {
        for (std::size_t i = 0; i < places.size(); ++i) found[places[i]] = again[i];
    }
};

// Puts what is found with plain dashes into `found`, and answers what keeps it.
KeepAlive find_by_plain_dashes(const GeneStore& store, const Wanted& wanted, FoundGenes& found) {
    const OddDashes ids(wanted.ids, found.by_id);
    const OddDashes names(wanted.names, found.by_name);
    if (ids.plain.empty() && names.plain.empty()) return {};
    auto again = store.find_all(ids.plain, names.plain);
    ids.fill(again.by_id, found.by_id);
    names.fill(again.by_name, found.by_name);
    return again.keep;
}

}  // namespace

Answer look_up_genes(const Call& call) {
    if (!is_json(call.request.content_type) || !call.request.content_encoding.empty()) {
        return std::unexpected(Problem{
            .status = 415, .detail = "Send the body as application/json without Content-Encoding"});
    }
    const auto wanted = read_body(call.request.body);
    if (!wanted) return std::unexpected(wanted.error());

    auto found = call.store.find_all(wanted->ids, wanted->names);
    const auto by_plain_dashes = find_by_plain_dashes(call.store, *wanted, found);
    Missed missed;
    missed.collect(Miss::Kind::id, wanted->ids, found.by_id);
    missed.collect(Miss::Kind::name, wanted->names, found.by_name);
    std::vector<Advice> advice;
    if (missed.count > 0) advice = call.store.nearest(missed.first);

    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.begin_array("results");
    Slots slots(json, call, advice);
    slots.write(Miss::Kind::id, wanted->sent_ids, found.by_id);
    slots.write(Miss::Kind::name, wanted->sent_names, found.by_name);
    json.end_array();
    json.member("found", wanted->ids.size() + wanted->names.size() - missed.count);
    json.member("missing", missed.count);
    json.end_object();
    return content;
}

}  // namespace chr21::api
