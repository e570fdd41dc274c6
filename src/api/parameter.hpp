#pragma once

#include "api/faults.hpp"
#include "api/gene_field.hpp"
#include "gene/gene.hpp"
#include "gene/karyotype.hpp"
#include "gene/region.hpp"
#include "gene/result.hpp"
#include "gene/sort.hpp"
#include "service/notice.hpp"
#include "service/query.hpp"
#include "store/gene_store.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/container/small_vector.hpp>

namespace chr21::api {

// What a parameter's text stands for, and so how it is checked and described.
enum class ParameterKind : std::uint8_t {
    text,
    integer,
    choice,
    sort,
    fields,
    search_columns,
    region,
    band,
    strand,
    chromosome,
    gene_type,
    biotype,
    gene_name,
    gene_stable_id
};

// What values that name something are checked against. Both outlive the call.
struct Bounds {
    const GeneStore& store;
    const Karyotype& karyotype;
};

// The longest name, stable ID or text to search for, in characters. No gene has a longer one.
inline constexpr std::uint32_t longest_text = 256;

// One parameter of a route, as the route table declares it.
struct Parameter {
    std::string_view name;
    std::string_view description;
    ParameterKind kind = ParameterKind::text;
    bool in_path = false;
    bool as_sent = false;  // what is not seen round a value counts
    bool required = false;
    bool repeatable = false;        // several values mean OR
    std::uint32_t most_values = 0;  // 0: any number
    std::uint32_t longest = 0;      // of a value, in characters; 0: any length
    // A chromosome or gene type that names nothing is a fault. Where it is none, no gene fits and
    // the answer says so in a notice.
    bool must_name = false;
    std::uint32_t minimum = 0;
    std::uint32_t maximum = 0;
    std::string_view standard = {};  // the value when it is left out, where there is one
    std::span<const std::string_view> choices = {};
    std::string_view example = {};
    std::string_view only_with = {};  // another parameter, without which this one means nothing
    // A family: its parameters are called as this one, with one of these behind.
    std::vector<std::string> (*members)(const Bounds& bounds) = nullptr;
};

// A parameter's value, checked: text and choices keep only their text.
using ParameterValue = std::variant<std::monostate,
                                    std::uint32_t,
                                    Region,
                                    std::vector<Region>,
                                    Strand,
                                    Sort,
                                    std::vector<Field>,
                                    std::vector<std::string>>;

struct Argument {
    const Parameter* parameter;
    std::string text;
    ParameterValue value = {};
    std::string member = {};  // which one of a family
};

// The arguments of one request, all of them checked.
class Arguments {
public:
    template <class... Part>  // of an Argument, in their order
    void add(Part&&... parts) {
        arguments_.emplace_back(std::forward<Part>(parts)...);
    }

    // What the caller should know of how its values were understood.
    void add_notice(service::Notice notice) { notices_.push_back(std::move(notice)); }
    const std::vector<service::Notice>& notices() const { return notices_; }

    const Argument* find(std::string_view name) const;
    // The text, or null where the parameter was left out.
    const std::string* text(std::string_view name) const;
    std::optional<std::uint32_t> integer(std::string_view name) const;
    // All that the query gives; what the path gives is found, and no filter.
    template <class Visitor>
    void for_each(std::string_view name, Visitor&& visitor) const {
        for (const auto& argument : arguments_) {
            const auto& parameter = *argument.parameter;
            if (parameter.name == name && !parameter.in_path) visitor(argument);
        }
    }

private:
    // Most requests have one or two, which take no memory of their own.
    boost::container::small_vector<Argument, 2> arguments_;
    std::vector<service::Notice> notices_;
};

// Checks the path's values (in the order of the path parameters) and a query against what a route
// declares. What is not seen round a value is ignored (text/invisible.hpp), but for texts to search
// for; and a value with dashes of other kinds is read as it is written first, then with "-" for
// each. A parameter that is left out takes its standard value, where it has one. Adds every fault
// to `faults`: a parameter that is unknown, empty, missing, given too often or without the one that
// it goes with, badly encoded, too long, or of a value that is not allowed or names nothing.
Arguments parse_arguments(std::span<const Parameter> parameters,
                          std::span<const std::string_view> path_values,
                          std::span<const service::QueryPart> query,
                          const Bounds& bounds,
                          Faults& faults);

}  // namespace chr21::api
