#include "cli/listed_dataset.hpp"

namespace chr21::cli {

void write(text::JsonWriter& json, const sql::ListedDataset& listed) {
    const auto& dataset = listed.dataset;
    json.begin_object();
    json.member("name", dataset.name);
    json.member("active", listed.active);
    json.member("species", dataset.species);
    json.member("assembly", dataset.assembly);
    json.member("release", dataset.release);
    json.member("source", dataset.source);
    json.member("sha256", dataset.sha256);
    json.member("gene_count", dataset.gene_count);
    json.member("loaded_at", dataset.loaded_at);
    json.begin_array("attributes");
    for (const auto& [name, header] : dataset.attributes) {
        json.begin_object();
        json.member("name", name);
        json.member("header", header);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace chr21::cli
