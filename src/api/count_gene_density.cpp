#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"
#include "api/unknown_genes.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace chr21::api {

namespace {

// Windows of one size along one chromosome: window i covers the bp i * size + 1 to (i + 1) * size.
struct Windows {
    Position length = 0;  // bp of the chromosome
    Position size = 1;    // bp of a window
    std::vector<std::uint64_t> counts;
};

// The chromosome's length; where the assembly is not known, the last bp that a gene reaches.
Position length_of(const Call& call, const std::string& chromosome) {
    if (const auto known = call.karyotype.length(chromosome)) return *known;
    const auto last =
        call.store.list({.chromosomes = {chromosome}}, {{SortField::gene_end, true}}, {.limit = 1});
    return last.genes.empty() ? 0 : last.genes.front()->gene_end().value_or(0);
}

std::map<std::string, Windows, std::less<>> empty_windows(const Call& call,
                                                          const GeneFilter& filter,
                                                          std::uint32_t bins) {
    std::map<std::string, Windows, std::less<>> windows;
    for (const auto& [chromosome, count] : call.store.chromosomes()) {
        if (!filter.chromosomes.empty() &&
            std::ranges::find(filter.chromosomes, chromosome) == filter.chromosomes.end()) {
            continue;
        }
        const auto length = length_of(call, chromosome);
        if (length == 0) continue;
        windows[chromosome] = {.length = length,
                               .size = (length - 1) / bins + 1,
                               .counts = std::vector<std::uint64_t>(bins)};
    }
    return windows;
}

}  // namespace

Answer count_gene_density(const Call& call) {
    const auto bins = call.arguments.integer("bins").value();
    const auto filter = to_filter(call.arguments, call.store);
    auto windows = empty_windows(call, filter, bins);
    const auto genes = call.store.list(filter, {}, {});
    if (auto refused = refuse_unknown_genes(call, genes.total)) {
        return std::unexpected(*std::move(refused));
    }
    std::uint64_t placed = 0;
    for (const auto* record : genes.genes) {
        const auto chromosome = record->chromosome();
        const auto start = record->gene_start();
        if (!chromosome || !start) continue;
        const auto found = windows.find(*chromosome);
        if (found == windows.end() || *start > found->second.length) continue;
        ++found->second.counts[(*start - 1) / found->second.size];
        ++placed;
    }

    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("bins", bins);
    json.member("total", genes.total);
    json.member("unplaced", genes.total - placed);
    json.begin_array("chromosomes");
    for (const auto& [chromosome, count] : call.store.chromosomes()) {
        const auto found = windows.find(chromosome);
        if (found == windows.end()) continue;
        json.begin_object();
        json.member("name", chromosome);
        json.member("length", found->second.length);
        json.member("bin_size", found->second.size);
        json.member("counts", found->second.counts);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return content;
}

}  // namespace chr21::api
