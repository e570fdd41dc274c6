#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/nearest_name.hpp"
#include "api/pasted_list.hpp"
#include "api/representation.hpp"
#include "text/percent_coding.hpp"

#include <string>
#include <utility>
#include <vector>

namespace chr21::api {

namespace {

// One question, and one more for its advice: a miss costs little more than a gene that is found.
Problem unknown(const Call& call, Miss miss) {
    const bool by_name = miss.kind == Miss::Kind::name;
    std::string detail =
        by_name ? "There is no gene named \"" : "There is no gene with the stable ID \"";
    detail.append(miss.text).append("\"");
    auto advice = std::move(call.store.nearest({&miss, 1}).front());
    if (!advice.nearest.empty()) {
        detail.append("; the closest are ").append(list_of(advice.nearest));
    }
    if (by_name && !entries_of_list(miss.text, 2).empty()) {
        detail += "; send a list to POST /genes/lookup";
    }
    if (const auto& other = advice.of_other_kind) {
        detail.append(by_name ? "; it is a stable ID: ask for /genes/"
                              : "; it is the name of a gene: ask for /genes/by-name/");
        text::append_percent_encoded(detail, *other, text::is_unreserved);
    }
    return not_found(std::move(detail), std::move(advice.nearest));
}

Answer answer_of(const Call& call, const GeneRecord& gene) {
    Answer answer(std::in_place);
    text::JsonWriter json(answer->body);
    write_gene(json, gene, fields_of(call.arguments), call.karyotype);
    return answer;
}

}  // namespace

Answer find_gene(const Call& call) {
    const auto& id = *call.arguments.text("gene_stable_id");
    const auto gene = call.store.find(id);
    if (gene) return answer_of(call, *gene);
    return std::unexpected(unknown(call, {.kind = Miss::Kind::id, .text = id}));
}

Answer find_gene_by_name(const Call& call) {
    const auto& name = *call.arguments.text("name");
    const auto gene = call.store.find_by_name(name);
    if (gene) return answer_of(call, *gene);
    return std::unexpected(unknown(call, {.kind = Miss::Kind::name, .text = name}));
}

}  // namespace chr21::api
