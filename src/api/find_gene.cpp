#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"

#include <algorithm>

namespace chr21::api {

namespace {

constexpr std::uint32_t most_suggestions = 5;

// What exists and begins most like `text`: its completions, or those of its longest beginning
// that has any.
Suggestions closest(const GeneStore& store, std::string_view text) {
    constexpr std::size_t longest_tried = 64;
    for (auto size = std::min(text.size(), longest_tried); size > 0; --size) {
        auto found = store.suggest(text.substr(0, size), most_suggestions);
        if (!found.genes.empty()) return found;
    }
    return {};
}

std::string list_of(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) list.append(list.empty() ? "" : ", ").append(text);
    return list;
}

Problem unknown(std::string_view what, std::string_view text, std::vector<std::string> nearest) {
    std::string detail = "There is no gene ";
    detail.append(what).append(" \"").append(text).append("\"");
    if (!nearest.empty()) detail.append("; the closest are ").append(list_of(nearest));
    return not_found(std::move(detail), std::move(nearest));
}

std::vector<std::string> closest_ids(const GeneStore& store, std::string_view text) {
    std::vector<std::string> ids;
    const auto found = closest(store, text);
    ids.reserve(found.genes.size());
    for (const auto& [record, kind] : found.genes) ids.emplace_back(record->gene_stable_id());
    return ids;
}

std::vector<std::string> closest_names(const GeneStore& store, std::string_view text) {
    std::vector<std::string> names;
    const auto found = closest(store, text);
    names.reserve(found.genes.size());
    for (const auto& [record, kind] : found.genes) {
        names.emplace_back(record->gene_name().value_or(record->gene_stable_id()));
    }
    const auto again = std::ranges::unique(names);
    names.erase(again.begin(), again.end());
    return names;
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
    return std::unexpected(unknown("with the stable ID", id, closest_ids(call.store, id)));
}

Answer find_gene_by_name(const Call& call) {
    const auto& name = *call.arguments.text("name");
    const auto gene = call.store.find_by_name(name);
    if (gene) return answer_of(call, *gene);
    return std::unexpected(unknown("named", name, closest_names(call.store, name)));
}

}  // namespace chr21::api
