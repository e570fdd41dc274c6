#include "api/estimates.hpp"

#include "text/ascii.hpp"

#include <algorithm>
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
constexpr double filtering = 5;               // per gene and value of a filter
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

double filtering_of(const Outlook& outlook) {
    const auto columns = has(outlook, "search_in") ? 3 : 1;
    double values = 0;
    for (const auto& part : outlook.query) {
        if (part.name == "page" || part.name == "page_size" || part.name == "format" ||
            part.name == "fields" || part.name == "dataset") {
            continue;
        }
        values += part.name == "search" ? columns : 1;
    }
    const auto sorts = has(outlook, "sort") ? sorting : 0;
    return genes_of(outlook) * (filtering * values + sorts);
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
