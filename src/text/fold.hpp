#pragma once

#include <string>
#include <string_view>

namespace chr21 {

// Text with its case removed, for comparing names and for search: Unicode case folding of the
// composed form, so that "DYRK1A" meets "dyrk1a" and "Ä" meets "ä". Every engine compares folded
// text made here, so no answer depends on a database's collation. Bytes that are not UTF-8 stay as
// they are, apart from ASCII letters.
std::string fold(std::string_view text);

// The same, written over `folded`, whose memory is used again. `text` must not lie in it.
void fold_into(std::string& folded, std::string_view text);

// A stable ID folded and without its version: "ensg00000157540" for "ENSG00000157540.22".
// Only a dot followed by digits to the end counts as a version.
std::string fold_stable_id(std::string_view text);

}  // namespace chr21
