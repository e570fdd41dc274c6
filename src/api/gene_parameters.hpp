#pragma once

#include "api/parameter.hpp"
#include "api/parameter_value.hpp"
#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/gene_store.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace chr21::api {

// A whole gene type, wherever part of one may be asked for.
inline constexpr Parameter biotype_parameter{
    .name = "biotype",
    .description =
        "a whole gene type (biotype), ignoring case, as the groups of /stats have it; several mean "
        "any of them. One that no gene has is a 404",
    .kind = ParameterKind::biotype,
    .repeatable = true,
    .longest = longest_text,
    .example = "protein_coding"};

// The parameters that narrow a list of genes; every route that takes them takes all of them.
inline constexpr std::array<Parameter, 13> filter_parameters{{
    {.name = "chromosome",
     .description = "chromosome or scaffold: as the dataset writes it (`21`), or else with or "
                    "without `chr`, in "
                    "any case, or by its accession; several mean any of them",
     .kind = ParameterKind::chromosome,
     .repeatable = true,
     .longest = longest_text,
     .example = "21"},
    {.name = "gene_type",
     .description =
         "part of a gene type (biotype), ignoring case: `pseudogene` finds every kind of "
         "pseudogene; several mean any of them",
     .kind = ParameterKind::gene_type,
     .repeatable = true,
     .longest = longest_text,
     .example = "protein_coding"},
    biotype_parameter,
    {.name = "search",
     .description =
         "part of the gene name or description, or of what `search_in` names, ignoring case; "
         "every character stands for itself, blanks too; several mean any of them",
     .as_sent = true,
     .repeatable = true,
     .most_values = 100,
     .longest = longest_text,
     .example = "kinase"},
    {.name = "search_in",
     .description =
         "what `search` looks in, separated by commas: `gene_stable_id`, `gene_name`, "
         "`gene_description` and attributes of the dataset, of which any value counts. Name and "
         "description where it is left out; only with `search`",
     .kind = ParameterKind::search_columns,
     .example = "gene_name,go_id",
     .only_with = "search"},
    {.name = "attribute.",
     .description =
         "for NAME any attribute that /dataset lists, as in `attribute.go_id=GO:0005524`: a value "
         "of that attribute, whole but ignoring case. May repeat: several of one attribute mean "
         "any of them, different attributes must all fit",
     .repeatable = true,
     .example = "GO:0005524",
     .members = attribute_names},
    {.name = "name",
     .description = "gene name, exactly but ignoring case; several mean any of them",
     .kind = ParameterKind::gene_name,
     .repeatable = true,
     .longest = longest_text,
     .example = "DYRK1A"},
    {.name = "gene_stable_id",
     .description = "gene stable ID, ignoring case and a version suffix; several mean any of them",
     .kind = ParameterKind::gene_stable_id,
     .repeatable = true,
     .longest = longest_text,
     .example = "ENSG00000157540"},
    {.name = "region",
     .description =
         "genes that share at least one base with `chromosome:first-last`, 1-based and "
         "inclusive; the chromosome as `chromosome` takes it, and thousands separators are "
         "accepted; several mean any of them",
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

// What the parameters say alone.
GeneFilter to_filter(const Arguments& arguments);
// Likewise, with stable IDs as the dataset has them, whichever their versions.
GeneFilter to_filter(const Arguments& arguments, const GeneStore& store);

inline constexpr std::array<Parameter, 1> fields_parameter{{
    {.name = "fields",
     .description =
         "only these fields, in this order, separated by commas: columns, the computed `length` "
         "and `band`, attributes of the dataset. `all` stands for those of the eight columns and "
         "of "
         "the attributes that the list does not name itself",
     .kind = ParameterKind::fields,
     .example = "gene_stable_id,gene_name,length,band"},
}};

// Those that the caller asks for; none where `fields` was left out. Valid while `arguments` are.
std::span<const Field> fields_of(const Arguments& arguments);

}  // namespace chr21::api
