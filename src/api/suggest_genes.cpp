#include "api/handlers.hpp"
#include "api/representation.hpp"
#include "text/invisible.hpp"

#include <array>

namespace chr21::api {

namespace {

constexpr std::array<std::string_view, 6> kinds{
    "exact", "prefix", "previous_name", "synonym", "description", "typo"};

}  // namespace

Answer suggest_genes(const Call& call) {
    const auto& text = *call.arguments.text("q");
    const auto limit = call.arguments.integer("limit").value();
    auto suggestions = call.store.suggest(text, limit);
    const auto plain = text::with_plain_dashes(text);
    if (suggestions.genes.empty() && plain) suggestions = call.store.suggest(*plain, limit);
    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("q", text);
    json.begin_array("suggestions");
    for (const auto& [record, kind, namesakes] : suggestions.genes) {
        json.begin_object();
        json.member("text", record->gene_name().value_or(record->gene_stable_id()));
        json.member("match", kinds[static_cast<std::size_t>(kind)]);
        json.key("gene");
        json.raw(record->json);
        json.member("also", namesakes.gene_stable_ids);
        json.member("also_count", namesakes.count);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return content;
}

}  // namespace chr21::api
