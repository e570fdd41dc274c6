#include "gene/region.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

namespace chr21 {
namespace {

constexpr auto expected_form = "expected chromosome:first-last, such as 21:25880550-26171128";
constexpr auto expected_number = "positions must be whole numbers from 1 to 4294967295";
constexpr auto too_large = "positions must not be larger than 4294967295";
constexpr auto bad_groups =
    "thousands separators must part groups of three digits, as in 25,880,550";
static_assert(std::numeric_limits<Position>::max() == 4294967295);

std::string text_of(std::string_view chromosome, Position first, Position last) {
    std::string text(chromosome);
    text.append(":").append(std::to_string(first));
    return text.append("-").append(std::to_string(last));
}

// "25,880,550": one to three digits, then a comma and three digits at a time.
bool is_well_grouped(std::string_view text) {
    const auto head = text.find(',');
    if (head == 0 || head > 3) return false;
    for (text.remove_prefix(head); !text.empty(); text.remove_prefix(4)) {
        if (text.size() < 4 || text.front() != ',') return false;
        if (text.substr(1, 3).contains(',')) return false;
    }
    return true;
}

// A position as people type it, or what is wrong with it.
std::expected<Position, const char*> parse_position(std::string_view text) {
    const auto allowed = [](char c) { return text::is_digit(c) || c == ','; };
    if (text.empty() || !std::ranges::all_of(text, allowed))
        return std::unexpected(expected_number);
    std::string digits(text);
    if (text.contains(',')) {
        if (!is_well_grouped(text)) return std::unexpected(bad_groups);
        std::erase(digits, ',');
    }
    Position position = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
    if (read.ec == std::errc::result_out_of_range) return std::unexpected(too_large);
    return position;
}

}  // namespace

Region::Region(std::string chromosome, Position first, Position last)
    : chromosome_(std::move(chromosome)), first_(first), last_(last) {}

Result<Region> Region::make(std::string chromosome, Position first, Position last) {
    const auto refuse = [&](const char* message) {
        return fault("region", text_of(chromosome, first, last), message);
    };
    if (chromosome.empty()) return refuse("chromosome is missing");
    if (first == 0 || last == 0) return refuse("positions start at 1");
    if (first > last) return refuse("first position is after the last");
    return Region(std::move(chromosome), first, last);
}

bool Region::overlaps(const Region& other) const {
    return first_ <= other.last_ && other.first_ <= last_ && chromosome_ == other.chromosome_;
}

Result<Region> parse_region(std::string_view text) {
    const auto refuse = [&](std::string message) {
        return fault("region", std::string(text), std::move(message));
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return refuse(expected_form);
    const auto positions = text.substr(colon + 1);
    const auto dash = positions.find('-');
    if (dash == std::string_view::npos) return refuse(expected_form);

    const auto chromosome = text.substr(0, colon);
    if (std::ranges::any_of(chromosome, text::is_control)) {
        return refuse("chromosome must not contain tabs, line ends or other control characters");
    }
    const auto first = parse_position(positions.substr(0, dash));
    if (!first) return refuse(first.error());
    const auto last = parse_position(positions.substr(dash + 1));
    if (!last) return refuse(last.error());

    auto region = Region::make(std::string(chromosome), *first, *last);
    if (!region) return refuse(region.error().message);
    return region;
}

std::string to_text(const Region& region) {
    return text_of(region.chromosome(), region.first(), region.last());
}

std::optional<Region> region_of(const Gene& gene) {
    if (!gene.chromosome || !gene.gene_start || !gene.gene_end) return {};
    auto region = Region::make(*gene.chromosome, *gene.gene_start, *gene.gene_end);
    if (!region) return {};
    return std::move(*region);
}

}  // namespace chr21
