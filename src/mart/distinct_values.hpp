#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace chr21::mart {

// Adds values to those of genes' attributes, each once.
class DistinctValues {
public:
    // Whose values they are: the place of a gene, and that of an attribute.
    using Owner = std::pair<std::size_t, std::size_t>;

    // The place of `value` among the owner's `values`, from 1; it is added where it is not there.
    std::uint32_t place_of(const Owner& owner,
                           std::vector<std::string>& values,
                           std::string_view value);

private:
    struct Hash {
        using is_transparent = void;
        using is_avalanching = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Places = boost::unordered_flat_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

    // Of owners with many values. Most genes have few, of which a look at each is quickest.
    std::map<Owner, Places> many_;
};

}  // namespace chr21::mart
