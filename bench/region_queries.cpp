// Answers regions from a catalog, as `bedtools intersect -wa -wb -a REGIONS -b GENES` does:
// region_queries GENES.bed REGIONS.bed PAIRS. Both files are BED4 (0-based, half open; chromosome,
// start, end, name). Writes "region<TAB>gene" for each pair that shares a base, and prints how
// long the questions took, without reading, building and writing.

#include "store/memory/catalog.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace chr21;

struct Place {
    Region region;
    std::string name;
};

std::vector<Place> read_bed(const std::string& path) {
    std::ifstream file(path);
    std::vector<Place> places;
    std::string chromosome;
    std::string name;
    Position start = 0;
    Position end = 0;
    while (file >> chromosome >> start >> end >> name) {
        auto region = Region::make(chromosome, start + 1, end);
        if (!region) throw std::runtime_error(path + ": " + region.error().message);
        places.push_back({*std::move(region), name});
    }
    if (!file.eof() || places.empty()) throw std::runtime_error(path + ": not a BED4 file");
    return places;
}

std::vector<Gene> to_genes(const std::vector<Place>& places) {
    std::vector<Gene> genes;
    genes.reserve(places.size());
    for (const auto& [region, name] : places) {
        genes.push_back({.gene_stable_id = name,
                         .chromosome = region.chromosome(),
                         .gene_start = region.first(),
                         .gene_end = region.last()});
    }
    return genes;
}

void answer(const std::string& genes, const std::string& regions, const std::string& pairs) {
    const auto catalog = memory::make_catalog(
        {}, to_genes(read_bed(genes)), [](const Gene&) { return std::string(); });
    const auto places = read_bed(regions);
    std::vector<GeneFilter> filters;
    filters.reserve(places.size());
    for (const auto& place : places) filters.push_back({.regions = {place.region}});

    std::vector<GenePage> pages;
    pages.reserve(filters.size());
    const auto begun = std::chrono::steady_clock::now();
    for (const auto& filter : filters) pages.push_back(catalog->list(filter, {}, {}));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;

    std::ofstream out(pairs);
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (const auto* record : pages[i].genes) {
            out << places[i].name << '\t' << record->gene_stable_id() << '\n';
        }
    }
    std::cout << took.count() << '\n';
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count != 4) throw std::runtime_error("usage: region_queries GENES REGIONS PAIRS");
        answer(arguments[1], arguments[2], arguments[3]);
        return 0;
    } catch (const std::exception& fault) {
        std::cerr << "region_queries: " << fault.what() << '\n';
        return 1;
    }
}
