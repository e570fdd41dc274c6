#include "mart/distinct_values.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include <boost/unordered/unordered_flat_set.hpp>

namespace chr21::mart {
namespace {

// Up to here a look at each is quickest; a gene with more transcripts or phenotypes is rare.
constexpr std::size_t few = 64;

}  // namespace

void add_value(std::vector<std::string>& values, std::string_view value) {
    if (values.size() < few) {
        if (std::ranges::find(values, value) == values.end()) values.emplace_back(value);
        return;
    }
    if (values.back() == value) return;
    // Doubling makes the whole cost linear.
    if (std::has_single_bit(values.size())) keep_distinct(values);
    values.emplace_back(value);
}

void keep_distinct(std::vector<std::string>& values) {
    if (values.size() < few) return;
    boost::unordered_flat_set<std::string_view> seen;
    seen.reserve(values.size());
    std::vector<std::string> kept;
    kept.reserve(values.size());  // `seen` looks into it
    for (auto& value : values) {
        if (seen.contains(value)) continue;
        kept.push_back(std::move(value));
        seen.insert(kept.back());
    }
    values = std::move(kept);
}

}  // namespace chr21::mart
