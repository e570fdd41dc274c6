// Which requests are answered at once, and which cost more, as the table of operations has it.

#include "tests/api/sample_service.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace chr21::api {
namespace {

using service::Cost;
using service::Request;

constexpr std::uint64_t bundled = 1'134;
constexpr std::uint64_t human = 78'894;
constexpr std::uint64_t million = 1'130'000;

// Three genes of a dataset that says it has more.
OpenDataset dataset_of(std::uint64_t gene_count, bool may_wait = false) {
    const Dataset dataset{.name = "large",
                          .source = "large.csv",
                          .sha256 = std::string(64, 'c'),
                          .gene_count = gene_count,
                          .loaded_at = "2026-11-22T14:03:09Z"};
    constexpr Represent represent = to_json;
    return {.store = std::make_shared<const testing::PlainModel>(
                dataset, testing::three_genes(), represent),
            .may_wait = may_wait};
}

Cost cost_of(const Request& request, OpenDataset dataset) {
    const testing::FixedShelf shelf(std::move(dataset));
    service::ServiceOptions options{.version = "1", .metrics = [] { return std::string("#\n"); }};
    const service::Service service(
        shelf, testing::contracts(), std::move(options), [](const observe::Event&) {});
    const auto answered = service.answer_at_once(request, service::Service::Clock::now());
    return answered ? Cost::little : answered.error();
}

Cost cost_of(std::string_view target, std::uint64_t gene_count) {
    return cost_of({.target = target}, dataset_of(gene_count));
}

TEST(Estimates, MostRequestsCostLittleHoweverManyGenesThereAre) {
    for (const std::string_view target : {"/",
                                          "/genes",
                                          "/genes?page=30&page_size=200",
                                          "/genes?region=21:1-100000",
                                          "/genes?format=csv&page_size=25",
                                          "/genes?gene_type=lncRNA&name=DYRK1A",
                                          "/genes/ENSG00000000001",
                                          "/genes/by-name/ALPHA1",
                                          "/genes/ENSG00000000001/neighbors",
                                          "/suggest?q=dyr",
                                          "/dataset",
                                          "/health",
                                          "/health/ready",
                                          "/metrics",
                                          "/openapi.json",
                                          "/nowhere"}) {
        for (const auto genes : {bundled, human, million}) {
            EXPECT_EQ(cost_of(target, genes), Cost::little) << target << genes;
        }
    }
}

TEST(Estimates, SomeTakeLongWhereThereAreManyGenes) {
    for (const std::string_view target : {"/genes?format=ndjson",
                                          "/genes?sort=-length",
                                          "/stats?by=band",
                                          "/density?bins=1000",
                                          "/chromosomes"}) {
        EXPECT_EQ(cost_of(target, bundled), Cost::little) << target;
        EXPECT_EQ(cost_of(target, human), Cost::computing) << target;
    }
    EXPECT_EQ(cost_of("/genes?search=kinase", human), Cost::little);
    EXPECT_EQ(cost_of("/genes?search=kinase", million), Cost::computing);
}

TEST(Estimates, ManyValuesTakeLong) {
    std::string searches = "/genes?search=Q0";
    for (int i = 0; i < 99; ++i) searches += "&search=Q0";
    EXPECT_EQ(cost_of(searches, bundled), Cost::little);
    EXPECT_EQ(cost_of(searches, human), Cost::computing);
    EXPECT_EQ(cost_of("/genes?" + std::string(8000, 'a'), bundled), Cost::computing);
}

TEST(Estimates, ALookupCostsByItsSize) {
    const std::string few = R"({"names": ["A"]})";
    const std::string many = R"({"names": [")" + std::string(15'000, 'A') + R"("]})";
    for (const auto genes : {bundled, human}) {
        Request request{.method = service::Method::post,
                        .method_text = "POST",
                        .target = "/genes/lookup",
                        .body = few,
                        .content_type = "application/json"};
        EXPECT_EQ(cost_of(request, dataset_of(genes)), Cost::little);
        request.body = many;
        EXPECT_EQ(cost_of(request, dataset_of(human)), Cost::computing);
    }
}

TEST(Estimates, CompressionIsCounted) {
    const Request plain{.target = "/genes?format=ndjson&fields=gene_name"};
    Request packed = plain;
    EXPECT_EQ(cost_of({.target = "/genes?format=ndjson"}, dataset_of(bundled)), Cost::little);
    packed.accept_encoding = "br";
    EXPECT_EQ(cost_of(packed, dataset_of(bundled)), Cost::computing);
    EXPECT_EQ(cost_of({.target = "/genes", .accept = "text/csv", .accept_encoding = "gzip"},
                      dataset_of(bundled)),
              Cost::computing);
    EXPECT_EQ(cost_of({.target = "/genes", .accept_encoding = "gzip"}, dataset_of(million)),
              Cost::little);
}

TEST(Estimates, WhateverAsksADatabaseMayWait) {
    for (const std::string_view target : {"/genes",
                                          "/genes/ENSG00000000001",
                                          "/suggest?q=a",
                                          "/stats",
                                          "/chromosomes",
                                          "/health/ready"}) {
        EXPECT_EQ(cost_of({.target = target}, dataset_of(bundled, true)), Cost::waiting) << target;
    }
    for (const std::string_view target : {"/health", "/metrics", "/openapi.yaml", "/docs"}) {
        EXPECT_EQ(cost_of({.target = target}, dataset_of(bundled, true)), Cost::little) << target;
    }
}

TEST(Estimates, ADatasetThatIsNotActiveMayHaveToBeOpened) {
    EXPECT_EQ(cost_of("/genes?dataset=other", bundled), Cost::waiting);
    EXPECT_EQ(cost_of("/genes?dataset=large", bundled), Cost::little);
    EXPECT_EQ(cost_of("/genes?dataset=cccccccc", bundled), Cost::little);
    EXPECT_EQ(cost_of("/health?dataset=other", bundled), Cost::little);
}

}  // namespace
}  // namespace chr21::api
