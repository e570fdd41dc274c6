#include "api/dataset_json.hpp"

namespace chr21::api {

void write_dataset(text::JsonWriter& json, const Dataset& dataset, std::optional<bool> active) {
    json.begin_object();
    json.member("name", dataset.name);
    if (active) json.member("active", *active);
    json.member("species", dataset.species);
    json.member("assembly", dataset.assembly);
    json.member("release", dataset.release);
    json.member("source", dataset.source);
    json.member("sha256", dataset.sha256);
    json.member("gene_count", dataset.gene_count);
    json.member("loaded_at", dataset.loaded_at);
    json.begin_array("attributes");
    for (const auto& attribute : dataset.attributes) {
        json.begin_object();
        json.member("name", attribute.name);
        json.member("header", attribute.header);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace chr21::api
