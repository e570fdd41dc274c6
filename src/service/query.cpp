#include "service/query.hpp"

#include "text/percent_coding.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace chr21::service {

namespace {

std::optional<std::string> decoded(std::string_view text, Plus plus) {
    if (plus == Plus::stays || !text.contains('+')) return text::percent_decoded(text);
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return text::percent_decoded(spaced);
}

// find_first_of() asks for each byte anew, where one separator is found in a sweep.
std::size_t end_of_part(std::string_view query, std::string_view separators) {
    const auto end =
        separators.size() == 1 ? query.find(separators.front()) : query.find_first_of(separators);
    return std::min(end, query.size());
}

}  // namespace

Target split_target(std::string_view target) {
    const auto question = target.find('?');
    if (question == std::string_view::npos) return {target, {}};
    return {target.substr(0, question), target.substr(question + 1)};
}

std::vector<QueryPart> split_query(std::string_view query, std::string_view separators) {
    std::vector<QueryPart> parts;
    while (!query.empty()) {
        const auto end = end_of_part(query, separators);
        const auto part = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (part.empty()) continue;
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) {
            parts.push_back({part, std::nullopt});
        } else {
            parts.push_back({part.substr(0, equals), part.substr(equals + 1)});
        }
    }
    return parts;
}

std::expected<std::string, std::string_view> percent_decode(std::string_view text, Plus plus) {
    auto read = decoded(text, plus);
    if (!read) return std::unexpected("has a % without two hexadecimal digits after it");
    if (read->contains('\0')) return std::unexpected("holds a NUL character");
    if (find_invalid_utf8(*read)) return std::unexpected("is not UTF-8");
    return *std::move(read);
}

}  // namespace chr21::service
