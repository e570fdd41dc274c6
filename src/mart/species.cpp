#include "mart/species.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace chr21::mart {
namespace {

struct Species {
    std::string_view prefix;  // of a stable ID, before its 11 digits
    std::string_view name;
};

// From Ensembl's list of stable ID prefixes.
constexpr std::array species_by_prefix = {
    Species{"ENSG", "Homo sapiens"},
    Species{"ENSMUSG", "Mus musculus"},
    Species{"ENSRNOG", "Rattus norvegicus"},
    Species{"ENSDARG", "Danio rerio"},
    Species{"ENSGALG", "Gallus gallus"},
    Species{"ENSSSCG", "Sus scrofa"},
    Species{"ENSBTAG", "Bos taurus"},
    Species{"ENSOARG", "Ovis aries"},
    Species{"ENSECAG", "Equus caballus"},
    Species{"ENSOCUG", "Oryctolagus cuniculus"},
    Species{"ENSPTRG", "Pan troglodytes"},
    Species{"ENSMMUG", "Macaca mulatta"},
    Species{"ENSCJPG", "Coturnix japonica"},
    Species{"ENSXETG", "Xenopus tropicalis"},
};

// The letters before 11 digits and perhaps a version, ".15", and "_PAR_Y"; empty if the ID has
// another form.
std::string_view prefix_of(std::string_view stable_id) {
    constexpr std::size_t digits = 11;
    const auto* const first = std::ranges::find_if(stable_id, text::is_digit);
    const auto prefix = stable_id.substr(0, static_cast<std::size_t>(first - stable_id.begin()));
    const auto rest = stable_id.substr(prefix.size());
    if (rest.size() < digits || !std::ranges::all_of(rest.substr(0, digits), text::is_digit))
        return {};
    const bool ends = rest.size() == digits || rest[digits] == '.' || rest.ends_with("_PAR_Y");
    return ends ? prefix : std::string_view();
}

}  // namespace

std::optional<std::string> species_of(std::span<const Gene> genes) {
    if (genes.empty()) return {};
    const auto prefix = prefix_of(genes.front().gene_stable_id);
    const auto* const known = std::ranges::find(species_by_prefix, prefix, &Species::prefix);
    if (known == species_by_prefix.end()) return {};
    const bool all_alike = std::ranges::all_of(
        genes, [&](const Gene& gene) { return prefix_of(gene.gene_stable_id) == prefix; });
    if (!all_alike) return {};
    return std::string(known->name);
}

}  // namespace chr21::mart
