#include "api/unknown_genes.hpp"

#include "api/look_up_reasons.hpp"
#include "api/nearest_name.hpp"
#include "api/parameter_value.hpp"
#include "api/pasted_list.hpp"
#include "text/fold.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace chr21::api {

namespace {

// Advice costs about as much as a gene that is found, and a notice has room for little.
constexpr std::size_t most_advised = 5;

struct Unknown {
    std::string parameter;
    std::string value;
    std::vector<std::string> nearest = {};
    std::string list = {};  // how to send the list that was sent as this value
};

std::vector<std::string> texts_of(const Call& call, std::string_view parameter) {
    std::vector<std::string> texts;
    call.arguments.for_each(parameter, [&](const Argument& one) { texts.push_back(one.text); });
    return texts;
}

// "name=APP&name=SOD1"; empty where the value is no list.
std::string as_parameters(std::string_view parameter, std::string_view value) {
    constexpr std::size_t most_shown = 5;
    std::string query;
    for (const auto& entry : entries_of_list(value, most_shown)) {
        if (!query.empty()) query += '&';
        query.append(parameter).append("=").append(entry);
    }
    return query;
}

class UnknownGenes {
public:
    UnknownGenes(const Call& call, std::uint64_t total) : call_(call), total_(total) {}

    std::vector<Unknown> all() {
        add("name", Wanted::Kind::name);
        add("gene_stable_id", Wanted::Kind::id);
        if (!wanted_.empty()) {
            const auto matches = call_.store.look_up(wanted_);
            for (std::size_t i = 0; i < wanted_.size(); ++i) collect(wanted_[i], matches.all[i]);
            advise();
        }
        collect_attributes();
        return std::move(unknown_);
    }

private:
    // The values that may name nothing.
    void add(std::string_view parameter, Wanted::Kind kind) {
        auto texts = texts_of(call_, parameter);
        if (texts.size() == 1 && total_ > 0) return;
        for (auto& text : texts) wanted_.push_back({.kind = kind, .text = std::move(text)});
    }

    // The filters take stable IDs and names alone, and are told of what is known otherwise.
    void collect(const Wanted& wanted, const Match& match) {
        if (match.record != nullptr && match.kind <= MatchKind::name) return;
        const bool by_name = wanted.kind == Wanted::Kind::name;
        const std::string_view parameter = by_name ? "name" : "gene_stable_id";
        auto& unknown =
            unknown_.emplace_back(Unknown{.parameter = std::string(parameter),
                                          .value = wanted.text,
                                          .list = as_parameters(parameter, wanted.text)});
        if (match.record != nullptr) {
            const auto label = label_of(*match.record);
            unknown.nearest = {by_name ? label.text : label.gene_stable_id};
        } else if (match.kind != MatchKind::none) {
            unknown.nearest = texts_of_first(match.meant);
        } else if (missed_.size() < most_advised) {
            missed_.push_back(wanted);
            advised_.push_back(unknown_.size() - 1);
        }
    }

    static std::vector<std::string> texts_of_first(const MeantGenes& meant) {
        std::vector<std::string> texts;
        for (const auto& gene : meant.first) {
            if (texts.size() < most_noticed_values) texts.push_back(gene.text);
        }
        return texts;
    }

    void advise() {
        if (missed_.empty()) return;
        const auto advice = call_.store.nearest(missed_);
        for (std::size_t i = 0; i < advice.size(); ++i) {
            for (const auto& gene : advice[i].nearest) {
                unknown_[advised_[i]].nearest.push_back(gene.text);
            }
        }
    }

    void collect_attributes() {
        std::vector<const Argument*> given;
        call_.arguments.for_each("attribute.", [&](const Argument& one) { given.push_back(&one); });
        if (given.size() == 1 && total_ > 0) return;
        for (const auto* one : given) {
            const GeneFilter filter{.attributes = {{one->member, {fold(one->text)}}}};
            if (call_.store.list(filter, {}, {.limit = 0}).total > 0) continue;
            auto parameter = "attribute." + one->member;
            auto list = as_parameters(parameter, one->text);
            unknown_.push_back(
                {.parameter = std::move(parameter), .value = one->text, .list = std::move(list)});
        }
    }

    const Call& call_;
    std::uint64_t total_;
    std::vector<Unknown> unknown_;
    std::vector<Wanted> wanted_;
    std::vector<Wanted> missed_;        // the first that nothing fits
    std::vector<std::size_t> advised_;  // into unknown_, of each of these
};

std::string message_of(const Unknown& unknown) {
    std::string message = "names nothing: no gene has it";
    if (!unknown.list.empty()) message += "; send a list as " + unknown.list;
    if (!unknown.nearest.empty()) message += "; the nearest are " + list_of(unknown.nearest);
    return message;
}

}  // namespace

std::vector<service::Notice> notices_of_unknown_genes(const Call& call, std::uint64_t total) {
    std::vector<service::Notice> notices;
    for (auto& unknown : UnknownGenes(call, total).all()) {
        auto notice = make_notice_of_nothing(
            unknown.parameter, std::move(unknown.value), std::move(unknown.nearest));
        if (!unknown.list.empty()) {
            notice.parameters.push_back({"list", {std::move(unknown.list)}});
        }
        notices.push_back(std::move(notice));
    }
    return notices;
}

std::optional<Problem> refuse_unknown_genes(const Call& call, std::uint64_t total) {
    Faults faults;
    for (auto& unknown : UnknownGenes(call, total).all()) {
        auto message = message_of(unknown);
        faults.add_missing(
            {std::move(unknown.parameter), std::move(unknown.value), std::move(message)},
            std::move(unknown.nearest));
    }
    if (faults.empty()) return {};
    return invalid_parameters(faults);
}

}  // namespace chr21::api
