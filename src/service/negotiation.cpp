#include "service/negotiation.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace chr21::service {
namespace {

// One element of an Accept or Accept-Encoding header, well-formed and without its parameters.
struct Weighted {
    std::string_view name;
    int weight = 1000;  // q in thousandths
};

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char character) {
        return text::is_digit(character) || text::is_letter(character) || marks.contains(character);
    });
}

// Cuts off what stands before the first `separator` outside quotes, and the separator.
std::string_view take(std::string_view& rest, char separator) {
    bool quoted = false;
    std::size_t end = 0;
    for (; end < rest.size() && (quoted || rest[end] != separator); ++end) {
        if (rest[end] == '"') quoted = !quoted;
        if (quoted && rest[end] == '\\') ++end;
    }
    const auto taken = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
}

// RFC 9110 section 12.4.2. ".2" is no qvalue there, but Java's HttpURLConnection long sent it.
std::optional<int> parse_weight(std::string_view text) {
    const auto dot = std::min(text.find('.'), text.size());
    const auto whole = text.substr(0, dot);
    const auto decimals = text.substr(std::min(dot + 1, text.size()));
    if (decimals.size() > 3 || !std::ranges::all_of(decimals, text::is_digit)) return std::nullopt;
    int thousandths = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        thousandths = (thousandths * 10) + (i < decimals.size() ? decimals[i] - '0' : 0);
    }
    if (whole == "1") return thousandths == 0 ? std::optional(1000) : std::nullopt;
    const bool below_one = whole == "0" || (whole.empty() && !decimals.empty());
    return below_one ? std::optional(thousandths) : std::nullopt;
}

bool is_parameter(std::string_view name, std::string_view value) {
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return is_token(name) && (quoted || is_token(value));
}

std::optional<Weighted> parse_element(std::string_view element) {
    Weighted weighted{.name = take(element, ';')};
    while (!element.empty()) {
        const auto parameter = take(element, ';');
        if (parameter.empty()) continue;
        const auto equals = parameter.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = parameter.substr(0, equals);
        const auto value = parameter.substr(equals + 1);
        if (!is_parameter(name, value)) return std::nullopt;
        if (!text::equal_ignoring_case(name, "q")) continue;
        const auto weight = parse_weight(value);
        if (!weight) return std::nullopt;
        weighted.weight = *weight;
    }
    return weighted;
}

template <class WellFormed>
std::vector<Weighted> parse_list(std::string_view header, WellFormed well_formed) {
    std::vector<Weighted> list;
    while (!header.empty()) {
        const auto weighted = parse_element(take(header, ','));
        if (weighted && well_formed(weighted->name)) list.push_back(*weighted);
    }
    return list;
}

// "*" alone is no media range, but old Java clients send it for "*/*".
bool is_media_range(std::string_view name) {
    const auto slash = std::min(name.find('/'), name.size());
    return name == "*" || (is_token(name.substr(0, slash)) && slash < name.size() &&
                           is_token(name.substr(slash + 1)));
}

// 3 for the type itself, 2 for its "text/*", 1 for "*/*", 0 for a range that does not hold it.
int specificity(std::string_view range, std::string_view media_type) {
    if (text::equal_ignoring_case(range, media_type)) return 3;
    if (range == "*/*" || range == "*") return 1;
    const auto major = range.substr(0, range.find('/') + 1);
    const bool whole_major = range.substr(major.size()) == "*";
    return whole_major && text::equal_ignoring_case(major, media_type.substr(0, major.size())) ? 2
                                                                                               : 0;
}

struct Preference {
    int weight = 0;
    int specificity = 0;

    auto operator<=>(const Preference&) const = default;
};

// What the most specific range that holds `media_type` says about it; the larger q of two such.
Preference preference_for(std::string_view media_type, std::span<const Weighted> ranges) {
    Preference found;
    for (const Weighted& range : ranges) {
        const Preference said{.weight = range.weight,
                              .specificity = specificity(range.name, media_type)};
        if (said.specificity == 0 || said.specificity < found.specificity) continue;
        if (said.specificity > found.specificity || said.weight > found.weight) found = said;
    }
    return found;
}

// The q that a list gives one of `names`, or "*" where it has none of them.
std::optional<int> weight_of(std::span<const std::string_view> names,
                             std::span<const Weighted> codings) {
    std::optional<int> of_any;
    for (const Weighted& coding : codings) {
        const auto is_it = [&](std::string_view name) {
            return text::equal_ignoring_case(name, coding.name);
        };
        if (std::ranges::any_of(names, is_it)) return coding.weight;
        if (coding.name == "*" && !of_any) of_any = coding.weight;
    }
    return of_any;
}

}  // namespace

std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offered) {
    const auto ranges = parse_list(accept, is_media_range);
    if (ranges.empty() && !offered.empty()) return 0;
    std::optional<std::size_t> chosen;
    Preference best;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        const auto preference = preference_for(offered[i], ranges);
        if (preference.weight == 0 || preference <= best) continue;
        chosen = i;
        best = preference;
    }
    return chosen;
}

std::optional<Coding> choose_coding(std::string_view accept_encoding) {
    constexpr std::array<std::string_view, 1> brotli_names{"br"};
    constexpr std::array<std::string_view, 2> gzip_names{"gzip", "x-gzip"};
    constexpr std::array<std::string_view, 1> identity_names{"identity"};
    const auto codings = parse_list(accept_encoding, is_token);
    const int brotli = weight_of(brotli_names, codings).value_or(0);
    const int gzip = weight_of(gzip_names, codings).value_or(0);
    const auto identity = weight_of(identity_names, codings);
    if (brotli > 0 && brotli >= gzip && brotli >= identity.value_or(0)) return Coding::brotli;
    if (gzip > 0 && gzip >= identity.value_or(0)) return Coding::gzip;
    if (identity == 0) return std::nullopt;
    return Coding::identity;  // acceptable unless refused, though the least wanted
}

}  // namespace chr21::service
