#pragma once

#include "gene/gene.hpp"

#include <string>
#include <string_view>

namespace chr21::mart {

// Why a cell that is no position, or no strand, cannot be used: what is allowed, what it is
// instead, and, where its form tells how it came about, how to write it.
std::string why_no_position(std::string_view cell);
std::string why_no_strand(std::string_view cell);

// Why a gene that has both cannot be used where its start lies after its end. The export does not
// say which chromosomes are circular, so that both reasons are told.
std::string why_start_after_end(const Gene& gene);

}  // namespace chr21::mart
