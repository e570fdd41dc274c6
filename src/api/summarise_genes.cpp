#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"
#include "api/unknown_genes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

namespace chr21::api {

namespace {

struct Group {
    std::optional<std::string> value;  // absent: genes without one
    std::uint64_t count = 0;
    std::vector<Position> lengths = {};  // bp, of the genes whose ends are known
};

// Groups under the value that `by` reads from a gene; a gene may be in several, as with bands.
class Groups {
public:
    void add(std::optional<std::string> value, const Gene& gene) {
        auto& group = groups_[value];
        group.value = std::move(value);
        ++group.count;
        if (const auto bp = length(gene)) group.lengths.push_back(*bp);
    }

    // Most genes first; chromosomes and bands as they lie in the genome instead.
    std::vector<Group> in_order(std::string_view by, const std::vector<std::string>& band_order) {
        std::vector<Group> ordered;
        ordered.reserve(groups_.size());
        for (auto& [value, group] : groups_) ordered.push_back(std::move(group));
        if (by == "chromosome") {
            std::ranges::sort(ordered, [](const Group& left, const Group& right) {
                return chromosome_before(left.value.value_or(""), right.value.value_or(""));
            });
        } else if (by == "band") {
            std::ranges::sort(ordered, {}, [&band_order](const Group& group) {
                return group.value
                           ? std::ranges::find(band_order, *group.value) - band_order.begin()
                           : std::ssize(band_order);
            });
        } else {
            std::ranges::sort(ordered, [](const Group& left, const Group& right) {
                return std::tuple(right.count, !left.value, left.value) <
                       std::tuple(left.count, !right.value, right.value);
            });
        }
        return ordered;
    }

private:
    std::map<std::optional<std::string>, Group> groups_;
};

std::vector<std::string> all_bands(const Call& call) {
    std::vector<std::string> titles;
    for (const auto& [chromosome, count] : call.store.chromosomes()) {
        for (const auto& band : call.karyotype.bands(chromosome)) {
            titles.push_back(title_of(band));
        }
    }
    return titles;
}

void add(Groups& groups, std::string_view by, const Gene& gene, const Karyotype& karyotype) {
    if (by == "gene_type") return groups.add(gene.gene_type, gene);
    if (by == "chromosome") return groups.add(gene.chromosome, gene);
    if (by == "strand") {
        if (!gene.strand) return groups.add(std::nullopt, gene);
        return groups.add(gene.strand == Strand::forward ? "1" : "-1", gene);
    }
    const auto place = region_of(gene);
    const auto bands = place ? karyotype.bands_of(*place) : std::vector<Band>{};
    if (bands.empty()) return groups.add(std::nullopt, gene);
    for (const auto& band : bands) groups.add(title_of(band), gene);
}

// The quantile of sorted values, interpolated linearly between neighbours (type 7 of Hyndman and
// Fan 1996, which R and NumPy use).
double quantile(const std::vector<Position>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(static_cast<double>(sorted[below]),
                     static_cast<double>(sorted[above]),
                     at - static_cast<double>(below));
}

void write_lengths(text::JsonWriter& json, std::vector<Position>& lengths) {
    if (lengths.empty()) return json.null();
    std::ranges::sort(lengths);
    json.begin_object();
    json.member("min", lengths.front());
    json.member("q1", quantile(lengths, 0.25));
    json.member("median", quantile(lengths, 0.5));
    json.member("q3", quantile(lengths, 0.75));
    json.member("max", lengths.back());
    json.end_object();
}

void write_group(text::JsonWriter& json, Group& group, bool is_number) {
    json.begin_object();
    json.key("value");
    if (group.value && is_number) {
        json.raw(*group.value);
    } else {
        json.value(group.value);
    }
    json.member("count", group.count);
    json.key("length");
    write_lengths(json, group.lengths);
    json.end_object();
}

}  // namespace

Answer summarise_genes(const Call& call) {
    const auto& by = *call.arguments.text("by");
    const auto genes = call.store.list(to_filter(call.arguments, call.store), {}, {});
    if (auto refused = refuse_unknown_genes(call, genes.total)) {
        return std::unexpected(*std::move(refused));
    }
    Groups groups;
    for (const auto* record : genes.genes) add(groups, by, record->gene(), call.karyotype);

    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.member("by", by);
    json.member("total", genes.total);
    json.begin_array("groups");
    for (auto& group : groups.in_order(by, all_bands(call))) {
        write_group(json, group, by == "strand");
    }
    json.end_array();
    json.end_object();
    return content;
}

}  // namespace chr21::api
