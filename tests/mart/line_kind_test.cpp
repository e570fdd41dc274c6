#include "mart/line_kind.hpp"

#include "mart/mart_export.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

// What became of one more line between two rows of genes: the IDs, the reasons to skip, "stamp".
std::string outcome(const std::string& header, const std::string& row, const std::string& line) {
    const auto read = read_export(header + "\nENSG1" + row + "\n" + line + "\nENSG2" + row + "\n");
    if (!read) return read.error().message;
    std::string told;
    for (const auto& gene : read->genes) told += gene.gene_stable_id + " ";
    for (const auto& skipped : read->report.skipped) told += name_of(skipped.reason);
    return told + (read->report.has_completion_stamp ? "stamp" : "");
}

struct Line {
    std::string text, outcome;
};

void check(const std::string& header, const std::string& row, const std::vector<Line>& lines) {
    for (const auto& [text, expected] : lines) {
        EXPECT_THAT(outcome(header, row, text), testing::StartsWith(expected)) << text;
    }
}

std::string failed(std::string_view quote) {
    return "line 3: this is no gene but what a server, a proxy or a program says when it fails, so "
           "export it again: \"" +
           std::string(quote);
}

std::string broke_off(std::string_view quote) {
    return "line 3: BioMart broke off with an error, so export it again: \"" + std::string(quote);
}

TEST(LineKind, IsToldInATableOfOneColumn) {
    check("Gene stable ID",
          "",
          {{"[success]", "ENSG1 ENSG2 stamp"},
           {" [Success]\r", "ENSG1 ENSG2 stamp"},
           {"\"[success]\"", "ENSG1 ENSG2 stamp"},
           {"Gene stable ID", "ENSG1 ENSG2 repeated_header"},
           {"\xEF\xBB\xBFGene stable ID\r", "ENSG1 ENSG2 repeated_header"},
           {"GENE STABLE ID", "ENSG1 ENSG2 repeated_header"},
           {"\"Gene stable ID\"", "ENSG1 ENSG2 repeated_header"},
           {"ensembl_gene_id", "ENSG1 ENSG2 repeated_header"},
           {"# a comment", "ENSG1 ENSG2 comment"},
           {"", "ENSG1 ENSG2 blank_line"},
           {" \t\u00A0", "ENSG1 ENSG2 blank_line"},
           {"NA", "ENSG1 ENSG2 no_stable_id"},
           {"#N/A", "ENSG1 ENSG2 no_stable_id"},
           {"[failed]", failed("[failed]\"")},
           {"<!DOCTYPE html>", failed("<!DOCTYPE html>\"")},
           {"  <HTML lang=\"en\"><head>", failed("<HTML lang=\"en\"><head>\"")},
           {"<center>nginx</center>", failed("<center>")},
           {"<?xml version=\"1.0\"?>", failed("<?xml")},
           {"502 Bad Gateway", failed("502 Bad Gateway\"")},
           {"HTTP/1.1 503 Service Unavailable", failed("HTTP/1.1 503")},
           {"upstream connect error or disconnect/reset before headers", failed("upstream")},
           {"no healthy upstream", failed("no healthy")},
           {"ERROR 2006 (HY000): MySQL server has gone away", failed("ERROR 2006")},
           {"Server Error", failed("Server Error\"")},
           {"connect timeout", failed("connect timeout\"")},
           {"{\"message\": \"Endpoint request timed out\"}", failed("{\"message\"")},
           {"curl: (18) transfer closed", failed("curl: (18)")},
           {"Query ERROR: caught BioMart::Exception::Usage: x", broke_off("Query ERROR: caught")},
           {"BioMart::Exception::Database: x", broke_off("BioMart::Exception::Database: x\"")},
           {"ENSGQuery ERROR: caught BioMart::Exception", broke_off("Query ERROR: caught")},
           {"hello world", "ENSG1 hello world ENSG2 "},
           {"Su(var)3-9", "ENSG1 Su(var)3-9 ENSG2 "},
           {"Transcript:2L52.1", "ENSG1 Transcript:2L52.1 ENSG2 "}});
}

TEST(LineKind, IsToldWhateverCellsALineSeemsToHave) {
    check("Gene stable ID,Gene name",
          ",A",
          {{"[success]", "ENSG1 ENSG2 stamp"},
           {"[success],", "ENSG1 ENSG2 stamp"},
           {"Gene stable ID,Gene name", "ENSG1 ENSG2 repeated_header"},
           {"ensembl_gene_id,external_gene_name", "ENSG1 ENSG2 repeated_header"},
           {"Gene name,Gene stable ID", "line 3: this is a header of other columns"},
           {"Gene stable ID,Gene description", "line 3: this is a header of other columns"},
           {"Gene stable ID,Gene name,Strand", "line 3: this is a header of other columns"},
           {"Query ERROR: caught BioMart::Exception::Usage: a, b",
            broke_off("Query ERROR: caught BioMart::Exception::Usage: a, b\"")},
           {"Service Unavailable, sorry", failed("Service Unavailable, sorry\"")},
           {"<html lang=\"en\">,", failed("<html")},
           {"# one, two", "ENSG1 ENSG2 comment"},
           {"# one, two, three", "ENSG1 ENSG2 comment"},
           {",", "ENSG1 ENSG2 blank_line"},
           {",,,", "ENSG1 ENSG2 blank_line"},
           {",A", "ENSG1 ENSG2 no_stable_id"}});
}

// Words that may begin a description tell nothing there.
TEST(LineKind, IsToldByTheStableIdWhereThatIsNotTheFirstColumn) {
    const auto read = read_export(
        "Gene description,Gene stable ID\nupstream binding factor,UBF\n# 1 hit,G2\n[success]\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->genes.size(), 2U);
    EXPECT_TRUE(read->report.has_completion_stamp);
    EXPECT_TRUE(read->report.skipped.empty());
}

TEST(LineKind, OfAStampLeavesThePartBehindItInDoubt) {
    const std::string text = "Gene stable ID\nG1\n[success]\nG2\n";
    EXPECT_THAT(read_export(text).value().report.warnings,
                testing::Contains("rows follow the last completion stamp, on line 3, so that their "
                                  "part may be cut off"));
    EXPECT_THAT(read_export(text + "[success]\n").value().report.warnings,
                testing::Not(testing::Contains(testing::HasSubstr("stamp"))));
}

}  // namespace
}  // namespace chr21::mart
