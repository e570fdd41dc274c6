#include "mart/distinct_values.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

constexpr std::size_t few = 64;

std::uint32_t to_place(std::size_t index) { return static_cast<std::uint32_t>(index) + 1; }

}  // namespace

std::uint32_t DistinctValues::place_of(const Owner& owner,
                                       std::vector<std::string>& values,
                                       std::string_view value) {
    if (!values.empty() && values.back() == value) return to_place(values.size() - 1);
    if (values.size() < few) {
        const auto known = std::ranges::find(values, value);
        if (known != values.end()) {
            return to_place(static_cast<std::size_t>(known - values.begin()));
        }
    } else {
        auto& places = many_[owner];
        for (auto index = places.size(); index < values.size(); ++index) {
            places.emplace(values[index], to_place(index));
        }
        if (const auto known = places.find(value); known != places.end()) return known->second;
    }
    values.emplace_back(value);
    return to_place(values.size() - 1);
}

}  // namespace chr21::mart
