#pragma once

#include "api/parameter_value.hpp"

#include <expected>
#include <string>
#include <string_view>

// Values that name something of the dataset: chromosomes, places on them, bands and gene types.
namespace chr21::api {

using ParsedValue = std::expected<ParameterValue, ValueFault>;

ParsedValue parse_chromosome(const std::string& text, bool must_name, const Bounds& bounds);

// The region under the name that the dataset, or else its assembly, has for the chromosome.
ParsedValue parse_bounded_region(const std::string& text, const Bounds& bounds);

ParsedValue parse_band(std::string_view text, const Bounds& bounds);

// Part of a gene type, ignoring case; any text will do where nothing needs to be named.
ParsedValue parse_gene_type(const std::string& text, bool must_name, const Bounds& bounds);

// A whole gene type, ignoring case.
ParsedValue parse_biotype(const std::string& text, const Bounds& bounds);

}  // namespace chr21::api
