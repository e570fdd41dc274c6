#include "gene/genome_order.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string_view>

namespace chr21 {
namespace {

struct ByChromosome {
    bool operator()(std::string_view left, std::string_view right) const {
        return chromosome_before(left, right);
    }
};

using Ranks = std::map<std::string_view, std::uint32_t, ByChromosome>;

std::string_view chromosome_of(const Gene& gene) {
    return gene.chromosome ? std::string_view(*gene.chromosome) : std::string_view();
}

// The genes of one chromosome mostly follow each other: only the first of them asks.
template <class Visit>  // visit(gene, entry of its chromosome)
void for_each_gene(std::span<const Gene> genes, Ranks& ranks, const Visit& visit) {
    auto entry = ranks.end();
    for (const auto& gene : genes) {
        const auto chromosome = chromosome_of(gene);
        if (entry == ranks.end() || entry->first != chromosome) {
            entry = ranks.try_emplace(chromosome).first;
        }
        visit(gene, *entry);
    }
}

struct Placed {
    std::uint32_t chromosome_rank = 0;
    std::uint64_t start = 0;  // an absent one after every position that there can be
    const Gene* gene = nullptr;
};

bool placed_before(const Placed& left, const Placed& right) {
    if (left.chromosome_rank != right.chromosome_rank) {
        return left.chromosome_rank < right.chromosome_rank;
    }
    if (left.start != right.start) return left.start < right.start;
    return left.gene->gene_stable_id < right.gene->gene_stable_id;
}

}  // namespace

std::vector<const Gene*> in_genome_order(std::span<const Gene> genes) {
    Ranks ranks;
    for_each_gene(genes, ranks, [](const Gene&, const auto&) {});
    std::uint32_t next = 0;
    for (auto& [chromosome, rank] : ranks) rank = next++;
    std::vector<Placed> placed;
    placed.reserve(genes.size());
    for_each_gene(genes, ranks, [&](const Gene& gene, const auto& chromosome) {
        constexpr auto absent = std::numeric_limits<std::uint64_t>::max();
        const auto start = gene.gene_start ? std::uint64_t{*gene.gene_start} : absent;
        placed.push_back({chromosome.second, start, &gene});
    });
    if (!std::ranges::is_sorted(placed, placed_before)) std::ranges::sort(placed, placed_before);
    std::vector<const Gene*> ordered;
    ordered.reserve(placed.size());
    for (const auto& one : placed) ordered.push_back(one.gene);
    return ordered;
}

}  // namespace chr21
