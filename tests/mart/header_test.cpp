#include "mart/header.hpp"

#include "mart/mart_export.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

MartExport read(std::string_view text) {
    auto made = read_export(text);
    if (!made) throw std::runtime_error(made.error().message);
    return *std::move(made);
}

// What became of the columns of an export with these headers, as "name use".
std::vector<std::string> columns(const std::string& headers) {
    std::vector<std::string> all;
    for (const auto& column : read(headers).report.columns) {
        all.push_back(column.name + " " + std::string(name_of(column.use)));
    }
    return all;
}

TEST(ReadHeader, KnowsTheGeneColumnsOfEveryGeneration) {
    const std::vector<Gene> expected = {{.gene_stable_id = "G1",
                                         .gene_name = "A",
                                         .gene_description = "alpha",
                                         .chromosome = "21",
                                         .gene_start = 5,
                                         .gene_end = 9,
                                         .strand = Strand::reverse,
                                         .gene_type = "lncRNA"}};
    for (
        const std::string header : {
            "Gene stable ID,Gene name,Gene description,Chromosome/scaffold name,Gene start (bp),"
            "Gene end (bp),Strand,Gene type",
            "Gene ID,Gene Name,Description,Chromosome Name,Gene Start (bp),Gene End (bp),Strand,"
            "Gene Biotype",
            "Ensembl Gene ID,Associated Gene Name,Description,Chromosome Name,Gene Start (bp),"
            "Gene End (bp),Strand,Gene Biotype",
            "Ensembl Gene ID,External Gene ID,Description,Chromosome,Gene Start (bp),Gene End (bp),"
            "Strand,Biotype",
            "ensembl_gene_id,external_gene_name,description,chromosome_name,start_position,"
            "end_position,strand,gene_biotype",
            "gene_stable_id,gene_name,gene_description,chromosome,gene_start,gene_end,strand,"
            "gene_type",
            " GENE STABLE ID ,gene  name,Gene.description,CHROMOSOME / SCAFFOLD NAME,Gene start bp,"
            "gene end(bp),STRAND,gene_Type",
        }) {
        const auto made = read(header + "\nG1,A,alpha,21,5,9,-1,lncRNA\n");
        EXPECT_EQ(made.genes, expected) << header;
        for (const auto& column : made.report.columns) {
            EXPECT_EQ(column.use, ColumnUse::gene_column) << header;
        }
    }
}

TEST(ReadHeader, NamesAttributesAsBioMartDoes) {
    struct Case {
        std::string header, name;
    };
    for (const auto& [header, name] : {
             Case{"GO term accession", "go_id"},
             Case{"GO Term Accession", "go_id"},
             Case{"go_id", "go_id"},
             Case{"NCBI gene (formerly Entrezgene) ID", "entrezgene_id"},
             Case{"EntrezGene ID", "entrezgene_id"},
             Case{"HGNC symbol", "hgnc_symbol"},
             Case{"MGI symbol", "mgi_symbol"},
             Case{"Gene stable ID version", "ensembl_gene_id_version"},
             Case{"Gene Synonym", "external_synonym"},
             Case{"Gene % GC content", "percentage_gene_gc_content"},
             Case{"% GC content", "percentage_gene_gc_content"},
             Case{"Transcript stable ID", "ensembl_transcript_id"},
             Case{"Ensembl Transcript ID", "ensembl_transcript_id"},
             Case{"GOSlim GOA Accession(s)", "goslim_goa_accession"},
             Case{"Transcript type", "transcript_biotype"},
             Case{"start phase", "phase"},
             Case{"Exon Chr Start (bp)", "exon_chrom_start"},
             Case{"Karyotype band", "mart_band"},
         }) {
        EXPECT_EQ(columns("Gene stable ID\t" + header).at(1), name + " recognised") << header;
    }
}

TEST(ReadHeader, MakesASlugOfAHeaderThatItDoesNotKnow) {
    struct Case {
        std::string header, name;
    };
    for (const auto& [header, name] : {
             Case{"length.kb", "length_kb"},
             Case{"Human orthology confidence [0 low, 1 high]",
                  "human_orthology_confidence_0_low_1_high"},
             Case{"%id. target Human gene", "id_target_human_gene"},
             Case{"  Mouse   gene name ", "mouse_gene_name"},
             Case{"Größe", "gr_e"},
             Case{"染色体", "column"},
             Case{"length", "mart_length"},
             Case{"ALL", "mart_all"},
             Case{"", "column"},
         }) {
        EXPECT_EQ(columns("Gene stable ID\t" + header + "\tGene name").at(1),
                  name + " unrecognised")
            << header;
    }
}

TEST(ReadHeader, TellsHeadersOfOneSlugApart) {
    EXPECT_THAT(columns("Gene stable ID\tcolour\tColour\t% colour"),
                testing::ElementsAre("gene_stable_id gene_column",
                                     "colour unrecognised",
                                     "colour_2 unrecognised",
                                     "colour_3 unrecognised"));
}

TEST(ReadHeader, JoinsRepeatedAttributes) {
    const auto made = read(
        "Gene stable ID,GO term accession,Colour,go_id,Colour\n"
        "G1,GO:2,red,GO:1,red\nG1,,blue,GO:2,\nG2,,,GO:3,green\n");
    EXPECT_EQ(made.attributes,
              (std::vector<AttributeColumn>{{"go_id", "GO term accession", {"go_id"}},
                                            {"colour", "Colour", {"Colour"}}}));
    ASSERT_EQ(made.genes.size(), 2U);
    EXPECT_EQ(made.genes[0].attributes,
              (std::vector<Attribute>{{"go_id", {"GO:2", "GO:1"}}, {"colour", {"red", "blue"}}}));
    EXPECT_EQ(made.genes[1].attributes,
              (std::vector<Attribute>{{"go_id", {"GO:3"}}, {"colour", {"green"}}}));
    EXPECT_EQ(made.report.columns[3].use, ColumnUse::repeated);
    EXPECT_EQ(made.report.columns[3].name, "go_id");
}

TEST(ReadHeader, TakesAGeneColumnTwiceIfBothSayTheSame) {
    const auto made = read("Gene name,Gene stable ID,Associated Gene Name\nA,G1,A\n,G2,\n");
    EXPECT_EQ(
        made.genes,
        (std::vector<Gene>{{.gene_stable_id = "G1", .gene_name = "A"}, {.gene_stable_id = "G2"}}));
    EXPECT_EQ(made.report.columns[2].use, ColumnUse::repeated);
}

TEST(ReadHeader, DropsRowNumbers) {
    for (const std::string header :
         {",Gene stable ID", "\"\",\"Gene stable ID\"", "Unnamed: 0,Gene stable ID"}) {
        const auto made = read(header + "\r\n0,G1\r\n1,G2\r\n");
        EXPECT_EQ(made.genes,
                  (std::vector<Gene>{{.gene_stable_id = "G1"}, {.gene_stable_id = "G2"}}))
            << header;
        EXPECT_EQ(made.report.columns[0].use, ColumnUse::dropped);
        EXPECT_THAT(made.report.warnings,
                    testing::Contains("the first column has no name and is dropped: row numbers"));
        EXPECT_TRUE(made.attributes.empty());
    }
}

TEST(ReadHeader, TakesNoSymbolForAName) {
    const auto made = read("Gene stable ID,HGNC symbol\nG1,A\n");
    EXPECT_FALSE(made.genes.front().gene_name);
    EXPECT_EQ(made.genes.front().attributes, (std::vector<Attribute>{{"hgnc_symbol", {"A"}}}));
    EXPECT_THAT(made.report.warnings,
                testing::Contains("there is no Gene name column, so genes have no names; HGNC "
                                  "symbol is kept as an attribute"));
    const auto both = read("Gene stable ID,MGI symbol,Gene name\nG1,A,B\n");
    EXPECT_EQ(both.genes.front().gene_name, "B");
    EXPECT_EQ(both.genes.front().attributes, (std::vector<Attribute>{{"mgi_symbol", {"A"}}}));
}

TEST(Slug, HasLowerCaseLettersDigitsAndSingleUnderscores) {
    EXPECT_EQ(slug("5' UTR start"), "5_utr_start");
    EXPECT_EQ(slug("__A--b__"), "a_b");
    EXPECT_EQ(slug("%"), "");
}

}  // namespace
}  // namespace chr21::mart
