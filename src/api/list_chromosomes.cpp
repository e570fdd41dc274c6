#include "api/handlers.hpp"
#include "api/representation.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::api {

namespace {

std::uint64_t count_in(const GeneStore& store, const Band& band) {
    const auto place = Region::make(band.chromosome, band.start, band.end);
    return store.list({.bands = {place.value()}}, {}, {.limit = 0}).total;
}

void append_band(std::string& body, const Band& band, std::uint64_t gene_count) {
    if (body.back() != '[') body += ',';
    body += "{\"name\":";
    append_json_string(body, band.name);
    fmt::format_to(
        std::back_inserter(body), R"(,"start":{},"end":{},"stain":)", band.start, band.end);
    append_json_string(body, band.stain);
    fmt::format_to(std::back_inserter(body), R"(,"gene_count":{}}})", gene_count);
}

void append_chromosome(std::string& body, const Call& call, const ChromosomeCount& chromosome) {
    const auto length = call.karyotype.length(chromosome.chromosome);
    body += "{\"name\":";
    append_json_string(body, chromosome.chromosome);
    fmt::format_to(std::back_inserter(body),
                   R"(,"length":{},"gene_count":{},"bands":[)",
                   length ? std::to_string(*length) : "null",
                   chromosome.gene_count);
    for (const auto& band : call.karyotype.bands(chromosome.chromosome)) {
        append_band(body, band, count_in(call.store, band));
    }
    body += "]}";
}

}  // namespace

Answer list_chromosomes(const Call& call) {
    Content content;
    auto& body = content.body;
    body = "{\"assembly\":";
    const auto& assembly = call.store.dataset().assembly;
    if (assembly) {
        append_json_string(body, *assembly);
    } else {
        body += "null";
    }
    body += ",\"chromosomes\":[";
    for (const auto& chromosome : call.store.chromosomes()) {
        if (body.back() != '[') body += ',';
        append_chromosome(body, call, chromosome);
    }
    body += "]}";
    return content;
}

Answer find_chromosome(const Call& call) {
    const auto& name = *call.arguments.text("name");
    const auto chromosomes = call.store.chromosomes();
    const auto found = std::ranges::find(chromosomes, name, &ChromosomeCount::chromosome);
    if (found != chromosomes.end()) {
        Content content;
        append_chromosome(content.body, call, *found);
        return content;
    }
    std::vector<std::string> known;
    known.reserve(chromosomes.size());
    for (const auto& chromosome : chromosomes) known.push_back(chromosome.chromosome);
    auto detail = fmt::format("There are no genes on a chromosome \"{}\"; this dataset has: {}",
                              name,
                              fmt::join(known, ", "));
    return std::unexpected(not_found(std::move(detail), std::move(known)));
}

}  // namespace chr21::api
