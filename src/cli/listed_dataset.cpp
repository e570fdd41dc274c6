#include "cli/listed_dataset.hpp"

#include <optional>
#include <string>
#include <utility>

#include <boost/json.hpp>

namespace chr21::cli {
namespace {

boost::json::value text_or_null(const std::optional<std::string>& text) {
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

}  // namespace

boost::json::object to_json(const sql::ListedDataset& listed) {
    const auto& dataset = listed.dataset;
    boost::json::array attributes;
    for (const auto& [name, header] : dataset.attributes) {
        attributes.push_back({{"name", name}, {"header", header}});
    }
    return {{"name", dataset.name},
            {"active", listed.active},
            {"species", text_or_null(dataset.species)},
            {"assembly", text_or_null(dataset.assembly)},
            {"release", text_or_null(dataset.release)},
            {"source", dataset.source},
            {"sha256", dataset.sha256},
            {"gene_count", dataset.gene_count},
            {"loaded_at", dataset.loaded_at},
            {"attributes", std::move(attributes)}};
}

}  // namespace chr21::cli
