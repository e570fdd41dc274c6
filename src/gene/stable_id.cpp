#include "gene/stable_id.hpp"

#include "text/ascii.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <cstddef>

namespace chr21 {
namespace {

std::size_t count_leading(std::string_view text, bool (*is_wanted)(char)) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, is_wanted) - text.begin());
}

// The bytes of the ID before its version; 0 where the text is of another kind.
std::size_t ensembl_stem(std::string_view text) {
    constexpr std::size_t digits = 11;
    if (!text.starts_with("ens")) return 0;
    const auto letters = count_leading(text, text::is_letter);
    const bool fits = count_leading(text.substr(letters), text::is_digit) == digits;
    return fits ? letters + digits : 0;
}

std::size_t refseq_stem(std::string_view text) {
    constexpr std::size_t fewest_digits = 6;
    constexpr std::size_t prefix = 3;
    const bool is_prefixed =
        text.size() > prefix && count_leading(text, text::is_letter) == 2 && text[2] == '_';
    if (!is_prefixed) return 0;
    const auto digits = count_leading(text.substr(prefix), text::is_digit);
    return digits >= fewest_digits ? prefix + digits : 0;
}

}  // namespace

std::optional<VersionedId> read_version(std::string_view folded_id) {
    const auto size = std::max(ensembl_stem(folded_id), refseq_stem(folded_id));
    if (size == 0) return {};
    VersionedId id{.stem = folded_id.substr(0, size), .version = {}, .rest = {}};
    auto behind = folded_id.substr(size);
    if (behind.starts_with('.')) {
        id.version = behind.substr(1, count_leading(behind.substr(1), text::is_digit));
        if (id.version.empty()) return {};
        behind.remove_prefix(1 + id.version.size());
    }
    if (!behind.empty() && behind != "_par_y") return {};
    id.rest = behind;
    return id;
}

std::string without_version(std::string_view folded_id) {
    const auto id = read_version(folded_id);
    return id ? id->unversioned() : fold_stable_id(folded_id);
}

bool differ_in_version_alone(const VersionedId& left, const VersionedId& right) {
    return left.stem == right.stem && left.rest == right.rest;
}

}  // namespace chr21
