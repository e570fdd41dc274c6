#pragma once

#include "api/contract.hpp"
#include "api/representation.hpp"
#include "gene/karyotype.hpp"
#include "service/service.hpp"
#include "store/memory/catalog.hpp"
#include "tests/generators.hpp"
#include "tests/store/fixed_shelf.hpp"
#include "tests/store/model_store.hpp"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::testing {

// Chromosome 21 with 1,000 bp in two bands; X with no bands.
inline Karyotype small_karyotype() {
    return Karyotype({{"21", 1000}, {"X", 500}},
                     {{"21", "p1", 1, 175, "gneg"}, {"21", "q1", 176, 1000, "gpos50"}});
}

inline std::unique_ptr<const GeneStore> small_store() {
    const Dataset dataset{.name = "sample",
                          .assembly = "small",
                          .source = "sample.csv",
                          .sha256 = std::string(64, 'a'),
                          .gene_count = 3,
                          .loaded_at = "2026-11-22T14:03:09Z"};
    return memory::make_catalog(dataset, three_genes(), api::to_json);
}

// three_genes() of an export with three further columns: the first gene has two values of the
// first, one of the last, none between; the second has one of each, and the third none.
inline std::unique_ptr<const GeneStore> store_with_attributes() {
    const Dataset dataset{.name = "annotated",
                          .assembly = "small",
                          .source = "annotated.csv",
                          .sha256 = std::string(64, 'b'),
                          .gene_count = 3,
                          .loaded_at = "2026-11-22T14:03:09Z",
                          .attributes = {{"go_id", "GO term accession"},
                                         {"hgnc_id", "HGNC ID"},
                                         {"mart_band", "Karyotype band"}}};
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:0005524", "GO:0004672"}}, {"mart_band", {"p1"}}};
    genes[1].attributes = {
        {"go_id", {"GO:0004672"}}, {"hgnc_id", {"HGNC:1, old \"A\""}}, {"mart_band", {"p1"}}};
    constexpr Represent represent = api::to_json;
    return std::make_unique<const PlainModel>(dataset, std::move(genes), represent);
}

// Our own contract alone.
inline std::span<const service::Dialect* const> contracts() {
    static const std::array dialects{&api::contract()};
    return dialects;
}

// A service over three_genes(), and what it reported.
struct SampleService {
    explicit SampleService(service::ServiceOptions options = {.version = "1"},
                           std::unique_ptr<const GeneStore> genes = small_store())
        : shelf({std::move(genes), small_karyotype()}),
          service(shelf,
                  contracts(),
                  with_metrics(std::move(options)),
                  [this](const observe::Event& event) {
                      if (const auto* one = std::get_if<observe::Answered>(&event)) {
                          answered.emplace_back(one->route, one->status);
                      }
                      if (std::holds_alternative<observe::StoreFailed>(event)) ++store_failures;
                      if (std::holds_alternative<observe::Bug>(event)) ++bugs;
                  }) {}

    static service::ServiceOptions with_metrics(service::ServiceOptions options) {
        options.metrics = [] { return std::string("# none\n"); };
        return options;
    }

    service::Response get(std::string_view target) const {
        return service.answer({.target = target});
    }

    FixedShelf shelf;
    std::vector<std::pair<std::string, int>> answered;
    int store_failures = 0;
    int bugs = 0;
    service::Service service;
};

}  // namespace chr21::testing
