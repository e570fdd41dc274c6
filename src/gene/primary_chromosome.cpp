#include "gene/primary_chromosome.hpp"

#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace chr21 {

bool is_primary_chromosome(std::string_view name, const Karyotype& karyotype) {
    constexpr std::size_t longest = 5;
    auto bare = name;
    if (text::starts_ignoring_case(bare, "chr")) bare.remove_prefix(3);
    if (karyotype.empty()) {
        return !bare.empty() && bare.find_first_of("_.-") == std::string_view::npos &&
               count_characters(bare) <= longest;
    }
    const bool is_mitochondrial =
        text::equal_ignoring_case(bare, "M") || text::equal_ignoring_case(bare, "MT");
    return karyotype.length(name) || karyotype.length(bare) ||
           (is_mitochondrial && karyotype.length("MT"));
}

}  // namespace chr21
