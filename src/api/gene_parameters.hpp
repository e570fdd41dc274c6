#pragma once

#include "api/parameter.hpp"
#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"

#include <array>
#include <cstdint>

namespace chr21::api {

// The parameters that narrow a list of genes; every route that takes them takes all of them.
inline constexpr std::array<Parameter, 10> filter_parameters{{
    {.name = "chromosome",
     .description = "chromosome or scaffold, exactly as written (`21`); several mean any of them",
     .repeatable = true,
     .example = "21"},
    {.name = "gene_type",
     .description =
         "part of a gene type (biotype), ignoring case: `pseudogene` finds every kind of "
         "pseudogene; several mean any of them",
     .repeatable = true,
     .example = "protein_coding"},
    {.name = "search",
     .description =
         "part of the gene name or description, ignoring case; every character stands for "
         "itself; several mean any of them",
     .repeatable = true,
     .example = "kinase"},
    {.name = "name",
     .description = "gene name, exactly but ignoring case; several mean any of them",
     .repeatable = true,
     .example = "DYRK1A"},
    {.name = "gene_stable_id",
     .description = "gene stable ID, ignoring case and a version suffix; several mean any of them",
     .repeatable = true,
     .example = "ENSG00000157540"},
    {.name = "region",
     .description =
         "genes that share at least one base with `chromosome:first-last`, 1-based and "
         "inclusive; `chr21:` and thousands separators are accepted; several mean any of them",
     .kind = ParameterKind::region,
     .repeatable = true,
     .example = "21:25880550-26171128"},
    {.name = "band",
     .description =
         "genes that share at least one base with a karyotype band: `q21.3`, `21q21.3`, or "
         "`q21` for all bands below it; several mean any of them",
     .kind = ParameterKind::band,
     .repeatable = true,
     .example = "q21.3"},
    {.name = "strand",
     .description = "`1` or `+` for the forward strand, `-1` or `-` for the reverse strand",
     .kind = ParameterKind::strand,
     .example = "1"},
    {.name = "min_length",
     .description = "least length in bp, from start to end with both counted",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 4'294'967'295U,
     .example = "1000"},
    {.name = "max_length",
     .description = "greatest length in bp, from start to end with both counted",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 4'294'967'295U,
     .example = "100000"},
}};

GeneFilter to_filter(const Arguments& arguments);

}  // namespace chr21::api
