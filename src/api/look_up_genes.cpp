#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/look_up_body.hpp"
#include "api/look_up_reasons.hpp"
#include "api/pasted_list.hpp"
#include "api/representation.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::api {

namespace {

namespace json = boost::json;

// Of what is missing: advice costs about as much as a gene.
constexpr std::size_t most_advised = 20;

// "application/json", with or without parameters, in any case.
bool is_json(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return text::equal_ignoring_case(type, "application/json");
}

bool is_missing(const Match& match) { return match.record == nullptr; }

// The first texts that nothing fits.
std::vector<Wanted> first_unknown(const std::vector<Wanted>& wanted,
                                  const std::vector<Match>& matches) {
    std::vector<Wanted> first;
    for (std::size_t i = 0; i < wanted.size() && first.size() < most_advised; ++i) {
        if (matches[i].kind == MatchKind::none) first.push_back(wanted[i]);
    }
    return first;
}

std::string_view no_gene(Wanted::Kind kind) {
    switch (kind) {
        case Wanted::Kind::id:
            return "no gene has this stable ID";
        case Wanted::Kind::name:
            return "no gene has this name";
        case Wanted::Kind::any:
            return "no gene has this ID or name";
    }
    return {};
}

// Why a slot has no gene.
struct Reason {
    std::string_view code;
    std::string text;
    std::vector<GeneLabel> suggestions = {};
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
Reason reason_of_unknown(const Wanted& wanted, const Advice* advice) {
    constexpr std::size_t most_shown = 3;
    Reason reason{.code = "not_found", .text = std::string(no_gene(wanted.kind))};
    reason.text += advice_on_list(wanted.text);
    if (advice == nullptr) {
        reason.code = "not_looked_for";
        reason.text +=
            fmt::format("; the closest were looked for of the first {} alone", most_advised);
        return reason;
    }
    reason.suggestions = advice->nearest;
    if (!advice->nearest.empty()) {
        const auto shown = std::min(most_shown, advice->nearest.size());
        reason.text.append("; closest: ").append(list_of(std::span(advice->nearest).first(shown)));
    }
    if (advice->of_other_kind) {
        reason.text += wanted.kind == Wanted::Kind::name ? "; it is a stable ID, for \"ids\""
                                                         : "; it is a gene name, for \"names\"";
        reason.suggestions.push_back(*advice->of_other_kind);
    }
    return reason;
}

constexpr std::array<std::string_view, 6> match_names{
    "", "stable_id", "name", "previous_name", "synonym", "attribute"};

// Writes a slot for each input.
class Slots {
public:
    Slots(text::JsonWriter& json, const Call& call, const std::vector<Advice>& advice)
        : json_(json),
          call_(call),
          columns_(call.store.dataset().attributes),
          fields_(fields_of(call.arguments)),
          advice_(advice) {}

    void write(const Wanted& wanted, const std::string& sent, const Match& match) {
        json_.begin_object();
        json_.member("input", sent);
        json_.key("gene");
        if (is_missing(match)) {
            json_.null();
            write_missing(reason_of(wanted, match), match);
        } else {
            write_gene(json_, *match.record, fields_, call_.karyotype);
            write_found(wanted, match);
        }
        json_.end_object();
    }

private:
    Reason reason_of(const Wanted& wanted, const Match& match) {
        if (match.kind == MatchKind::none) {
            const auto at = unknown_++;
            return reason_of_unknown(wanted, at < advice_.size() ? &advice_[at] : nullptr);
        }
        return {.code = "ambiguous",
                .text = what_it_is(match, columns_),
                .suggestions = match.meant.first};
    }

    void write_missing(const Reason& reason, const Match& match) {
        json_.member("reason", reason.text);
        json_.member("reason_code", reason.code);
        write_match(match);
        std::vector<std::string_view> ids;
        ids.reserve(match.meant.first.size());
        for (const auto& gene : match.meant.first) ids.push_back(gene.gene_stable_id);
        json_.member("also", ids);
        json_.member("also_count", match.meant.count);
        json_.begin_array("suggestions");
        for (const auto& [text, stable_id] : reason.suggestions) {
            json_.begin_object();
            json_.member("text", text);
            json_.member("gene_stable_id", stable_id);
            json_.end_object();
        }
        json_.end_array();
        json_.key("version");
        json_.null();
    }

    void write_found(const Wanted& wanted, const Match& match) {
        json_.members(R"("reason":null,"reason_code":null)");
        write_match(match);
        const auto version = other_version(wanted.text, match, columns_);
        if (match.namesakes.count == 0 && !version) {
            json_.members(R"("also":[],"also_count":0,"suggestions":[],"version":null)");
            return;
        }
        json_.member("also", match.namesakes.gene_stable_ids);
        json_.member("also_count", match.namesakes.count);
        json_.members(R"("suggestions":[])");
        json_.key("version");
        if (version) {
            json_.begin_object();
            json_.member("requested", version->requested);
            json_.member("dataset", version->dataset);
            json_.end_object();
        } else {
            json_.null();
        }
    }

    void write_match(const Match& match) {
        if (match.kind == MatchKind::name) {
            return json_.members(R"("matched":"name","attribute":null)");
        }
        std::optional<std::string_view> name;
        std::optional<std::string_view> column;
        if (match.kind != MatchKind::none) {
            name = match_names.at(static_cast<std::size_t>(match.kind));
        }
        if (match.kind > MatchKind::name) column = columns_[match.attribute].name;
        json_.member("matched", name);
        json_.member("attribute", column);
    }

    text::JsonWriter& json_;
    const Call& call_;
    std::span<const AttributeColumn> columns_;
    std::span<const Field> fields_;
    const std::vector<Advice>& advice_;
    std::size_t unknown_ = 0;
};

// Puts what is found with plain dashes, where nothing fits a text as it is written, into `matches`,
// and answers what keeps it.
KeepAlive look_up_plain_dashes(const GeneStore& store,
                               const std::vector<Wanted>& wanted,
                               std::vector<Match>& matches) {
    std::vector<Wanted> plain;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (matches[i].kind != MatchKind::none) continue;
        auto dashed = text::with_plain_dashes(wanted[i].text);
        if (!dashed) continue;
        plain.push_back({.kind = wanted[i].kind, .text = *std::move(dashed)});
        places.push_back(i);
    }
    if (plain.empty()) return {};
    auto again = store.look_up(plain);
    for (std::size_t i = 0; i < places.size(); ++i) matches[places[i]] = std::move(again.all[i]);
    return again.keep;
}

}  // namespace

Answer look_up_genes(const Call& call) {
    if (!is_json(call.request.content_type) || !call.request.content_encoding.empty()) {
        return std::unexpected(Problem{
            .status = 415, .detail = "Send the body as application/json without Content-Encoding"});
    }
    const auto body = read_look_up_body(call.request.body);
    if (!body) return std::unexpected(body.error());
    const auto& wanted = body->wanted;

    auto matches = call.store.look_up(wanted);
    const auto by_plain_dashes = look_up_plain_dashes(call.store, wanted, matches.all);
    std::vector<Advice> advice;
    const auto unknown = first_unknown(wanted, matches.all);
    if (!unknown.empty()) advice = call.store.nearest(unknown);

    Content content;
    constexpr std::size_t bytes_of_slot = 384;  // few take more
    content.body.reserve(wanted.size() * bytes_of_slot);
    text::JsonWriter json(content.body);
    json.begin_object();
    json.begin_array("results");
    Slots slots(json, call, advice);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        slots.write(wanted[i], body->sent[i], matches.all[i]);
    }
    json.end_array();
    const auto missing = std::ranges::count_if(matches.all, is_missing);
    json.member("found", wanted.size() - static_cast<std::size_t>(missing));
    json.member("missing", missing);
    json.end_object();
    return content;
}

}  // namespace chr21::api
