#pragma once

#include "gene/region.hpp"

#include <string>
#include <string_view>

namespace chr21::fuzz {

// What fails to hold for parse_region on `text`; empty when all does: a region is read back from
// its text, and a refusal carries the text and says why.
inline std::string region_complaint(std::string_view text) {
    const auto region = parse_region(text);
    if (!region) {
        const auto& error = region.error();
        const bool explains = error.parameter == "region" && error.value == text;
        return explains && !error.message.empty() ? "" : "the refusal does not say what was wrong";
    }
    if (region->chromosome().empty()) return "the chromosome is empty";
    if (region->first() == 0 || region->first() > region->last()) return "the positions are wrong";
    if (!region->overlaps(*region)) return "the region does not overlap itself";
    const auto again = parse_region(to_text(*region));
    return again && *again == *region ? "" : "the region is not read back from its text";
}

}  // namespace chr21::fuzz
