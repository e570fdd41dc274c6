#include "gene/primary_chromosome.hpp"

#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace chr21 {

bool is_primary_chromosome(std::string_view name, const Karyotype& karyotype) {
    if (!karyotype.empty()) return !karyotype.names().alike(name).empty();
    constexpr std::size_t longest = 5;
    if (text::starts_ignoring_case(name, "chr")) name.remove_prefix(3);
    return !name.empty() && name.find_first_of("_.-") == std::string_view::npos &&
           count_characters(name) <= longest;
}

}  // namespace chr21
