#include "gene/gene.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <limits>
#include <system_error>

namespace chr21 {
namespace {

using text::is_digit;

bool is_number(std::string_view name) { return std::ranges::all_of(name, is_digit); }

bool is_mitochondrial(std::string_view name) {
    if (name.starts_with("chr")) name.remove_prefix(3);
    return name == "MT" || name == "Mt" || name == "M";
}

enum class Rank : std::uint8_t { number, name, mitochondrial, absent };

Rank rank_of(std::string_view chromosome) {
    if (chromosome.empty()) return Rank::absent;
    if (is_number(chromosome)) return Rank::number;
    return is_mitochondrial(chromosome) ? Rank::mitochondrial : Rank::name;
}

// Cuts the leading digits off `text` and answers them without leading zeros.
std::string_view take_number(std::string_view& text) {
    const auto size =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

// Digit runs by value, all else byte by byte; equal for "1" and "01".
std::strong_ordering natural_order(std::string_view left, std::string_view right) {
    while (!left.empty() && !right.empty()) {
        if (is_digit(left.front()) && is_digit(right.front())) {
            const auto a = take_number(left);
            const auto b = take_number(right);
            if (const auto by_size = a.size() <=> b.size(); by_size != 0) return by_size;
            if (const auto by_value = a <=> b; by_value != 0) return by_value;
            continue;
        }
        const auto a = static_cast<unsigned char>(left.front());
        const auto b = static_cast<unsigned char>(right.front());
        if (a != b) return a <=> b;
        left.remove_prefix(1);
        right.remove_prefix(1);
    }
    return left.size() <=> right.size();
}

std::string_view chromosome_of(const Gene& gene) {
    return gene.chromosome ? std::string_view(*gene.chromosome) : std::string_view();
}

// Absent starts come after every position that there can be.
std::uint64_t start_of(const Gene& gene) {
    return gene.gene_start ? *gene.gene_start : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

std::optional<Position> length(const Gene& gene) {
    if (!gene.gene_start || !gene.gene_end) return {};
    return *gene.gene_end - *gene.gene_start + 1;
}

std::optional<Position> to_position(std::string_view text) {
    Position position = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), position);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    if (position == 0) return {};
    return position;
}

std::optional<Strand> to_strand(std::string_view text) {
    if (text == "1" || text == "+") return Strand::forward;
    if (text == "-1" || text == "-") return Strand::reverse;
    return {};
}

std::span<const std::string> values_of(const Gene& gene, std::string_view attribute) {
    const auto found = std::ranges::find(gene.attributes, attribute, &Attribute::name);
    if (found == gene.attributes.end()) return {};
    return found->values;
}

bool chromosome_before(std::string_view left, std::string_view right) {
    if (left == right) return false;
    const auto left_rank = rank_of(left);
    const auto right_rank = rank_of(right);
    if (left_rank != right_rank) return left_rank < right_rank;
    const auto order = natural_order(left, right);
    return order != 0 ? order < 0 : left < right;
}

bool genome_before(const Gene& left, const Gene& right) {
    const auto left_chromosome = chromosome_of(left);
    const auto right_chromosome = chromosome_of(right);
    if (left_chromosome != right_chromosome) {
        return chromosome_before(left_chromosome, right_chromosome);
    }
    const auto left_start = start_of(left);
    const auto right_start = start_of(right);
    if (left_start != right_start) return left_start < right_start;
    return left.gene_stable_id < right.gene_stable_id;
}

}  // namespace chr21
