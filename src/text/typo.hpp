#pragma once

#include <string_view>

namespace chr21 {

// Whether one typing mistake at most parts the two texts: a byte added, dropped or changed, or
// two neighbouring bytes swapped. Equal texts count. Both must be folded.
bool within_one_typo(std::string_view left, std::string_view right);

// How many such mistakes part the two (optimal string alignment distance). For short texts: time
// grows with the product of the lengths.
unsigned typo_distance(std::string_view left, std::string_view right);

}  // namespace chr21
