#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/look_up_reasons.hpp"
#include "api/nearest_name.hpp"
#include "api/pasted_list.hpp"
#include "api/representation.hpp"
#include "service/notice.hpp"
#include "text/percent_coding.hpp"

#include <string>
#include <utility>
#include <vector>

namespace chr21::api {

namespace {

std::vector<std::string> texts_of(const std::vector<GeneLabel>& genes) {
    std::vector<std::string> texts;
    texts.reserve(genes.size());
    for (const auto& gene : genes) texts.push_back(gene.text);
    return texts;
}

void append_route(std::string& detail, std::string_view route, std::string_view text) {
    detail.append(": ask for ").append(route);
    text::append_percent_encoded(detail, text, text::is_unreserved);
}

// Several genes that the text may mean, or one that has it as an earlier name or another ID.
Problem known_otherwise(const Call& call, std::string detail, const Match& match) {
    const auto& columns = call.store.dataset().attributes;
    detail.append("; ").append(what_it_is(match, columns));
    if (match.record == nullptr) {
        return not_found(std::move(detail), texts_of(match.meant.first));
    }
    append_route(detail, "/genes/", match.record->gene_stable_id());
    return not_found(std::move(detail), {label_of(*match.record).text});
}

// One question more: a miss costs little more than a gene that is found.
Problem unknown(const Call& call, const Wanted& missed) {
    const bool by_name = missed.kind == Wanted::Kind::name;
    std::string detail =
        by_name ? "There is no gene named \"" : "There is no gene with the stable ID \"";
    detail.append(missed.text).append("\"");
    const auto [matches, advice] = call.store.explain(missed);
    if (is_known_otherwise(matches.all.front())) {
        return known_otherwise(call, std::move(detail), matches.all.front());
    }
    if (!advice.nearest.empty()) {
        detail.append("; the closest are ").append(list_of(advice.nearest));
    }
    if (by_name && !entries_of_list(missed.text, 2).empty()) {
        detail += "; send a list to POST /genes/lookup";
    }
    if (const auto& other = advice.of_other_kind) {
        detail.append(by_name ? "; it is a stable ID" : "; it is the name of a gene");
        append_route(detail, by_name ? "/genes/" : "/genes/by-name/", other->text);
    }
    return not_found(std::move(detail), texts_of(advice.nearest));
}

Answer answer_of(const Call& call, const GeneRecord& gene) {
    Answer answer(std::in_place);
    text::JsonWriter json(answer->body);
    write_gene(json, gene, fields_of(call.arguments), call.karyotype);
    return answer;
}

// That the version that was asked for is not the one that the dataset has.
std::vector<service::Notice> notices_of_version(const Call& call,
                                                const std::string& id,
                                                const GeneRecord& gene) {
    const auto version = other_version(
        id, {.record = &gene, .kind = MatchKind::stable_id}, call.store.dataset().attributes);
    if (!version) return {};
    return {{.kind = "other-version",
             .parameters = {{"requested", {version->requested}}, {"dataset", {version->dataset}}}}};
}

// That there are other genes of the same name.
std::vector<service::Notice> notices_of_namesakes(const Namesakes& namesakes) {
    if (namesakes.count == 0) return {};
    return {{.kind = "same-name",
             .parameters = {{"count", {std::to_string(namesakes.count)}},
                            {"also", namesakes.gene_stable_ids}}}};
}

}  // namespace

Answer find_gene(const Call& call) {
    const auto& id = *call.arguments.text("gene_stable_id");
    const auto gene = call.store.find(id);
    if (!gene) return std::unexpected(unknown(call, {.kind = Wanted::Kind::id, .text = id}));
    auto answer = answer_of(call, *gene);
    answer->notices = notices_of_version(call, id, *gene);
    return answer;
}

Answer find_gene_by_name(const Call& call) {
    const auto& name = *call.arguments.text("name");
    const auto gene = call.store.find_by_name(name);
    if (!gene) return std::unexpected(unknown(call, {.kind = Wanted::Kind::name, .text = name}));
    auto answer = answer_of(call, *gene);
    answer->notices = notices_of_namesakes(gene.namesakes);
    return answer;
}

}  // namespace chr21::api
