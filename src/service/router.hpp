#pragma once

#include "service/dialect.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::service {

// Where a request goes. Valid while the router is, and the path.
struct Match {
    static constexpr std::size_t most_path_values = 4;

    const Dialect* dialect = nullptr;
    const Route* route = nullptr;  // null: nothing at this path. Where no method fits, any of them
    std::uint16_t name_index = 0;  // in Router::names(); their number where nothing is there
    std::string_view name = {};    // "unmatched" where nothing is there
    std::uint8_t path_value_count = 0;
    std::array<std::string_view, most_path_values> path_values = {};  // as sent, in their order
    bool method_allowed = false;
    std::string_view allow = {};  // "GET, HEAD, OPTIONS": what works here; empty where nothing is
};

// The tables of several dialects, ready to be searched. Immutable, so safe to use from many
// threads.
class Router {
public:
    // `dialects`, at least one, must outlive the router. Throws std::invalid_argument, with the row
    // that is at fault, for what it cannot hold: a method other than GET and POST, one path and
    // method twice, a template that an earlier one hides, that has too many placeholders, begins
    // with one or is no path.
    explicit Router(std::span<const Dialect* const> dialects);

    // Finds the row of a path and a method; HEAD goes wherever GET does. Where several templates
    // fit, the first counts, whatever its methods.
    Match match(Method method, std::string_view path) const;

    // What the routes are called in metrics and logs: their templates, behind the dialect's name
    // for all but the first ("ensembl:/info/ping"). Rows of a dialect that differ only in their
    // method share one.
    const std::vector<std::string>& names() const { return names_; }

private:
    struct Row {
        const Dialect* dialect;
        const Route* route;
        std::uint16_t name_index;
    };
    struct Segment {
        std::string_view text;
        bool placeholder;
    };
    struct Template {
        std::uint64_t key;
        std::vector<Segment> segments = {};
        std::vector<Row> rows = {};  // one for each method
        std::string allow = {};
    };

    void add(const Dialect& dialect, const Route& route);
    Template& place_of(const Route& route);
    std::uint16_t name_index_of(const Dialect& dialect, const Route& route);

    static Template template_of(const Route& route);
    static bool has(const Template& pattern, Method method);
    static bool covers(const Template& one, const Template& two);
    static bool fits(const Template& pattern, std::string_view path, Match& match);

    std::vector<const Dialect*> dialects_;
    std::vector<Template> templates_;
    std::vector<std::string> names_;
    std::string allow_everywhere_;
};

}  // namespace chr21::service
