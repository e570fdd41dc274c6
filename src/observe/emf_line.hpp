#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::observe {

struct EmfMetric {
    std::string_view name;
    std::string_view unit;  // "Count", "Milliseconds", "Seconds"
    double value = 0;       // finite
};

// Metrics that have the same dimensions.
struct EmfGroup {
    std::vector<std::string_view> dimensions;  // names of members; at most 30
    std::vector<EmfMetric> metrics;            // at most 100
};

// One line of CloudWatch's embedded metric format, with its line break.
struct EmfLine {
    std::string_view name_space;
    std::chrono::system_clock::time_point at;
    // Further members, which are the values of dimensions or for people who read the log.
    std::vector<std::pair<std::string_view, std::string_view>> members;
    std::vector<EmfGroup> groups;
};

std::string to_text(const EmfLine& line);

}  // namespace chr21::observe
