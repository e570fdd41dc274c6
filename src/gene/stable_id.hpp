#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chr21 {

// A stable ID of a kind that has versions: Ensembl's (ENS, letters, 11 digits) and RefSeq's (two
// letters, "_", digits). All texts are fold()ed. "_PAR_Y" is a part of the ID, as GENCODE writes
// it: "ENSG00000182378.15_PAR_Y" is version 15 of ENSG00000182378_PAR_Y. Views into the ID.
struct VersionedId {
    std::string_view stem;     // "ensg00000182378"
    std::string_view version;  // "15"; empty where the ID is written without one
    std::string_view rest;     // "_par_y", or empty

    std::string unversioned() const { return std::string(stem).append(rest); }
};

// Absent for every other text, such as "F53F4.1" and "SPAC1002.02", whose dots are parts of the ID.
std::optional<VersionedId> read_version(std::string_view folded_id);

// The ID without the version that it is written with: of every kind of text its digits behind the
// last dot, and "ensg00000182378_par_y" for "ensg00000182378.15_par_y".
std::string without_version(std::string_view folded_id);

// Whether both are the same ID, whatever the version of each.
bool differ_in_version_alone(const VersionedId& left, const VersionedId& right);

}  // namespace chr21
