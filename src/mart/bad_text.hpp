#pragma once

#include "gene/result.hpp"
#include "mart/read_report.hpp"
#include "mart/rows.hpp"

#include <optional>
#include <span>

namespace chr21::mart {

// The first cell that holds a NUL byte or is not UTF-8.
std::optional<Error> find_bad_text(const Row& row, std::span<const ReadColumn> columns);

// Likewise in the header line, of which no name may hold control characters.
std::optional<Error> find_bad_name(const Row& row, std::span<const ReadColumn> columns);

}  // namespace chr21::mart
