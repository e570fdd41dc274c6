#include "api/estimates.hpp"
#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/operation.hpp"
#include "api/representation.hpp"

#include <algorithm>
#include <array>

namespace chr21::api {

namespace {

// One array after another, so that each route's parameters are written once.
template <std::size_t... Sizes>
constexpr auto joined(const std::array<Parameter, Sizes>&... parts) {
    std::array<Parameter, (Sizes + ...)> whole{};
    auto at = whole.begin();
    ((at = std::ranges::copy(parts, at).out), ...);
    return whole;
}

// The same for routes that answer 404 where a value names nothing.
template <std::size_t Size>
constexpr auto naming(std::array<Parameter, Size> parameters) {
    for (auto& parameter : parameters) parameter.must_name = true;
    return parameters;
}

constexpr auto format_names = [] {
    std::array<std::string_view, formats.size()> names;
    std::ranges::transform(formats, names.begin(), &FormatFacts::name);
    return names;
}();

constexpr auto format_types = [] {
    std::array<std::string_view, formats.size()> types;
    std::ranges::transform(formats, types.begin(), &FormatFacts::media_type);
    return types;
}();

constexpr std::array<std::string_view, 1> json_type{"application/json"};
constexpr std::array<std::string_view, 1> yaml_type{"application/yaml"};
constexpr std::array<std::string_view, 1> text_type{"text/plain"};
constexpr std::array<std::string_view, 1> html_type{"text/html"};
constexpr std::array<std::string_view, 1> any_type{"*/*"};

constexpr std::array<std::string_view, 4> group_names{"gene_type", "strand", "chromosome", "band"};

constexpr std::array<Parameter, 4> list_parameters{{
    {.name = "page",
     .description = "page number; a page beyond the last has no items",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 2'147'483'647,
     .standard = "1",
     .example = "1"},
    {.name = "page_size",
     .description =
         "genes on a page; 25 for JSON, and all of them in every other format, where it is "
         "left out",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 200,
     .example = "25"},
    {.name = "sort",
     .description =
         "fields to sort by, separated by commas; `-` before one reverses it. Without it, "
         "and among equals: chromosome, start, stable ID. Absent values come last",
     .kind = ParameterKind::sort,
     .example = "-length,gene_name"},
    {.name = "format",
     .description = "representation; goes before the Accept header. bed and gff3 take no `fields`",
     .kind = ParameterKind::choice,
     .choices = format_names,
     .example = "json"},
}};

constexpr std::array<Parameter, 1> id_parameter{{
    {.name = "gene_stable_id",
     .description = "gene stable ID, ignoring case; a version suffix such as `.22` is accepted",
     .kind = ParameterKind::gene_stable_id,
     .in_path = true,
     .required = true,
     .longest = longest_text,
     .example = "ENSG00000157540"},
}};

constexpr std::array<Parameter, 1> dataset_parameter{{
    {.name = "dataset",
     .description =
         "answer from this dataset instead of the active one: its name, or its sha256 or at least "
         "the first 8 digits of it. The answer never changes, and says so to caches",
     .example = "homo_sapiens-GRCh38-114-chr21"},
}};

constexpr std::array<Parameter, 1> name_parameter{{
    {.name = "name",
     .description = "gene name, ignoring case",
     .kind = ParameterKind::gene_name,
     .in_path = true,
     .required = true,
     .longest = longest_text,
     .example = "DYRK1A"},
}};

constexpr std::array<Parameter, 4> neighbor_parameters{{
    {.name = "limit",
     .description = "most genes in each of the three lists",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 100,
     .standard = "5",
     .example = "5"},
    {.name = "gene_type",
     .description =
         "only genes with this in their gene type, ignoring case; several mean any of them",
     .kind = ParameterKind::gene_type,
     .repeatable = true,
     .longest = longest_text,
     .example = "protein_coding"},
    biotype_parameter,
    {.name = "strand",
     .description = "only genes on this strand: `1`, `+`, `-1` or `-`",
     .kind = ParameterKind::strand,
     .example = "1"},
}};

constexpr std::array<Parameter, 2> suggest_parameters{{
    {.name = "q",
     .description = "what has been typed so far",
     .required = true,
     .longest = longest_text,
     .example = "dyr"},
    {.name = "limit",
     .description = "most suggestions",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 50,
     .standard = "10",
     .example = "10"},
}};

constexpr std::array<Parameter, 1> group_parameter{{
    {.name = "by",
     .description = "what to group by; a gene that touches several bands counts in each of them",
     .kind = ParameterKind::choice,
     .standard = "gene_type",
     .choices = group_names,
     .example = "gene_type"},
}};

constexpr std::array<Parameter, 1> bins_parameter{{
    {.name = "bins",
     .description = "windows along each chromosome",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 1000,
     .standard = "100",
     .example = "100"},
}};

constexpr std::array<Parameter, 1> chromosome_parameter{{
    {.name = "name",
     .description =
         "chromosome or scaffold: as the dataset writes it, or else with or without `chr`, in any "
         "case, or by its accession",
     .kind = ParameterKind::chromosome,
     .in_path = true,
     .required = true,
     .longest = longest_text,
     .example = "21"},
}};

constexpr std::array<Parameter, 1> file_parameter{{
    {.name = "file", .description = "a file of the page", .in_path = true, .required = true},
}};

constexpr auto list_genes_parameters =
    joined(filter_parameters, list_parameters, fields_parameter, dataset_parameter);
constexpr auto look_up_parameters = joined(fields_parameter, dataset_parameter);
constexpr auto find_gene_parameters = joined(id_parameter, fields_parameter, dataset_parameter);
constexpr auto find_by_name_parameters =
    joined(name_parameter, fields_parameter, dataset_parameter);
constexpr auto neighbors_parameters =
    joined(id_parameter, neighbor_parameters, fields_parameter, dataset_parameter);
constexpr auto suggestions_parameters = joined(suggest_parameters, dataset_parameter);
constexpr auto stats_parameters =
    joined(group_parameter, naming(filter_parameters), dataset_parameter);
constexpr auto density_parameters =
    joined(bins_parameter, naming(filter_parameters), dataset_parameter);
constexpr auto one_chromosome_parameters = joined(chromosome_parameter, dataset_parameter);

constexpr std::array<Operation, 19> table{{
    {.method = Method::get,
     .path = "/",
     .operation = "welcome",
     .tag = "service",
     .summary = "Welcome, and where to go from here",
     .description = "What this service is and the paths to start from.",
     .handler = welcome,
     .media_types = json_type,
     .schema = "Welcome"},
    {.method = Method::get,
     .path = "/genes",
     .operation = "list_genes",
     .tag = "genes",
     .summary = "Genes that fit a filter",
     .description =
         "Genes in genome order (chromosome, start, stable ID) or as `sort` says, a page at a "
         "time. Values of one parameter mean any of them; different parameters all hold. "
         "NDJSON, CSV, TSV, BED and GFF3 give all rows as a download unless `page_size` is set; "
         "CSV and TSV have the headers of a mart export and a row for every value where a gene has "
         "several of an attribute; BED is 0-based and half-open.",
     .parameters = list_genes_parameters,
     .handler = list_genes,
     .estimate = estimate_list,
     .media_types = format_types,
     .schema = "GenePage"},
    {.method = Method::post,
     .path = "/genes/lookup",
     .operation = "look_up_genes",
     .tag = "genes",
     .summary = "Up to 10,000 genes at once, by whatever names them",
     .description =
         "One slot for each input of `ids`, `names` and `inputs`, in that order: the gene and what "
         "the input is of it, or null and the reason. After stable IDs and names come earlier "
         "names "
         "and synonyms, then IDs of other kinds, as far as the dataset has them as attributes. "
         "Where "
         "several genes fit one of these, none is chosen and all are listed.",
     .parameters = look_up_parameters,
     .handler = look_up_genes,
     .estimate = estimate_lookup,
     .freshness = Freshness::moment,
     .media_types = json_type,
     .schema = "Lookup",
     .body_schema = "LookupRequest"},
    {.method = Method::get,
     .path = "/genes/by-name/{name}",
     .operation = "find_gene_by_name",
     .tag = "genes",
     .summary = "One gene by its name",
     .description =
         "The gene with this name, ignoring case; of several the first on a chromosome of the "
         "assembly, then the first in genome order. A 404 says whose earlier name, synonym or ID "
         "this is, or names the closest names.",
     .parameters = find_by_name_parameters,
     .handler = find_gene_by_name,
     .estimate = estimate_one,
     .media_types = json_type,
     .schema = "SelectedGene",
     .may_be_missing = true},
    {.method = Method::get,
     .path = "/genes/{gene_stable_id}",
     .operation = "find_gene",
     .tag = "genes",
     .summary = "One gene by its stable ID",
     .description = "The gene with this stable ID, whichever its version. A 404 lists the genes "
                    "where several versions fit, and names a corrected ID where one exists, or "
                    "the route to ask where this is something else of a gene.",
     .parameters = find_gene_parameters,
     .handler = find_gene,
     .estimate = estimate_one,
     .media_types = json_type,
     .schema = "SelectedGene",
     .may_be_missing = true},
    {.method = Method::get,
     .path = "/genes/{gene_stable_id}/neighbors",
     .operation = "list_neighbors",
     .tag = "genes",
     .summary = "The nearest genes on either side",
     .description =
         "Genes that overlap this one, and the nearest up- and downstream along its own strand, "
         "nearest first. The distance in bp is 0 for an overlap and 1 for genes that touch.",
     .parameters = neighbors_parameters,
     .handler = list_neighbors,
     .estimate = estimate_one,
     .media_types = json_type,
     .schema = "Neighbors",
     .may_be_missing = true},
    {.method = Method::get,
     .path = "/suggest",
     .operation = "suggest_genes",
     .tag = "genes",
     .summary = "Autocomplete over names, stable IDs and descriptions",
     .description =
         "Exact matches first, then names and IDs that begin with the text, then genes of which it "
         "is an earlier name or a synonym, then genes with a word in their description that does, "
         "then names one typo away. The same text "
         "always gives the same order.",
     .parameters = suggestions_parameters,
     .handler = suggest_genes,
     .estimate = estimate_suggestions,
     .media_types = json_type,
     .schema = "Suggestions"},
    {.method = Method::get,
     .path = "/stats",
     .operation = "summarise_genes",
     .tag = "summaries",
     .summary = "Counts and length quantiles by group",
     .description =
         "How many genes each group has and how long they are, under the filters of /genes. "
         "Quantiles are interpolated linearly (type 7, as in R and NumPy).",
     .parameters = stats_parameters,
     .handler = summarise_genes,
     .estimate = estimate_summary,
     .media_types = json_type,
     .schema = "Stats"},
    {.method = Method::get,
     .path = "/density",
     .operation = "count_gene_density",
     .tag = "summaries",
     .summary = "Gene counts per window along each chromosome",
     .description =
         "Each chromosome in `bins` windows of `bin_size` bp, from its first base; a gene "
         "counts in the window where it starts, under the filters of /genes.",
     .parameters = density_parameters,
     .handler = count_gene_density,
     .estimate = estimate_summary,
     .media_types = json_type,
     .schema = "Density"},
    {.method = Method::get,
     .path = "/chromosomes",
     .operation = "list_chromosomes",
     .tag = "chromosomes",
     .summary = "Chromosomes with length, bands and gene counts",
     .description =
         "Every chromosome that has genes, in natural order. Length is null and bands are empty "
         "where the assembly is not known.",
     .parameters = dataset_parameter,
     .handler = list_chromosomes,
     .estimate = estimate_summary,
     .media_types = json_type,
     .schema = "Chromosomes"},
    {.method = Method::get,
     .path = "/chromosomes/{name}",
     .operation = "find_chromosome",
     .tag = "chromosomes",
     .summary = "One chromosome",
     .description = "Its length, its bands with stain, and how many genes each holds.",
     .parameters = one_chromosome_parameters,
     .handler = find_chromosome,
     .estimate = estimate_summary,
     .media_types = json_type,
     .schema = "Chromosome",
     .may_be_missing = true},
    {.method = Method::get,
     .path = "/dataset",
     .operation = "describe_dataset",
     .tag = "service",
     .summary = "Where the data comes from",
     .description =
         "Species, assembly, release, source and checksum of the dataset that is served; what "
         "is not known is null. `attributes` are the further columns of its export, for "
         "`fields`, `search_in` and `attribute.NAME`.",
     .parameters = dataset_parameter,
     .handler = describe_dataset,
     .estimate = estimate_one,
     .freshness = Freshness::load,
     .media_types = json_type,
     .schema = "Dataset"},
    {.method = Method::get,
     .path = "/health",
     .operation = "report_health",
     .tag = "service",
     .summary = "Whether the process lives",
     .description = "Answers without touching any data.",
     .handler = report_health,
     .freshness = Freshness::moment,
     .media_types = json_type,
     .schema = "Health"},
    {.method = Method::get,
     .path = "/health/ready",
     .operation = "report_readiness",
     .tag = "service",
     .summary = "Whether requests can be answered",
     .description = "200 when the data can be read, 503 otherwise.",
     .handler = report_readiness,
     .estimate = estimate_one,
     .freshness = Freshness::moment,
     .media_types = json_type,
     .schema = "Readiness"},
    {.method = Method::get,
     .path = "/metrics",
     .operation = "report_metrics",
     .tag = "service",
     .summary = "Metrics for Prometheus",
     .description = "Text format version 0.0.4. 404 under AWS Lambda, where CloudWatch has "
                    "metrics instead.",
     .handler = report_metrics,
     .freshness = Freshness::moment,
     .media_types = text_type},
    {.method = Method::get,
     .path = "/openapi.json",
     .operation = "show_openapi_json",
     .tag = "service",
     .summary = "This API as an OpenAPI 3.0.3 document",
     .description = "Made from the table that also routes and checks requests.",
     .handler = show_openapi_json,
     .freshness = Freshness::program,
     .media_types = json_type},
    {.method = Method::get,
     .path = "/openapi.yaml",
     .operation = "show_openapi_yaml",
     .tag = "service",
     .summary = "The same document as YAML",
     .description = "Made from the table that also routes and checks requests.",
     .handler = show_openapi_yaml,
     .freshness = Freshness::program,
     .media_types = yaml_type},
    {.method = Method::get,
     .path = "/docs",
     .operation = "show_reference",
     .tag = "service",
     .summary = "The API reference as a page",
     .description = "Built into the program; needs no network.",
     .handler = show_reference,
     .freshness = Freshness::program,
     .media_types = html_type,
     .in_document = false},
    {.method = Method::get,
     .path = "/docs/{file}",
     .operation = "show_reference_file",
     .tag = "service",
     .summary = "A file of that page",
     .description = "Scripts and styles of the API reference.",
     .parameters = file_parameter,
     .handler = show_reference_file,
     .estimate = estimate_file,
     .freshness = Freshness::program,
     .media_types = any_type,
     .may_be_missing = true,
     .in_document = false},
}};

}  // namespace

std::span<const Operation> operations() { return table; }

}  // namespace chr21::api
