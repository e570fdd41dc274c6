#include "mart/mart_export.hpp"

#include "tests/generators.hpp"
#include "tests/mart/enclosed_csv.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::mart {
namespace {

using testing::any_genes;
using testing::three_genes;

std::vector<Gene> read(std::string_view text) {
    auto read = read_export(text);
    if (!read) throw std::runtime_error(read.error().message);
    return std::move(read->genes);
}

// The description of the only gene in a CSV export whose first cell stands as given.
std::string description(const std::string& cell) {
    const auto genes = read("Gene description,Gene stable ID\n" + cell + ",G1\n");
    return genes.size() == 1 ? genes.front().gene_description.value_or("(absent)") : "(lost)";
}

constexpr std::string_view three_as_csv =
    "Gene description,Gene stable ID,Gene name,Chromosome/scaffold name,Gene start (bp),"
    "Gene end (bp),Strand,Gene type\n"
    "alpha kinase 1,ENSG00000000001,ALPHA1,21,100,200,1,protein_coding\n"
    "\"novel transcript, antisense to ALPHA1\",ENSG00000000002,,21,150,400,-1,lncRNA\n"
    ",ENSG00000000003,beta2,X,,,,\n";

constexpr std::string_view three_as_tsv =
    "Gene type\tStrand\tGene end (bp)\tGene start (bp)\tChromosome/scaffold name\tGene name\t"
    "Gene stable ID\tGene description\n"
    "protein_coding\t1\t200\t100\t21\tALPHA1\tENSG00000000001\talpha kinase 1\n"
    "lncRNA\t-1\t400\t150\t21\t\tENSG00000000002\tnovel transcript, antisense to ALPHA1\n"
    "\t\t\t\tX\tbeta2\tENSG00000000003\t\n";

std::string with_crlf(std::string_view text) {
    std::string changed;
    for (const char c : text) changed += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return changed;
}

TEST(ReadExport, ReadsEveryDialect) {
    const std::string csv(three_as_csv);
    const std::string tsv(three_as_tsv);
    struct Case {
        std::string_view dialect;
        std::string text;
    };
    const std::vector<Case> cases = {
        {"CSV", csv},
        {"TSV with the columns in another order", tsv},
        {"CSV with CRLF", with_crlf(csv)},
        {"TSV with CRLF", with_crlf(tsv)},
        {"CSV after a byte order mark", "\xEF\xBB\xBF" + csv},
        {"TSV after a byte order mark, with CRLF", "\xEF\xBB\xBF" + with_crlf(tsv)},
        {"no line end after the last row", csv.substr(0, csv.size() - 1)},
        {"empty lines at the end", csv + "\n\r\n\n"},
        {"CSV with every value enclosed", testing::to_enclosed_csv(three_genes())},
        {"comment lines before the header", "# from BioMart\n# 2026, again\n" + csv},
        {"a comment line after a byte order mark", "\xEF\xBB\xBF# one\r\n" + with_crlf(tsv)},
        {"empty lines before the header", "\n\r\n" + csv},
        {"empty lines among the rows", csv + "\n" + csv.substr(csv.find('\n') + 1)},
        {"BioMart's completion stamp", csv + "[success]\n"},
        {"a completion stamp after each part",
         csv.substr(0, csv.find("\"novel")) + "[success]\n" + csv.substr(csv.find("\"novel")) +
             "[success]\n"},
        {"the header again", csv + csv},
        {"Excel's line about separators", "sep=,\r\n" + csv},
        {"BioMart's completion stamp, CRLF", with_crlf(tsv) + "[success]\r\n\r\n"},
    };
    for (const auto& [dialect, text] : cases) EXPECT_EQ(read(text), three_genes()) << dialect;
}

TEST(ReadExport, ReadsHeaderNamesInAnyCaseWithSpaceAround) {
    const auto genes = read(" GENE STABLE ID ,\"gene name\"\nG1,ALPHA1\n");
    EXPECT_EQ(genes, (std::vector<Gene>{{.gene_stable_id = "G1", .gene_name = "ALPHA1"}}));
}

TEST(ReadExport, NeedsNoColumnButTheStableId) {
    EXPECT_EQ(read("Gene stable ID\nG2\nG1\n"),
              (std::vector<Gene>{{.gene_stable_id = "G2"}, {.gene_stable_id = "G1"}}));
    EXPECT_TRUE(read("Gene stable ID\n").empty());
    EXPECT_TRUE(read("Strand\tGene stable ID").empty());
}

TEST(ReadExport, TellsEnclosingQuotesFromOrdinaryOnes) {
    struct Case {
        std::string cell, value;
    };
    for (const auto& [cell, value] : {
             Case{"plain", "plain"},
             Case{"\"with, comma\"", "with, comma"},
             Case{"\"enclosed without need\"", "enclosed without need"},
             Case{R"("a ""quoted"" word")", R"(a "quoted" word)"},
             Case{R"("""all""")", R"("all")"},
             Case{R"("""")", "\""},
             Case{"\"two\nlines\"", "two\nlines"},
             Case{"\"two\r\nlines\"", "two\r\nlines"},
             Case{"\"\"", "(absent)"},
             Case{"", "(absent)"},
             Case{"5\" end", "5\" end"},
             Case{"the \"bare\" word", "the \"bare\" word"},
             Case{"\"bare\" at the start", "\"bare\" at the start"},
             Case{"never closed\"", "never closed\""},
             Case{"\"never closed", "\"never closed"},
             Case{"a \"\" b", "a \"\" b"},
             Case{" \"space before\"", "\"space before\""},
             Case{" space at  both ends ", "space at  both ends"},
             Case{"\" enclosed \"", "enclosed"},
             Case{"\"\u00A0\u200B\t\r\n\uFEFFinvisible\u00A0\"", "invisible"},
             Case{" \u00A0 ", "(absent)"},
             Case{"carriage\rreturn", "carriage\rreturn"},
             Case{"tab\there", "tab\there"},
             Case{"naïve 染色体", "naïve 染色体"},
         }) {
        EXPECT_EQ(description(cell), value) << cell;
    }
}

TEST(ReadExport, TellsBioMartsQuotesFromThoseOfRfc4180) {
    const std::string comma_inside = R"("a $FIELD_ENCLOSERb$FIELD_ENCLOSER, c")";
    struct Case {
        std::string cell, value;
    };
    for (const auto& [cell, value] : {
             // BioMart encloses for a comma and leaves quotes as they are.
             Case{R"("a "quoted" word, and more")", R"(a "quoted" word, and more)"},
             Case{R"("a "b", c")", R"(a "b", c)"},
             Case{R"("5" and 3", both ends")", R"(5" and 3", both ends)"},
             Case{R"(""x", y")", R"("x", y)"},
             // Or spells them out.
             Case{comma_inside, R"(a "b", c)"},
             Case{R"("$FIELD_ENCLOSER, $FIELD_ENCLOSER")", R"(", ")"},
             // Not BioMart: it encloses nothing without a comma and doubles no quote.
             Case{"$FIELD_ENCLOSER", "$FIELD_ENCLOSER"},
             Case{"\"$FIELD_ENCLOSER\"", "$FIELD_ENCLOSER"},
             Case{R"("$FIELD_ENCLOSER, ""b""")", R"($FIELD_ENCLOSER, "b")"},
         }) {
        EXPECT_EQ(description(cell), value) << cell;
    }
    EXPECT_EQ(read("\"Gene description\",\"Gene stable ID\"\n" + comma_inside + ",G1\n")
                  .front()
                  .gene_description,
              "a $FIELD_ENCLOSERb$FIELD_ENCLOSER, c");
}

TEST(ReadExport, TellsByTheWidthOfTheRowWhetherABareQuoteEncloses) {
    const auto genes = read(
        "Gene description,Gene stable ID,Gene name\n"
        "\"5\" end,G1,the \"x\"\n"
        "\"5\" end, far\",G2,the \"x\"\n"
        "\"5\" end,G3,\"x, y\"\n");
    ASSERT_EQ(genes.size(), 3U);
    EXPECT_EQ(genes[0].gene_description, "\"5\" end");
    EXPECT_EQ(genes[0].gene_name, "the \"x\"");
    EXPECT_EQ(genes[1].gene_description, "5\" end, far");
    EXPECT_EQ(genes[2].gene_description, "\"5\" end");
    EXPECT_EQ(genes[2].gene_name, "x, y");
}

TEST(ReadExport, KeepsARowWholeAfterAQuoteThatIsNeverClosed) {
    const auto genes = read("Gene description,Gene stable ID\n\"open,G1\n\"shut, now\",G2\n");
    ASSERT_EQ(genes.size(), 2U);
    EXPECT_EQ(genes[0].gene_description, "\"open");
    EXPECT_EQ(genes[1].gene_description, "shut, now");
}

TEST(ReadExport, NeverTakesQuotesAwayFromTsv) {
    const auto genes = read("Gene stable ID\tGene description\nG1\t\"quoted\"\nG2\ta, \"b\"\n");
    ASSERT_EQ(genes.size(), 2U);
    EXPECT_EQ(genes[0].gene_description, "\"quoted\"");
    EXPECT_EQ(genes[1].gene_description, "a, \"b\"");
}

TEST(ReadExport, ReadsNamesOfEveryKindAsText) {
    const auto genes = read(
        "Gene stable ID\tChromosome/scaffold name\tKaryotype band\n"
        "LOC100633972\tMT\tp11.2\nYAL069W\tXVI\t\nENSG00000000001\tHSCHR6_MHC_APD_CTG1\tq21.3\n"
        "ENSGALG00000000003\tZ\t\nFBgn0000001\t007\t\nG,6\tKI270733.1\t\n");
    const std::vector<std::string> chromosomes = {
        "MT", "XVI", "HSCHR6_MHC_APD_CTG1", "Z", "007", "KI270733.1"};
    ASSERT_EQ(genes.size(), chromosomes.size());
    for (std::size_t i = 0; i < genes.size(); ++i) EXPECT_EQ(genes[i].chromosome, chromosomes[i]);
    EXPECT_EQ(genes[0].gene_stable_id, "LOC100633972");
    EXPECT_EQ(genes[5].gene_stable_id, "G,6");
}

TEST(ReadExport, MergesRowsThatAreTheSame) {
    const auto genes = read("Gene stable ID,Gene name\nG1,A\nG2,B\nG1,A\nG1,A\n");
    ASSERT_EQ(genes.size(), 2U);
    EXPECT_EQ(genes[0].gene_stable_id, "G1");
    EXPECT_EQ(genes[1].gene_stable_id, "G2");
}

TEST(ReadExport, ReadsTheGreatestPosition) {
    const auto genes = read("Gene stable ID,Gene start (bp)\nG1,4294967295\n");
    EXPECT_EQ(genes.front().gene_start, 4294967295U);
}

RC_GTEST_PROP(ReadExport, ReadsBackWhateverGenesHold, ()) {
    const auto genes = *any_genes(testing::any_trimmed(testing::any_long_text()));
    RC_ASSERT(read(testing::to_enclosed_csv(genes)) == genes);
}

}  // namespace
}  // namespace chr21::mart
