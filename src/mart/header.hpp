#pragma once

#include "gene/result.hpp"
#include "mart/rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace chr21::mart {

enum class Column : std::uint8_t {
    gene_description,
    gene_stable_id,
    gene_name,
    chromosome,
    gene_start,
    gene_end,
    strand,
    gene_type
};

// As the current Ensembl names them in the first line of an export.
inline constexpr std::array<std::string_view, 8> column_names = {"Gene description",
                                                                 "Gene stable ID",
                                                                 "Gene name",
                                                                 "Chromosome/scaffold name",
                                                                 "Gene start (bp)",
                                                                 "Gene end (bp)",
                                                                 "Strand",
                                                                 "Gene type"};

constexpr std::string_view name_of(Column column) {
    return column_names.at(static_cast<std::size_t>(column));
}

// Which column each cell of a row belongs to. Case and space around a name do not matter. Refuses
// a name that is not one of `column_names`, one that is there twice, and a header without
// "Gene stable ID".
Result<std::vector<Column>> parse_header(const Row& row);

// An error about one cell, whose message begins with its place: "line 7, column Strand: ...".
std::unexpected<Error> refuse(std::size_t line,
                              Column column,
                              std::string_view value,
                              std::string_view message);

}  // namespace chr21::mart
