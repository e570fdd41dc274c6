#pragma once

#include "observe/counts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace chr21::observe {

// What one scrape shows.
struct Scrape {
    Totals totals;
    std::span<const std::string> routes;  // the last is "unmatched"
    std::string_view version;
    std::string_view commit;
    std::uint64_t gene_count = 0;
    std::uint64_t dataset_switches = 0;
    bool dataset_stale = false;
    std::optional<double> process_start_time;  // seconds since 1970
};

// In the Prometheus text format, version 0.0.4. Labels that never occurred are left out.
std::string to_exposition(const Scrape& scrape);

}  // namespace chr21::observe
