#pragma once

#include "gene/gene.hpp"
#include "mart/header_names.hpp"

#include <string_view>

namespace chr21::mart {

// Sets the member of the gene that `column` stands for; an empty value leaves it absent. Gives what
// is wrong with a value that cannot be used, in words; empty when it went in.
std::string_view set_value(Gene& gene, Column column, std::string_view value);

// Whether the gene says just that; an empty value means absent.
bool has_value(const Gene& gene, Column column, std::string_view value);

}  // namespace chr21::mart
