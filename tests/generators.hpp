#pragma once

// Random and small fixed genes for the tests of every room. Random values come from small sets,
// so that filters hit and values collide.

#include "gene/attribute_rows.hpp"
#include "gene/gene.hpp"
#include "gene/gene_filter.hpp"
#include "gene/region.hpp"
#include "gene/sort.hpp"
#include "text/fold.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <rapidcheck.h>

namespace chr21 {

// How rapidcheck and gtest print what failed.
inline void showValue(const Gene& gene, std::ostream& out) {
    const auto number = [&](const auto& value) {
        value ? out << ' ' << static_cast<std::int64_t>(*value) : out << " -";
    };
    const auto text = [&](const auto& value) {
        value ? out << ' ' << rc::toString(*value) : out << " -";
    };
    out << '{' << rc::toString(gene.gene_stable_id);
    text(gene.gene_name);
    text(gene.gene_description);
    text(gene.chromosome);
    number(gene.gene_start);
    number(gene.gene_end);
    number(gene.strand);
    text(gene.gene_type);
    out << '}';
}

inline void PrintTo(const Gene& gene, std::ostream* out) { showValue(gene, *out); }
inline void PrintTo(const Region& region, std::ostream* out) { *out << to_text(region); }
inline void showValue(const Region& region, std::ostream& out) { out << to_text(region); }
inline void showValue(const SortKey& key, std::ostream& out) {
    out << (key.descending ? "-" : "") << static_cast<int>(key.field);
}

}  // namespace chr21

namespace chr21::testing {

// Three genes in genome order: a named one, a novel one on the other strand that overlaps it,
// and one on another chromosome of which little is known.
inline std::vector<Gene> three_genes() {
    return {{.gene_stable_id = "ENSG00000000001",
             .gene_name = "ALPHA1",
             .gene_description = "alpha kinase 1",
             .chromosome = "21",
             .gene_start = 100,
             .gene_end = 200,
             .strand = Strand::forward,
             .gene_type = "protein_coding"},
            {.gene_stable_id = "ENSG00000000002",
             .gene_description = "novel transcript, antisense to ALPHA1",
             .chromosome = "21",
             .gene_start = 150,
             .gene_end = 400,
             .strand = Strand::reverse,
             .gene_type = "lncRNA"},
            {.gene_stable_id = "ENSG00000000003", .gene_name = "beta2", .chromosome = "X"}};
}

template <class Value>
rc::Gen<std::optional<Value>> perhaps(rc::Gen<Value> value) {
    return rc::gen::map(rc::gen::maybe(std::move(value)), [](rc::Maybe<Value> maybe) {
        return maybe ? std::optional<Value>(std::move(*maybe)) : std::nullopt;
    });
}

inline rc::Gen<std::string> concatenation_of(std::vector<std::string> pieces) {
    return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
                            rc::gen::elementOf(std::move(pieces)))),
                        [](const std::vector<std::string>& chosen) {
                            std::string text;
                            for (const auto& piece : chosen) text += piece;
                            return text;
                        });
}

// One line of UTF-8, never empty, rich in what matters to some format or engine.
inline rc::Gen<std::string> any_text() {
    return concatenation_of({"a", "A",  "b", "k", "kinase", "1", "0", " ", ",",  "\"",     "\"\"",
                             "'", "\\", "%", "_", "*",      "=", ";", "&", "<",  ">",      "-",
                             ".", "é",  "É", "ß", "ẞ",      "İ", "Σ", "ς", "染", "e\u0301"});
}

// Likewise, with the tabs and line breaks that only an enclosed CSV cell or JSON can carry.
inline rc::Gen<std::string> any_long_text() {
    return concatenation_of({"a", "B", " ", ",", "\"", "\t", "\n", "\r", "\r\n", "é", "染"});
}

// Likewise without blanks at its ends, which exports do not keep.
inline rc::Gen<std::string> any_trimmed(rc::Gen<std::string> text) {
    return rc::gen::map(std::move(text), [](const std::string& made) {
        const auto trimmed = text::trimmed(made);
        return trimmed.empty() ? std::string("a") : std::string(trimmed);
    });
}

inline rc::Gen<std::string> any_chromosome() {
    return rc::gen::element<std::string>(
        "1", "2", "10", "21", "X", "Y", "MT", "KI270733.1", "HG-1");
}

// Mostly on the first few bases, at times anywhere.
inline rc::Gen<Position> any_position() {
    return rc::gen::weightedOneOf<Position>({{8, rc::gen::inRange<Position>(1, 200)},
                                             {1, rc::gen::inRange<Position>(1, 4294967295U)},
                                             {1, rc::gen::just<Position>(4294967295U)}});
}

inline rc::Gen<Region> any_region() {
    return rc::gen::map(
        rc::gen::tuple(any_chromosome(), any_position(), any_position()),
        [](const std::tuple<std::string, Position, Position>& parts) {
            const auto& [chromosome, one, other] = parts;
            return Region::make(chromosome, std::min(one, other), std::max(one, other)).value();
        });
}

inline rc::Gen<Strand> any_strand() { return rc::gen::element(Strand::forward, Strand::reverse); }

inline rc::Gen<std::string> any_gene_type() {
    return rc::gen::element<std::string>(
        "protein_coding", "lncRNA", "miRNA", "TEC", "transcribed_unprocessed_pseudogene");
}

inline rc::Gen<std::string> any_stable_id() {
    return rc::gen::map(rc::gen::pair(rc::gen::element<std::string>("ENSG", "ENSMUSG", "LOC"),
                                      rc::gen::inRange(0, 1000)),
                        [](const std::pair<std::string, int>& parts) {
                            const auto digits = std::to_string(parts.second);
                            return parts.first + std::string(11 - digits.size(), '0') + digits;
                        });
}

// A gene with any of its values absent; `text` makes its name and description.
inline rc::Gen<Gene> any_gene(const rc::Gen<std::string>& text = any_text()) {
    auto gene = rc::gen::build<Gene>(rc::gen::set(&Gene::gene_stable_id, any_stable_id()),
                                     rc::gen::set(&Gene::gene_name, perhaps(text)),
                                     rc::gen::set(&Gene::gene_description, perhaps(text)),
                                     rc::gen::set(&Gene::chromosome, perhaps(any_chromosome())),
                                     rc::gen::set(&Gene::gene_start, perhaps(any_position())),
                                     rc::gen::set(&Gene::gene_end, perhaps(any_position())),
                                     rc::gen::set(&Gene::strand, perhaps(any_strand())),
                                     rc::gen::set(&Gene::gene_type, perhaps(any_gene_type())));
    return rc::gen::map(std::move(gene), [](Gene made) {
        if (made.gene_start && made.gene_end && *made.gene_start > *made.gene_end) {
            std::swap(made.gene_start, made.gene_end);
        }
        return made;
    });
}

// What the columns "go_id" and "hgnc_id" of an export say of a gene, row by row; empty for nothing.
using AttributeCells = std::vector<std::pair<std::string, std::string>>;

// Gives a gene what a reader of the export makes of its rows.
inline void give_attributes(Gene& gene, const AttributeCells& cells) {
    std::vector<std::string> go;
    std::vector<std::string> hgnc;
    const auto place_in = [](std::vector<std::string>& values, const std::string& value) {
        if (value.empty()) return 0U;
        const auto place = std::ranges::find(values, value) - values.begin();
        if (std::cmp_equal(place, values.size())) values.push_back(value);
        return static_cast<std::uint32_t>(place) + 1;
    };
    AttributeRows rows(2);
    for (const auto& [first, second] : cells) {
        rows.add(std::array{place_in(go, first), place_in(hgnc, second)});
    }
    rows.keep_distinct();
    if (!go.empty()) gene.attributes.push_back({"go_id", go});
    if (!hgnc.empty()) gene.attributes.push_back({"hgnc_id", hgnc});
    const auto is_plain = [&](std::size_t column, std::size_t values) {
        for (std::size_t at = 0; at < rows.size(); ++at) {
            if (rows[at][column] != (values == 0 ? 0 : at + 1)) return false;
        }
        return true;
    };
    if (!is_plain(0, go.size()) || !is_plain(1, hgnc.size())) gene.attribute_rows = rows.pack();
}

// And back: the distinct rows, at least one.
inline AttributeCells cells_of(const Gene& gene) {
    const auto go = values_of(gene, "go_id");
    const auto hgnc = values_of(gene, "hgnc_id");
    const auto cell = [](std::span<const std::string> values, std::size_t place) {
        return place == 0 || place > values.size() ? std::string() : values[place - 1];
    };
    AttributeCells cells;
    if (const auto rows = AttributeRows::unpack(gene.attribute_rows)) {
        for (std::size_t at = 0; at < rows->size(); ++at) {
            cells.emplace_back(cell(go, (*rows)[at][0]), cell(hgnc, (*rows)[at][1]));
        }
        return cells;
    }
    const auto height = std::max({go.size(), hgnc.size(), std::size_t{1}});
    for (std::size_t at = 1; at <= height; ++at) cells.emplace_back(cell(go, at), cell(hgnc, at));
    return cells;
}

// The genes as those of a dataset of so many attributes, of which the first two are "go_id" and
// "hgnc_id": their rows have cells for all.
inline std::vector<Gene> widened(std::vector<Gene> genes, std::size_t width) {
    for (auto& gene : genes) {
        const auto rows = AttributeRows::unpack(gene.attribute_rows);
        if (!rows) continue;
        AttributeRows wide(width);
        for (std::size_t at = 0; at < rows->size(); ++at) {
            std::vector<std::uint32_t> cells((*rows)[at].begin(), (*rows)[at].end());
            cells.resize(width);
            wide.add(cells);
        }
        gene.attribute_rows = wide.pack();
    }
    return genes;
}

inline rc::Gen<AttributeCells> any_attribute_cells(const rc::Gen<std::string>& text) {
    const auto value = rc::gen::resize(2, text);
    return rc::gen::resize(4, rc::gen::container<AttributeCells>(rc::gen::pair(value, value)));
}

// Genes in any order whose stable IDs differ, with attributes.
inline rc::Gen<std::vector<Gene>> any_genes_with_attributes(
    const rc::Gen<std::string>& text = any_text()) {
    const auto gene = rc::gen::map(rc::gen::pair(any_gene(text), any_attribute_cells(text)),
                                   [](std::pair<Gene, AttributeCells> parts) {
                                       give_attributes(parts.first, parts.second);
                                       return std::move(parts.first);
                                   });
    return rc::gen::uniqueBy<std::vector<Gene>>(
        gene, [](const Gene& one) { return fold(one.gene_stable_id); });
}

// A name, an ID or what else people have, from few enough that genes share them.
inline rc::Gen<std::string> any_name_or_id() {
    return rc::gen::element<std::string>("TP53",
                                         "tp53",
                                         "Y_RNA",
                                         "p53",
                                         "MLL",
                                         "É1",
                                         "7157",
                                         "1",
                                         "HGNC:1",
                                         "ENSG00000000001",
                                         "ENSG00000000001.1",
                                         "ensg00000000001.2",
                                         "ENSG00000000001.3_PAR_Y",
                                         "ENSG00000000001_PAR_Y",
                                         "ENST00000000001",
                                         "ENST00000000001.1",
                                         "ENST00000000001.2",
                                         "NM_000001",
                                         "NM_000001.2",
                                         "F53F4.1",
                                         "F53F4");
}

// Genes in any order whose stable IDs differ, with attributes of which values are names.
inline rc::Gen<std::vector<Gene>> any_genes_of_many_names() {
    const auto values =
        rc::gen::resize(3, rc::gen::unique<std::vector<std::string>>(any_name_or_id()));
    const auto attributes =
        rc::gen::map(rc::gen::container<std::vector<std::vector<std::string>>>(5, values),
                     [](const std::vector<std::vector<std::string>>& all) {
                         constexpr std::array names{"hgnc_id",
                                                    "external_synonym",
                                                    "prev_symbol",
                                                    "ensembl_transcript_id_version",
                                                    "entrezgene_id"};
                         std::vector<Attribute> made;
                         for (std::size_t i = 0; i < names.size(); ++i) {
                             if (!all[i].empty()) made.push_back({names[i], all[i]});
                         }
                         return made;
                     });
    const auto gene =
        rc::gen::build<Gene>(rc::gen::set(&Gene::gene_stable_id, any_name_or_id()),
                             rc::gen::set(&Gene::gene_name, perhaps(any_name_or_id())),
                             rc::gen::set(&Gene::chromosome, perhaps(any_chromosome())),
                             rc::gen::set(&Gene::attributes, attributes));
    return rc::gen::uniqueBy<std::vector<Gene>>(
        gene, [](const Gene& one) { return fold(one.gene_stable_id); });
}

// Genes in any order whose stable IDs differ.
inline rc::Gen<std::vector<Gene>> any_genes(const rc::Gen<std::string>& text = any_text()) {
    return rc::gen::uniqueBy<std::vector<Gene>>(
        any_gene(text), [](const Gene& gene) { return fold(gene.gene_stable_id); });
}

inline rc::Gen<std::vector<std::string>> few_folded(rc::Gen<std::string> text) {
    return rc::gen::resize(3,
                           rc::gen::container<std::vector<std::string>>(rc::gen::map(
                               std::move(text), [](const std::string& one) { return fold(one); })));
}

// A filter with each part set at times, from the values that any_gene() takes.
inline rc::Gen<GeneFilter> any_filter() {
    const auto seldom = [](auto part) {
        using Part = decltype(part)::ValueType;
        return rc::gen::weightedOneOf<Part>({{3, rc::gen::just(Part{})}, {1, std::move(part)}});
    };
    const auto regions = rc::gen::resize(3, rc::gen::container<std::vector<Region>>(any_region()));
    const auto chromosomes =
        rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(any_chromosome()));
    const auto words = rc::gen::resize(2, any_text());
    return rc::gen::build<GeneFilter>(
        rc::gen::set(&GeneFilter::gene_stable_ids, seldom(few_folded(any_stable_id()))),
        rc::gen::set(&GeneFilter::gene_names, seldom(few_folded(words))),
        rc::gen::set(&GeneFilter::gene_types,
                     seldom(few_folded(rc::gen::oneOf(
                         any_gene_type(), rc::gen::element<std::string>("RNA", "pseudo", "_"))))),
        rc::gen::set(&GeneFilter::biotypes, seldom(few_folded(any_gene_type()))),
        rc::gen::set(&GeneFilter::chromosomes, seldom(chromosomes)),
        rc::gen::set(&GeneFilter::searches, seldom(few_folded(words))),
        rc::gen::set(&GeneFilter::regions, seldom(regions)),
        rc::gen::set(&GeneFilter::bands, seldom(regions)),
        rc::gen::set(&GeneFilter::strand, seldom(perhaps(any_strand()))),
        rc::gen::set(&GeneFilter::min_length, seldom(perhaps(any_position()))),
        rc::gen::set(&GeneFilter::max_length, seldom(perhaps(any_position()))));
}

// Likewise, and with what asks for attributes.
inline rc::Gen<GeneFilter> any_filter_of_attributes() {
    const auto columns = rc::gen::resize(
        3,
        rc::gen::unique<std::vector<std::string>>(rc::gen::element<std::string>(
            "gene_stable_id", "gene_name", "gene_description", "go_id", "hgnc_id")));
    const auto attribute = rc::gen::build<AttributeFilter>(
        rc::gen::set(&AttributeFilter::name, rc::gen::element<std::string>("go_id", "hgnc_id")),
        rc::gen::set(&AttributeFilter::values,
                     rc::gen::nonEmpty(few_folded(rc::gen::resize(2, any_text())))));
    const auto attributes =
        rc::gen::resize(2, rc::gen::container<std::vector<AttributeFilter>>(attribute));
    return rc::gen::map(rc::gen::tuple(any_filter(), columns, attributes), [](auto parts) {
        auto& [filter, search_in, wanted] = parts;
        filter.search_in = std::move(search_in);
        filter.attributes = std::move(wanted);
        return std::move(filter);
    });
}

inline rc::Gen<Sort> any_sort() {
    const auto key =
        rc::gen::build<SortKey>(rc::gen::set(&SortKey::field,
                                             rc::gen::element(SortField::gene_start,
                                                              SortField::gene_end,
                                                              SortField::gene_name,
                                                              SortField::length,
                                                              SortField::gene_stable_id)),
                                rc::gen::set(&SortKey::descending, rc::gen::arbitrary<bool>()));
    return rc::gen::resize(3, rc::gen::container<Sort>(key));
}

}  // namespace chr21::testing
