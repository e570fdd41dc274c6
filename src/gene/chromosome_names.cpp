#include "gene/chromosome_names.hpp"

#include "text/ascii.hpp"
#include "text/fold.hpp"
#include "text/typo.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chr21 {
namespace {

struct Accessions {
    std::string_view refseq;
    std::string_view genbank;
    std::string_view chromosome;
};

// NCBI's assembly report of GRCh38 (GCF_000001405.26, GCA_000001405.15), folded. Versions count:
// "NC_000021.8" is chromosome 21 of GRCh37, where genes lie elsewhere.
constexpr std::array<Accessions, 25> grch38{{
    {"nc_000001.11", "cm000663.2", "1"},  {"nc_000002.12", "cm000664.2", "2"},
    {"nc_000003.12", "cm000665.2", "3"},  {"nc_000004.12", "cm000666.2", "4"},
    {"nc_000005.10", "cm000667.2", "5"},  {"nc_000006.12", "cm000668.2", "6"},
    {"nc_000007.14", "cm000669.2", "7"},  {"nc_000008.11", "cm000670.2", "8"},
    {"nc_000009.12", "cm000671.2", "9"},  {"nc_000010.11", "cm000672.2", "10"},
    {"nc_000011.10", "cm000673.2", "11"}, {"nc_000012.12", "cm000674.2", "12"},
    {"nc_000013.11", "cm000675.2", "13"}, {"nc_000014.9", "cm000676.2", "14"},
    {"nc_000015.10", "cm000677.2", "15"}, {"nc_000016.10", "cm000678.2", "16"},
    {"nc_000017.11", "cm000679.2", "17"}, {"nc_000018.10", "cm000680.2", "18"},
    {"nc_000019.10", "cm000681.2", "19"}, {"nc_000020.11", "cm000682.2", "20"},
    {"nc_000021.9", "cm000683.2", "21"},  {"nc_000022.11", "cm000684.2", "22"},
    {"nc_000023.11", "cm000685.2", "x"},  {"nc_000024.10", "cm000686.2", "y"},
    {"nc_012920.1", "j01415.2", "mt"},
}};

std::string_view chromosome_of(std::string_view folded_accession) {
    const auto* const found = std::ranges::find_if(grch38, [&](const Accessions& one) {
        return one.refseq == folded_accession || one.genbank == folded_accession;
    });
    return found == grch38.end() ? std::string_view() : found->chromosome;
}

}  // namespace

std::string_view without_chr(std::string_view name) {
    constexpr std::string_view prefix = "chr";
    if (!text::starts_ignoring_case(name, prefix)) return name;
    const auto rest = name.substr(std::min(prefix.size(), name.size()));
    const bool is_whole_word =
        rest.empty() || rest.front() == '_' || text::starts_ignoring_case(rest, "omosome");
    return is_whole_word ? name : rest;
}

ChromosomeNames::ChromosomeNames(const std::vector<std::string>& names,
                                 const std::optional<std::string>& assembly)
    : is_grch38_(assembly == "GRCh38") {
    std::vector<std::pair<std::string, std::string>> keyed;
    keyed.reserve(names.size());
    for (const auto& name : names) keyed.emplace_back(key_of(name), name);
    std::ranges::sort(keyed);
    keys_.reserve(keyed.size());
    names_.reserve(keyed.size());
    for (auto& [key, name] : keyed) {
        keys_.push_back(std::move(key));
        names_.push_back(std::move(name));
    }
}

std::string ChromosomeNames::key_of(std::string_view name) const {
    auto key = fold(without_chr(name));
    if (key == "m") return "mt";
    if (is_grch38_) {
        if (const auto chromosome = chromosome_of(key); !chromosome.empty())
            return std::string(chromosome);
    }
    return key;
}

std::span<const std::string> ChromosomeNames::alike(std::string_view written) const {
    const auto found = std::ranges::equal_range(keys_, key_of(written));
    const auto first = static_cast<std::size_t>(found.begin() - keys_.begin());
    return std::span(names_).subspan(first, found.size());
}

std::span<const std::string> ChromosomeNames::meant_by(std::string_view written) const {
    const auto all = alike(written);
    const auto as_written = std::ranges::find(all, written);
    if (as_written == all.end()) return all;
    return all.subspan(static_cast<std::size_t>(as_written - all.begin()), 1);
}

std::vector<std::string> ChromosomeNames::nearest(std::string_view written,
                                                  std::size_t most) const {
    constexpr std::size_t longest_compared = 64;
    constexpr std::size_t most_compared = 1000;
    auto key = key_of(written);
    const auto place =
        static_cast<std::size_t>(std::ranges::lower_bound(keys_, key) - keys_.begin());
    const auto first = place - std::min(place, most_compared / 2);
    const auto last = std::min(first + most_compared, keys_.size());
    key.resize(std::min(key.size(), longest_compared));
    std::vector<std::pair<unsigned, std::size_t>> compared;
    for (auto at = first; at < last; ++at) {
        const auto other = std::string_view(keys_[at]).substr(0, longest_compared);
        compared.emplace_back(typo_distance(key, other), at);
    }
    const auto kept = std::min(most, compared.size());
    std::ranges::partial_sort(compared, compared.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<std::string> names;
    names.reserve(kept);
    for (std::size_t i = 0; i < kept; ++i) names.push_back(names_[compared[i].second]);
    return names;
}

}  // namespace chr21
