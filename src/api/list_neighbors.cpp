#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"

#include <span>
#include <utility>

namespace chr21::api {

namespace {

void write(text::JsonWriter& json,
           std::string_view place,
           std::span<const Neighbor> neighbors,
           const Call& call) {
    json.begin_array(place);
    for (const auto& [record, distance] : neighbors) {
        json.begin_object();
        json.member("distance", distance);
        json.key("gene");
        write_gene(json, *record, fields_of(call.arguments), call.karyotype);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

Answer list_neighbors(const Call& call) {
    auto found = find_gene(call);
    if (!found) return found;
    const auto gene = call.store.find(*call.arguments.text("gene_stable_id"));
    const auto neighbors = call.store.neighbors(gene->gene(),
                                                to_filter(call.arguments, call.store),
                                                call.arguments.integer("limit").value());
    Content content{.notices = std::move(found->notices)};
    text::JsonWriter json(content.body);
    json.begin_object();
    json.key("gene");
    json.raw(found->body);
    write(json, "overlapping", neighbors.overlapping, call);
    write(json, "upstream", neighbors.upstream, call);
    write(json, "downstream", neighbors.downstream, call);
    json.end_object();
    return content;
}

}  // namespace chr21::api
