#pragma once

#include "gene/result.hpp"

#include <string>

namespace chr21::cli {

// What a room below found at fault, with the flag that it was given by: "--data genes.tsv cannot be
// opened". Rooms below know no flags. A fault of something else, such as an export, keeps its
// words.
std::string with_flag(const Error& error);

}  // namespace chr21::cli
