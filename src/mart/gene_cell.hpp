#pragma once

#include "gene/gene.hpp"
#include "mart/header_names.hpp"

#include <string>
#include <string_view>

namespace chr21::mart {

// Sets the member of the gene that `column` stands for; an empty value leaves it absent. Gives what
// is wrong with a value that cannot be used, in words that quote it; empty when it went in. A
// strand is 1 or -1, or what others write for them: +, +1, -.
std::string set_value(Gene& gene, Column column, std::string_view value);

// Whether the gene says just that; an empty value means absent.
bool has_value(const Gene& gene, Column column, std::string_view value);

}  // namespace chr21::mart
