#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"

#include <span>

#include <fmt/format.h>

namespace chr21::api {

namespace {

void append(std::string& body,
            std::string_view place,
            std::span<const Neighbor> neighbors,
            const Call& call) {
    body.append(",\"").append(place).append("\":[");
    for (const auto& [record, distance] : neighbors) {
        if (body.back() != '[') body += ',';
        fmt::format_to(std::back_inserter(body), R"({{"distance":{},"gene":)", distance);
        append_json(body, *record, fields_of(call.arguments), call.karyotype);
        body += '}';
    }
    body += ']';
}

}  // namespace

Answer list_neighbors(const Call& call) {
    auto found = find_gene(call);
    if (!found) return found;
    const auto gene = call.store.find(*call.arguments.text("gene_stable_id"));
    const auto neighbors = call.store.neighbors(
        gene->gene(), to_filter(call.arguments), call.arguments.integer("limit").value());
    Content content;
    content.body.append("{\"gene\":").append(found->body);
    append(content.body, "overlapping", neighbors.overlapping, call);
    append(content.body, "upstream", neighbors.upstream, call);
    append(content.body, "downstream", neighbors.downstream, call);
    content.body += '}';
    return content;
}

}  // namespace chr21::api
