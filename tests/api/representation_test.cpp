#include "api/representation.hpp"

#include "gene/region.hpp"
#include "tests/generators.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::api {
namespace {

using chr21::testing::any_gene;
using chr21::testing::any_long_text;
using chr21::testing::three_genes;

Karyotype small_karyotype() {
    return Karyotype({{"2", 900}, {"21", 1000}, {"X", 500}},
                     {{"21", "p11.1", 1, 150, "acen"}, {"21", "q11.2", 151, 1000, "gneg"}});
}

std::vector<Field> to_fields(const std::vector<GeneField>& chosen) {
    std::vector<Field> fields;
    fields.reserve(chosen.size());
    for (const auto field : chosen) fields.push_back(to_field(field));
    return fields;
}

std::string written(Format format,
                    const std::vector<Gene>& genes,
                    const std::vector<GeneField>& chosen = {},
                    const Karyotype& karyotype = small_karyotype()) {
    const GeneRecords records(genes, to_json);
    std::vector<const GeneRecord*> listed;
    std::ranges::transform(
        records.all(), std::back_inserter(listed), [](const auto& record) { return &record; });
    std::string out;
    write_genes(out, format, listed, to_fields(chosen), karyotype);
    return out;
}

std::string chomped(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

Gene described(std::string description) {
    return {.gene_stable_id = "G1",
            .gene_description = std::move(description),
            .chromosome = "21",
            .gene_start = 1,
            .gene_end = 9};
}

TEST(Facts, StandInTheOrderOfTheirEnumerations) {
    for (std::size_t i = 0; i < formats.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(formats.at(i).format), i);
    }
    for (std::size_t i = 0; i < gene_fields.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(gene_fields.at(i).field), i);
    }
}

TEST(ToJson, HasExactlyTheEightColumns) {
    EXPECT_EQ(to_json(three_genes()[0]),
              R"({"gene_stable_id":"ENSG00000000001","gene_name":"ALPHA1",)"
              R"("gene_description":"alpha kinase 1","chromosome":"21","gene_start":100,)"
              R"("gene_end":200,"strand":1,"gene_type":"protein_coding"})");
    EXPECT_EQ(to_json(Gene{.gene_stable_id = "G1", .strand = Strand::reverse}),
              R"({"gene_stable_id":"G1","gene_name":null,"gene_description":null,)"
              R"("chromosome":null,"gene_start":null,"gene_end":null,"strand":-1,)"
              R"("gene_type":null})");
}

TEST(WriteGene, HasTheFieldsAskedForInTheirOrder) {
    const GeneRecords records(three_genes(), to_json);
    const auto genes = records.all();
    const auto fields = to_fields({GeneField::band, GeneField::length, GeneField::gene_name});
    const auto json = [&](const GeneRecord& record, const Karyotype& karyotype) {
        std::string out;
        text::JsonWriter writer(out);
        write_gene(writer, record, fields, karyotype);
        return out;
    };
    const auto karyotype = small_karyotype();
    EXPECT_EQ(json(genes[0], karyotype),
              R"({"band":"p11.1-q11.2","length":101,"gene_name":"ALPHA1"})");
    EXPECT_EQ(json(genes[1], karyotype), R"({"band":"p11.1-q11.2","length":251,"gene_name":null})");
    EXPECT_EQ(json(genes[2], karyotype), R"({"band":null,"length":null,"gene_name":"beta2"})");
    EXPECT_EQ(json(genes[0], Karyotype{}), R"({"band":null,"length":101,"gene_name":"ALPHA1"})");
}

RC_GTEST_PROP(ToJson, SaysWhatTheGeneHas, ()) {
    const auto gene = *any_gene(any_long_text());
    const auto object = boost::json::parse(to_json(gene)).as_object();
    const auto text = [&](const char* name) {
        const auto& value = object.at(name);
        return value.is_null() ? std::nullopt : std::optional(std::string(value.as_string()));
    };
    const auto number = [&](const char* name) {
        const auto& value = object.at(name);
        return value.is_null() ? std::nullopt : std::optional(value.to_number<std::int64_t>());
    };
    RC_ASSERT(object.size() == 8U);
    RC_ASSERT(text("gene_stable_id") == gene.gene_stable_id);
    RC_ASSERT(text("gene_name") == gene.gene_name);
    RC_ASSERT(text("gene_description") == gene.gene_description);
    RC_ASSERT(text("chromosome") == gene.chromosome);
    RC_ASSERT(text("gene_type") == gene.gene_type);
    RC_ASSERT(number("gene_start") == gene.gene_start);
    RC_ASSERT(number("gene_end") == gene.gene_end);
    RC_ASSERT(number("strand").value_or(0) == (gene.strand ? static_cast<int>(*gene.strand) : 0));
}

TEST(WriteGenes, WritesJsonAsAnArray) {
    const auto genes = three_genes();
    EXPECT_EQ(written(Format::json, genes),
              "[" + to_json(genes[0]) + "," + to_json(genes[1]) + "," + to_json(genes[2]) + "]");
    EXPECT_EQ(written(Format::json, {genes[2], genes[0]}, {GeneField::chromosome}),
              R"([{"chromosome":"X"},{"chromosome":"21"}])");
}

TEST(WriteGenes, WritesNdjsonAsALineEach) {
    const auto genes = three_genes();
    EXPECT_EQ(written(Format::ndjson, genes),
              to_json(genes[0]) + "\n" + to_json(genes[1]) + "\n" + to_json(genes[2]) + "\n");
    EXPECT_EQ(written(Format::ndjson, {genes[2]}, {GeneField::length}), "{\"length\":null}\n");
}

TEST(WriteGenes, WritesCsvInTheOrderOfTheMart) {
    EXPECT_EQ(written(Format::csv, three_genes()),
              "Gene description,Gene stable ID,Gene name,Chromosome/scaffold name,"
              "Gene start (bp),Gene end (bp),Strand,Gene type\n"
              "alpha kinase 1,ENSG00000000001,ALPHA1,21,100,200,1,protein_coding\n"
              "\"novel transcript, antisense to ALPHA1\",ENSG00000000002,,21,150,400,-1,lncRNA\n"
              ",ENSG00000000003,beta2,X,,,,\n");
}

TEST(WriteGenes, WritesOnlyTheFieldsAskedForAsTables) {
    const std::vector fields{GeneField::gene_stable_id, GeneField::length, GeneField::band};
    EXPECT_EQ(written(Format::csv, three_genes(), fields),
              "Gene stable ID,Gene length (bp),Karyotype band\n"
              "ENSG00000000001,101,p11.1-q11.2\n"
              "ENSG00000000002,251,p11.1-q11.2\n"
              "ENSG00000000003,,\n");
    EXPECT_EQ(written(Format::tsv, three_genes(), fields),
              "Gene stable ID\tGene length (bp)\tKaryotype band\n"
              "ENSG00000000001\t101\tp11.1-q11.2\n"
              "ENSG00000000002\t251\tp11.1-q11.2\n"
              "ENSG00000000003\t\t\n");
}

TEST(WriteGenes, EnclosesOnlyTheCsvValuesThatNeedIt) {
    struct Case {
        std::string_view description, cell;
    };
    for (const auto& [description, cell] : {
             Case{"plain; text's \t tab", "plain; text's \t tab"},
             Case{"a,b", R"("a,b")"},
             Case{R"(5" cap)", R"("5"" cap")"},
             Case{R"(")", R"("""")"},
             Case{"two\nlines", "\"two\nlines\""},
             Case{"cr\r", "\"cr\r\""},
         }) {
        EXPECT_EQ(written(Format::csv,
                          {described(std::string(description))},
                          {GeneField::gene_description, GeneField::strand}),
                  "Gene description,Strand\n" + std::string(cell) + ",\n")
            << description;
    }
}

TEST(WriteGenes, KeepsARowOfCsvThatHasNothingInIt) {
    EXPECT_EQ(written(Format::csv, three_genes(), {GeneField::gene_description}),
              "Gene description\nalpha kinase 1\n\"novel transcript, antisense to ALPHA1\"\n"
              "\"\"\n");
}

TEST(WriteGenes, WritesTabsAndLineBreaksOfTsvValuesAsSpaces) {
    EXPECT_EQ(written(Format::tsv, {described("\ta\tb\r\nc \"d\", e\n")}),
              "Gene description\tGene stable ID\tGene name\tChromosome/scaffold name\t"
              "Gene start (bp)\tGene end (bp)\tStrand\tGene type\n"
              " a b  c \"d\", e \tG1\t\t21\t1\t9\t\t\n");
}

TEST(WriteGenes, WritesBedHalfOpenAndOnlyForGenesWithAPlace) {
    auto genes = three_genes();
    genes.push_back({.gene_stable_id = "G4", .chromosome = "X", .gene_start = 1, .gene_end = 1});
    EXPECT_EQ(written(Format::bed, genes),
              "21\t99\t200\tENSG00000000001\t0\t+\n"
              "21\t149\t400\tENSG00000000002\t0\t-\n"
              "X\t0\t1\tG4\t0\t.\n");
}

TEST(WriteGenes, WritesGff3AsEnsemblDoes) {
    EXPECT_EQ(written(Format::gff3, three_genes()),
              "##gff-version 3\n"
              "##sequence-region 21 1 1000\n"
              "21\tEnsembl\tgene\t100\t200\t.\t+\t.\tID=gene:ENSG00000000001;Name=ALPHA1;"
              "biotype=protein_coding;description=alpha kinase 1;gene_id=ENSG00000000001\n"
              "21\tEnsembl\tgene\t150\t400\t.\t-\t.\tID=gene:ENSG00000000002;biotype=lncRNA;"
              "description=novel transcript%2C antisense to ALPHA1;gene_id=ENSG00000000002\n");
}

TEST(WriteGenes, NamesTheGff3SequencesInNaturalOrder) {
    std::vector<Gene> genes;
    for (const std::string chromosome : {"X", "21", "2", "HG1", "21"}) {
        genes.push_back(
            {.gene_stable_id = "G", .chromosome = chromosome, .gene_start = 1, .gene_end = 2});
    }
    const auto document = written(Format::gff3, genes);
    EXPECT_TRUE(
        document.starts_with("##gff-version 3\n"
                             "##sequence-region 2 1 900\n"
                             "##sequence-region 21 1 1000\n"
                             "##sequence-region X 1 500\n"
                             "X\tEnsembl"))
        << document;
    EXPECT_TRUE(
        written(Format::gff3, genes, {}, Karyotype{}).starts_with("##gff-version 3\nX\tEnsembl"));
}

TEST(WriteGenes, PercentEncodesGff3) {
    EXPECT_EQ(written(Format::gff3,
                      {{.gene_stable_id = "G;1",
                        .gene_name = "a=b&c,d",
                        .gene_description = "100% \"é\"\t\n\r\x01\x7f [x]",
                        .chromosome = ">1 a:b|c\té",
                        .gene_start = 5,
                        .gene_end = 6}}),
              "##gff-version 3\n"
              "%3E1%20a:b|c%09%C3%A9\tEnsembl\tgene\t5\t6\t.\t.\t.\tID=gene:G%3B1;"
              "Name=a%3Db%26c%2Cd;description=100%25 \"é\"%09%0A%0D%01%7F [x];gene_id=G%3B1\n");
}

TEST(WriteGenes, WritesNoGenesAsAnEmptyDocument) {
    const std::string header =
        "Gene description,Gene stable ID,Gene name,Chromosome/scaffold name,Gene start (bp),"
        "Gene end (bp),Strand,Gene type";
    EXPECT_EQ(written(Format::json, {}), "[]");
    EXPECT_EQ(written(Format::ndjson, {}), "");
    EXPECT_EQ(chomped(written(Format::csv, {})), header);
    EXPECT_EQ(written(Format::bed, {}), "");
    EXPECT_EQ(written(Format::gff3, {}), "##gff-version 3\n");
}

TEST(WriteGenes, AddsToWhatIsThere) {
    std::string out = "{\"items\":";
    write_genes(out, Format::json, {}, {}, Karyotype{});
    EXPECT_EQ(out, "{\"items\":[]");
}

RC_GTEST_PROP(WriteGenes, KeepsOneLineEachWhereTheFormatHasLines, ()) {
    const auto genes = *rc::gen::container<std::vector<Gene>>(any_gene(any_long_text()));
    const auto lines = [&](Format format) {
        return std::ranges::count(written(format, genes), '\n');
    };
    const auto placed =
        std::ranges::count_if(genes, [](const Gene& gene) { return region_of(gene).has_value(); });
    const auto count = std::ssize(genes);
    RC_ASSERT(lines(Format::json) == 0);
    RC_ASSERT(lines(Format::ndjson) == count);
    RC_ASSERT(lines(Format::tsv) == count + 1);
    RC_ASSERT(lines(Format::bed) == placed);
    RC_ASSERT(lines(Format::gff3) >= placed + 1);
}

RC_GTEST_PROP(WriteGenes, WritesTheSameJsonWithAndWithoutNamingTheColumns, ()) {
    const auto genes = *rc::gen::container<std::vector<Gene>>(any_gene());
    std::vector<GeneField> columns;
    for (const auto& facts : gene_fields) {
        if (facts.field < GeneField::length) columns.push_back(facts.field);
    }
    RC_ASSERT(written(Format::json, genes, columns) == written(Format::json, genes));
}

}  // namespace
}  // namespace chr21::api
