#pragma once

#include <span>
#include <string_view>

namespace chr21::api {

// What we call the parameter that other services and tools call `given` (BioMart, Ensembl REST,
// UCSC, and what web APIs page by), likeliest first, in lower case; none where we know of none.
// Routes take some of them.
std::span<const std::string_view> our_names_of(std::string_view given);

}  // namespace chr21::api
