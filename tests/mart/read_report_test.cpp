#include "mart/read_report.hpp"

#include "mart/mart_export.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

constexpr std::string_view messy =
    "# retrieved by hand\n"
    ",Gene stable ID,Gene name,Colour,GO term accession\n"
    "0,ENSG00000000001,A,red,GO:1\n"
    "1,,B,,\n"
    "\n"
    "2,ENSG00000000001,A,,GO:2\n"
    "[success]\n";

// "no_stable_id 8: lines 2, 3, 4, 5, 6 and 3 more"
std::vector<std::string> skipped(const ReadReport& report) {
    std::vector<std::string> all;
    all.reserve(report.skipped.size());
    for (const auto& [reason, lines] : report.skipped) {
        all.push_back(std::string(name_of(reason)) + " " + std::to_string(lines.count) + ": " +
                      to_text(lines));
    }
    return all;
}

TEST(ReadReport, CountsEachRowOnce) {
    const auto read = read_export(messy);
    ASSERT_TRUE(read) << read.error().message;
    const auto& report = read->report;
    EXPECT_EQ(report.rows, 4U);
    EXPECT_EQ(report.genes, 1U);
    EXPECT_EQ(report.merged, 1U);
    EXPECT_THAT(skipped(report),
                testing::ElementsAre("no_stable_id 1: line 4", "blank_line 1: line 5"));
    EXPECT_EQ(report.format, "CSV");
    EXPECT_TRUE(report.has_completion_stamp);
}

TEST(ReadReport, ReadsWellOnATerminal) {
    EXPECT_EQ(to_text(read_export(messy).value().report),
              "read 4 rows of CSV: 1 gene, 1 row merged\n"
              "skipped 1 row without a gene stable ID: line 4\n"
              "skipped 1 row with nothing on the line: line 5\n"
              "                     (dropped)\n"
              "  Gene stable ID     gene_stable_id (gene column)\n"
              "  Gene name          gene_name (gene column)\n"
              "  Colour             colour (attribute, unrecognised header)\n"
              "  GO term accession  go_id (attribute)\n"
              "warning: 1 line before the header skipped\n"
              "warning: the first column has no name and is dropped: row numbers\n"
              "warning: chromosome, start or end is missing, so genes match no region\n"
              "warning: 1 row without a gene stable ID skipped, the first on line 4\n"
              "warning: 1 blank line skipped, the first on line 5\n");
}

TEST(ReadReport, IsOneJsonObjectForPrograms) {
    EXPECT_EQ(
        to_json(read_export(messy).value().report),
        R"({"format":"CSV","rows":4,"genes":1,"merged":1,"skipped":[)"
        R"({"reason":"no_stable_id","rows":1,"first_lines":[4]},)"
        R"({"reason":"blank_line","rows":1,"first_lines":[5]}],"columns":[)"
        R"({"header":"","name":null,"use":"dropped"},)"
        R"({"header":"Gene stable ID","name":"gene_stable_id","use":"gene_column"},)"
        R"({"header":"Gene name","name":"gene_name","use":"gene_column"},)"
        R"({"header":"Colour","name":"colour","use":"unrecognised"},)"
        R"({"header":"GO term accession","name":"go_id","use":"recognised"}],"warnings":[)"
        R"("1 line before the header skipped",)"
        R"("the first column has no name and is dropped: row numbers",)"
        R"("chromosome, start or end is missing, so genes match no region",)"
        R"("1 row without a gene stable ID skipped, the first on line 4",)"
        R"("1 blank line skipped, the first on line 5"],"notes":[],"completion_stamp":true})");
}

TEST(ReadReport, NamesOnlyTheFirstLinesOfMany) {
    std::string text = "Gene stable ID,Gene name\n";
    for (int row = 0; row < 8; ++row) text += ",A\n";
    const auto report = read_export(text).value().report;
    EXPECT_THAT(skipped(report),
                testing::ElementsAre("no_stable_id 8: lines 2, 3, 4, 5, 6 and 3 more"));
    EXPECT_THAT(to_text(report),
                testing::HasSubstr("skipped 8 rows without a gene stable ID: lines 2, 3, 4, 5, 6 "
                                   "and 3 more\n"));
}

TEST(ReadReport, HasNothingToWarnOfInAWholeExport) {
    const auto report = read_export(
                            "Gene stable ID\tGene name\tChromosome/scaffold name\t"
                            "Gene start (bp)\tGene end (bp)\nG1\tA\t21\t5\t9\n")
                            .value()
                            .report;
    EXPECT_TRUE(report.warnings.empty()) << to_text(report);
    EXPECT_TRUE(report.notes.empty()) << to_text(report);
    EXPECT_EQ(report.format, "TSV");
    EXPECT_FALSE(report.has_completion_stamp);
}

TEST(ReadReport, CountsTrimmedCells) {
    const auto read = read_export(
        "Gene stable ID\tGene name\nG1 \t A\nG1\tA\n\u200BG2\tB\r\nG3\tC\u00A0\nG4\tD \nG5\t E\n"
        "G6 \tF\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->genes.size(), 6U);
    EXPECT_THAT(read->report.notes,
                testing::ElementsAre("blanks or invisible characters were taken off the ends of 7 "
                                     "cells, on lines 2, 4, 5, 6, 7 and 1 more"));
}

TEST(ReadReport, TellsAMissingLastLineEnd) {
    struct Case {
        std::string text, note, warning;
    };
    const std::string told = "the last line, 3, has no line end";
    for (const auto& [text, note, warning] : {
             Case{"Gene stable ID\tGene type\nG1\tlncRNA\nG2\tlnc", told, ""},
             Case{"Gene stable ID\tGene type\nG1\tlncRNA\nG2\t",
                  "",
                  told + ", and its last cell is empty"},
             Case{"Gene stable ID\tStrand\nG1\t-1\nG2\t-1", told, ""},
             Case{"Gene stable ID\tStrand\nG1\t-1\nG2\t-",
                  "",
                  told + ", and its last cell is no number, \"-\""},
             Case{"Gene stable ID\tNCBI gene ID\nG1\t7157\nG2\t71", told, ""},
             Case{"Gene stable ID\tNCBI gene ID\nG1\t7157\nG2\t71x",
                  "",
                  told + ", and its last cell is no number, \"71x\""},
             Case{"Gene stable ID\tColour\nG1\tred\nG2\tr", told, ""},
             Case{"Gene stable ID\tColour\nG1\tred\nG2\t\n", "", ""},
             Case{"Gene stable ID\tColour\nG1\tred\n[success]", "", ""},
             Case{"Gene stable ID\tColour\nG1\t\n# end", "", ""},
         }) {
        const auto report = read_export(text).value().report;
        const auto warned = to_text(report);
        EXPECT_EQ(warned.contains("note: the last line"), !note.empty()) << warned;
        EXPECT_THAT(warned, testing::HasSubstr(note));
        EXPECT_EQ(warned.contains("warning: the last line"), !warning.empty()) << warned;
        EXPECT_THAT(warned, testing::HasSubstr(warning));
    }
}

TEST(ReadProgress, ComesNowAndThenAndAtTheEnd) {
    std::string text = "Gene stable ID\n";
    for (int row = 0; row < 20000; ++row) text += "G" + std::to_string(row) + "\n";
    std::vector<Progress> seen;
    const auto read =
        read_export(text, {.progress = [&](const Progress& now) { seen.push_back(now); }});
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_GE(seen.size(), 3U);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_LT(seen[i - 1].rows, seen[i].rows);
        EXPECT_LE(seen[i - 1].bytes_read, seen[i].bytes_read);
    }
    EXPECT_EQ(seen.back().rows, 20000U);
    EXPECT_EQ(seen.back().bytes_read, seen.back().bytes_total);
}

TEST(ReadSpecies, IsWhatEveryStableIdProves) {
    struct Case {
        std::string rows;
        std::optional<std::string> species;
    };
    for (const auto& [rows, species] : {
             Case{"ENSG00000142192\n", "Homo sapiens"},
             Case{"ENSG00000142192\nENSG00000142193.5\n", "Homo sapiens"},
             Case{"ENSG00000142192\nENSG00000182378.15_PAR_Y\nENSG00000182378_PAR_Y\n",
                  "Homo sapiens"},
             Case{"ENSMUSG00000071456\n", "Mus musculus"},
             Case{"ENSG00000142192\nENSMUSG00000071456\n", {}},
             Case{"ENSG00000142192\nLRG_24\n", {}},
             Case{"ENSXYZG00000142192\n", {}},
             Case{"ENSG1\n", {}},
             Case{"LOC100633972\n", {}},
             Case{"", {}},
         }) {
        EXPECT_EQ(read_export("Gene stable ID\n" + rows).value().species, species) << rows;
    }
}

}  // namespace
}  // namespace chr21::mart
