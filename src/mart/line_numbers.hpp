#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// Where something was found, from the first line of the export to the last.
struct LineNumbers {
    std::uint64_t count = 0;              // of what was found; a line may have several
    std::uint64_t lines = 0;              // on which it was found
    std::vector<std::size_t> first = {};  // of these lines, 1-based, at most 5
    std::size_t latest = 0;

    void add(std::size_t line);

    friend bool operator==(const LineNumbers&, const LineNumbers&) = default;
};

// "line 2"; "lines 2, 3"; "lines 2, 3, 4, 5, 6 and 3 more".
std::string to_text(const LineNumbers& lines);

// "1 row", "2 rows".
std::string counted(std::uint64_t count, std::string_view what);

}  // namespace chr21::mart
