#include "api/handlers.hpp"
#include "api/representation.hpp"

#include <array>

namespace chr21::api {

namespace {

constexpr std::array<std::string_view, 4> kinds{"exact", "prefix", "description", "typo"};

}  // namespace

Answer suggest_genes(const Call& call) {
    const auto& text = *call.arguments.text("q");
    const auto suggestions = call.store.suggest(text, call.arguments.integer("limit").value());
    Content content;
    auto& body = content.body;
    body = "{\"q\":";
    append_json_string(body, text);
    body += ",\"suggestions\":[";
    for (const auto& [record, kind] : suggestions.genes) {
        if (body.back() != '[') body += ',';
        body += "{\"text\":";
        append_json_string(body, record->gene_name().value_or(record->gene_stable_id()));
        body.append(",\"match\":\"").append(kinds[static_cast<std::size_t>(kind)]);
        body.append("\",\"gene\":").append(record->json).append("}");
    }
    body += "]}";
    return content;
}

}  // namespace chr21::api
