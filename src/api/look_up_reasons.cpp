#include "api/look_up_reasons.hpp"

#include "gene/other_names.hpp"
#include "gene/stable_id.hpp"
#include "text/fold.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace chr21::api {

namespace {

std::string named(const GeneLabel& gene) {
    if (gene.text == gene.gene_stable_id) return gene.text;
    return fmt::format("{} ({})", gene.text, gene.gene_stable_id);
}

// What the text is of the gene or genes.
std::string kind_of(const Match& match, std::span<const AttributeColumn> columns) {
    switch (match.kind) {
        case MatchKind::previous_name:
            return "a previous name";
        case MatchKind::synonym:
            return "a synonym";
        case MatchKind::attribute:
            return "the " + columns[match.attribute].name;
        default:
            return "the stable ID";
    }
}

bool has(std::span<const AttributeColumn> columns, std::string_view name) {
    return std::ranges::find(columns, name, &AttributeColumn::name) != columns.end();
}

// The versions of the ID that the gene's values of these attributes have.
template <class IsWanted>
std::vector<std::string> versions_in(const std::vector<Attribute>& attributes,
                                     const VersionedId& id,
                                     const IsWanted& is_wanted) {
    std::vector<std::string> versions;
    for (const auto& [name, values] : attributes) {
        if (!is_wanted(name)) continue;
        for (const auto& value : values) {
            const auto folded = fold(value);
            const auto other = read_version(folded);
            if (!other || other->version.empty() || !differ_in_version_alone(*other, id)) continue;
            versions.emplace_back(other->version);
        }
    }
    return versions;
}

std::vector<std::string> versions_of_gene(const GeneRecord& gene,
                                          const VersionedId& id,
                                          std::span<const AttributeColumn> columns) {
    constexpr std::string_view plain = "version";
    constexpr std::string_view with_id = "ensembl_gene_id_version";
    const auto folded = fold(gene.gene_stable_id());
    const auto own = read_version(folded);
    if (own && !own->version.empty()) return {std::string(own->version)};
    if (!has(columns, plain) && !has(columns, with_id)) return {};
    const auto attributes = gene.attributes();
    const auto found = std::ranges::find(attributes, plain, &Attribute::name);
    if (found != attributes.end()) return found->values;
    return versions_in(attributes, id, [&](std::string_view name) { return name == with_id; });
}

// The column that was found may have none, and another one may.
std::vector<std::string> versions_of_other_id(const GeneRecord& gene, const VersionedId& id) {
    return versions_in(gene.attributes(), id, [](std::string_view name) {
        return other_name_of(name) == OtherName::identifier;
    });
}

}  // namespace

std::string list_of(std::span<const GeneLabel> genes) {
    std::string list;
    for (const auto& gene : genes) list.append(list.empty() ? "" : ", ").append(gene.text);
    return list;
}

std::string what_it_is(const Match& match, std::span<const AttributeColumn> columns) {
    const auto kind = kind_of(match, columns);
    if (match.record != nullptr) {
        return fmt::format("it is {} of {}", kind, named(label_of(*match.record)));
    }
    auto text = match.kind == MatchKind::stable_id
                    ? fmt::format("{} genes have it with another version: ", match.meant.count)
                    : fmt::format("it is {} of {} genes: ", kind, match.meant.count);
    std::string_view before;
    for (const auto& gene : match.meant.first) {
        text.append(before).append(named(gene));
        before = ", ";
    }
    const auto rest = match.meant.count - match.meant.first.size();
    if (rest > 0) text += fmt::format(" and {} more", rest);
    return text;
}

std::optional<OtherVersion> other_version(std::string_view text,
                                          const Match& match,
                                          std::span<const AttributeColumn> columns) {
    const bool is_id = match.kind == MatchKind::stable_id || match.kind == MatchKind::attribute;
    if (match.record == nullptr || !is_id || !text.contains('.')) return {};
    const auto folded = fold(text);
    const auto id = read_version(folded);
    if (!id || id->version.empty()) return {};
    const auto known = match.kind == MatchKind::stable_id
                           ? versions_of_gene(*match.record, *id, columns)
                           : versions_of_other_id(*match.record, *id);
    if (known.empty() || std::ranges::find(known, id->version) != known.end()) return {};
    return OtherVersion{.requested = std::string(id->version), .dataset = known.front()};
}

}  // namespace chr21::api
