#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chr21 {

// A further column of an export: what a caller asks for, and what the export's first line says.
struct AttributeColumn {
    std::string name;    // lower case, digits and "_": the BioMart attribute, or made of the header
    std::string header;  // "GO term accession"
    // Of further columns that the export has for the same attribute, in their order.
    std::vector<std::string> further_headers = {};

    friend bool operator==(const AttributeColumn&, const AttributeColumn&) = default;
};

// How many cells of a row are the attribute's.
inline std::size_t cells_of(const AttributeColumn& attribute) {
    return 1 + attribute.further_headers.size();
}

// Where a set of genes comes from, so that an answer can be cited and made again.
// What nobody said and the data does not prove is absent.
struct Dataset {
    std::string name;
    std::optional<std::string> species = {};   // "Homo sapiens"
    std::optional<std::string> assembly = {};  // "GRCh38"
    std::optional<std::string> release = {};   // "114", the Ensembl release
    std::string source;                        // the export it was read from
    std::string sha256;                        // of the export's bytes, 64 hexadecimal digits
    std::uint64_t gene_count = 0;
    std::string loaded_at;  // UTC, "2026-11-22T14:03:09Z"
    // The further columns, in the order of the export.
    std::vector<AttributeColumn> attributes = {};
    // Whether it is known which attribute values stood together in a row; it is not where a program
    // before 0.2.0 loaded them.
    bool keeps_rows = true;

    friend bool operator==(const Dataset&, const Dataset&) = default;
};

}  // namespace chr21
