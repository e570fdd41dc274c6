#include "api/estimates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chr21::api {
namespace {

using service::Outlook;
using service::QueryPart;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

// In nanoseconds.
constexpr double reading_a_byte = 500;  // of a query, each of which may be at fault
constexpr double reading_a_body_byte = 100;
constexpr double looking_for_a_byte = 0.035;  // of a text that is not there, per gene
constexpr double sorting = 200;               // per gene
constexpr double summarising = 100;           // per gene and group
constexpr double writing = 400;               // per gene, as it is stored
constexpr double writing_fields = 2500;       // per gene
constexpr double packing = 3500;              // per gene

nanoseconds to_nanoseconds(double cost) {
    return nanoseconds(static_cast<std::int64_t>(std::min(cost, 1e15)));
}

double genes_of(const Outlook& outlook) { return static_cast<double>(outlook.gene_count); }

double reading_query(const Outlook& outlook) {
    return reading_a_byte * static_cast<double>(outlook.target.query.size());
}

const QueryPart* find_part(const Outlook& outlook, std::string_view name) {
    const auto found = std::ranges::find(outlook.query, name, &QueryPart::name);
    return found == outlook.query.end() ? nullptr : &*found;
}

bool has(const Outlook& outlook, std::string_view name) {
    return find_part(outlook, name) != nullptr;
}

// What a list is cut to, where its size is told.
std::optional<double> page_size(const Outlook& outlook) {
    constexpr double of_json = 25;
    const auto* const size = find_part(outlook, "page_size");
    if (size != nullptr && size->value) {
        std::uint32_t number = 0;
        std::from_chars(size->value->data(), size->value->data() + size->value->size(), number);
        return number;
    }
    const auto* const format = find_part(outlook, "format");
    if (format != nullptr) {
        return format->value == "json" ? std::optional(of_json) : std::nullopt;
    }
    const auto accept = outlook.request.accept;
    const bool is_json = accept.empty() || accept == "*/*" || accept == "application/json";
    return is_json ? std::optional(of_json) : std::nullopt;
}

// What a value of a filter costs, in nanoseconds per gene. There are indexes for names and IDs, for
// places, and for texts of at least three bytes, which may still be in many genes.
double filtering_of(const QueryPart& part, double searched_columns) {
    struct Filter {
        std::string_view name;
        double cost;
    };
    constexpr std::size_t indexed_bytes = 3;
    constexpr double short_search = 2.5;  // of one column
    constexpr auto filters = std::to_array<Filter>({{"search", 2},
                                                    {"name", 0},
                                                    {"gene_stable_id", 0},
                                                    {"region", 0.2},
                                                    {"band", 0.2},
                                                    {"gene_type", 0.5},
                                                    {"biotype", 0.5},
                                                    {"chromosome", 0.5},
                                                    {"strand", 5},
                                                    {"min_length", 5},
                                                    {"max_length", 5}});
    constexpr double attribute = 5;
    if (part.name == "search" && part.value.value_or("").size() < indexed_bytes) {
        return short_search * searched_columns;
    }
    const auto* const found = std::ranges::find(filters, part.name, &Filter::name);
    if (found != filters.end()) return found->cost;
    return part.name.starts_with("attribute.") ? attribute : 0;
}

double filtering_of(const Outlook& outlook) {
    constexpr double usual_columns = 2;
    const auto* const columns = find_part(outlook, "search_in");
    const double searched = columns == nullptr || !columns->value
                                ? usual_columns
                                : 1 + static_cast<double>(std::ranges::count(*columns->value, ','));
    double cost = has(outlook, "sort") ? sorting : 0;
    for (const auto& part : outlook.query) cost += filtering_of(part, searched);
    return cost * genes_of(outlook);
}

}  // namespace

nanoseconds estimate_list(const Outlook& outlook) {
    const double all = genes_of(outlook);
    const double rows = std::min(all, page_size(outlook).value_or(all));
    const double row = writing + (has(outlook, "fields") ? writing_fields : 0) +
                       (outlook.request.accept_encoding.empty() ? 0 : packing);
    return to_nanoseconds(reading_query(outlook) + filtering_of(outlook) + (rows * row));
}

nanoseconds estimate_lookup(const Outlook& outlook) {
    const auto bytes = static_cast<double>(outlook.request.body.size());
    return to_nanoseconds(reading_query(outlook) +
                          bytes * (reading_a_body_byte + looking_for_a_byte * genes_of(outlook)));
}

nanoseconds estimate_suggestions(const Outlook& outlook) {
    const auto bytes = static_cast<double>(outlook.target.query.size());
    return to_nanoseconds(bytes * (reading_a_byte + looking_for_a_byte * genes_of(outlook)));
}

nanoseconds estimate_one(const Outlook& outlook) {
    const auto bytes = static_cast<double>(outlook.target.path.size());
    return to_nanoseconds(reading_query(outlook) + bytes * looking_for_a_byte * genes_of(outlook));
}

nanoseconds estimate_summary(const Outlook& outlook) {
    return to_nanoseconds(reading_query(outlook) + filtering_of(outlook) +
                          summarising * genes_of(outlook));
}

nanoseconds estimate_file(const Outlook& outlook) {
    const bool as_it_is = outlook.request.accept_encoding == "gzip";
    return as_it_is ? nanoseconds{} : microseconds{100'000};
}

}  // namespace chr21::api
