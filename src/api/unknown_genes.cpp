#include "api/unknown_genes.hpp"

#include "api/nearest_name.hpp"
#include "api/parameter_value.hpp"
#include "api/pasted_list.hpp"
#include "text/fold.hpp"

#include <algorithm>
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
        auto names = doubtful("name");
        auto ids = doubtful("gene_stable_id");
        if (!names.empty() || !ids.empty()) {
            const auto found = call_.store.find_all(ids, names);
            collect("name", Miss::Kind::name, names, found.by_name);
            collect("gene_stable_id", Miss::Kind::id, ids, found.by_id);
            advise();
        }
        collect_attributes();
        return std::move(unknown_);
    }

private:
    // The values that may name nothing.
    std::vector<std::string> doubtful(std::string_view parameter) const {
        auto texts = texts_of(call_, parameter);
        if (texts.size() == 1 && total_ > 0) texts.clear();
        return texts;
    }

    void collect(std::string_view parameter,
                 Miss::Kind kind,
                 const std::vector<std::string>& texts,
                 const std::vector<const GeneRecord*>& found) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (found[i] != nullptr) continue;
            unknown_.push_back({.parameter = std::string(parameter),
                                .value = texts[i],
                                .list = as_parameters(parameter, texts[i])});
            if (misses_.size() < most_advised) misses_.push_back({.kind = kind, .text = texts[i]});
        }
    }

    // The misses are the first of those that are unknown.
    void advise() {
        if (misses_.empty()) return;
        auto advice = call_.store.nearest(misses_);
        for (std::size_t i = 0; i < advice.size(); ++i) {
            unknown_[i].nearest = std::move(advice[i].nearest);
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
    std::vector<Miss> misses_;
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
