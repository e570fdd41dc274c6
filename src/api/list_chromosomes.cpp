#include "api/handlers.hpp"
#include "api/nearest_name.hpp"
#include "api/representation.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

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

Problem unknown_chromosome(const Call& call, const std::string& name) {
    auto nearest = call.store.chromosome_names().nearest(name, most_listed_values);
    auto detail = fmt::format("There are no genes on a chromosome \"{}\"", name);
    if (!nearest.empty()) detail += "; the nearest are " + list_of(nearest);
    return not_found(std::move(detail), std::move(nearest));
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
    const auto& [parameter, text, value, member] = *call.arguments.find("name");
    const auto& names = std::get<std::vector<std::string>>(value);
    if (names.empty()) return std::unexpected(unknown_chromosome(call, text));
    const auto chromosomes = call.store.chromosomes();
    const auto found = std::ranges::find(chromosomes, names.front(), &ChromosomeCount::chromosome);
    Content content;
    text::JsonWriter json(content.body);
    write_chromosome(json, call, *found);
    return content;
}

}  // namespace chr21::api
