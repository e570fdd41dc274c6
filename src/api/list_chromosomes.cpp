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

void write_band(text::JsonWriter& json, const Band& band, std::uint64_t gene_count) {
    json.begin_object();
    json.member("name", band.name);
    json.member("start", band.start);
    json.member("end", band.end);
    json.member("stain", band.stain);
    json.member("gene_count", gene_count);
    json.end_object();
}

void write_chromosome(text::JsonWriter& json, const Call& call, const ChromosomeCount& chromosome) {
    json.begin_object();
    json.member("name", chromosome.chromosome);
    json.member("length", call.karyotype.length(chromosome.chromosome));
    json.member("gene_count", chromosome.gene_count);
    json.begin_array("bands");
    for (const auto& band : call.karyotype.bands(chromosome.chromosome)) {
        write_band(json, band, count_in(call.store, band));
    }
    json.end_array();
    json.end_object();
}

}  // namespace

Answer list_chromosomes(const Call& call) {
    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("assembly", call.store.dataset().assembly);
    json.begin_array("chromosomes");
    for (const auto& chromosome : call.store.chromosomes()) {
        write_chromosome(json, call, chromosome);
    }
    json.end_array();
    json.end_object();
    return content;
}

Answer find_chromosome(const Call& call) {
    const auto& name = *call.arguments.text("name");
    const auto chromosomes = call.store.chromosomes();
    const auto found = std::ranges::find(chromosomes, name, &ChromosomeCount::chromosome);
    if (found != chromosomes.end()) {
        Content content;
        text::JsonWriter json(content.body);
        write_chromosome(json, call, *found);
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
