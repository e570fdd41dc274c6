#include "api/parameter_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace chr21::api {

namespace {

struct Names {
    std::span<const std::string_view> ours;
    std::span<const std::string_view> others;
};

template <std::size_t Size>
using Texts = std::array<std::string_view, Size>;

constexpr Texts<2> name{"name", "q"};
constexpr Texts<6> names{
    "gene_name", "gene", "symbol", "gene_symbol", "hgnc_symbol", "external_gene_name"};
constexpr Texts<1> stable_id{"gene_stable_id"};
constexpr Texts<4> stable_ids{"id", "gene_id", "ensembl_id", "ensembl_gene_id"};
constexpr Texts<1> chromosome{"chromosome"};
constexpr Texts<5> chromosomes{"chr", "chrom", "chromosome_name", "seq_region_name", "seqname"};
constexpr Texts<1> region{"region"};
constexpr Texts<5> regions{"location", "locus", "range", "position", "interval"};
constexpr Texts<1> band{"band"};
constexpr Texts<2> bands{"cytoband", "karyotype_band"};
constexpr Texts<2> biotype{"biotype", "gene_type"};
constexpr Texts<3> biotypes{"gene_biotype", "type", "biotypes"};
constexpr Texts<2> search{"search", "q"};
constexpr Texts<5> searches{"q", "query", "text", "term", "search"};
constexpr Texts<2> size{"page_size", "limit"};
constexpr Texts<6> sizes{"size", "limit", "per_page", "pagesize", "rows", "count"};
constexpr Texts<1> page{"page"};
constexpr Texts<4> pages{"offset", "from", "skip", "page_number"};
constexpr Texts<1> sort{"sort"};
constexpr Texts<4> sorts{"order", "order_by", "sort_by", "sortby"};
constexpr Texts<1> fields{"fields"};
constexpr Texts<4> all_fields{"columns", "attributes", "select", "include"};
constexpr Texts<1> by{"by"};
constexpr Texts<2> groups{"group_by", "groupby"};

constexpr auto table = std::to_array<Names>({
    {name, names},
    {stable_id, stable_ids},
    {chromosome, chromosomes},
    {region, regions},
    {band, bands},
    {biotype, biotypes},
    {search, searches},
    {size, sizes},
    {page, pages},
    {sort, sorts},
    {fields, all_fields},
    {by, groups},
});

}  // namespace

std::span<const std::string_view> our_names_of(std::string_view given) {
    const auto lowered = text::lower_case(given);
    const auto* const found = std::ranges::find_if(table, [&lowered](const Names& one) {
        return std::ranges::find(one.others, lowered) != one.others.end();
    });
    if (found == table.end()) return {};
    return found->ours;
}

}  // namespace chr21::api
