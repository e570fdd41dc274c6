#include "mart/damage.hpp"

#include "mart/mart_export.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string table_of(std::string_view header, std::string_view cell) {
    return std::string("Gene stable ID\t").append(header).append("\nG1\t").append(cell) + "\n";
}

// Without those about columns that are not there.
std::vector<std::string> warnings_of(const std::string& text) {
    const auto read = read_export(text);
    if (!read) return {read.error().message};
    std::vector<std::string> told;
    for (const auto& warning : read->report.warnings) {
        if (warning.starts_with("column ")) told.push_back(warning);
    }
    return told;
}

TEST(Damage, OfACellIsToldWithItsColumnExampleLinesAndRemedy) {
    struct Case {
        std::string header, cell, told;
    };
    for (const auto& [header, cell, told] : {
             Case{"Gene name",
                  "1-Mar",
                  "column Gene name: 1 cell with a date (\"1-Mar\"), on line 2: "},
             Case{"HGNC symbol", "2-Sep", "column HGNC symbol: 1 cell with a date"},
             Case{"Gene Synonym", "MAR-01", "column Gene Synonym: 1 cell with a date"},
             Case{"Gene name", "2.31E+19", "column Gene name: 1 cell with a number in scientific"},
             Case{"NCBI gene ID",
                  "1E+08",
                  "column NCBI gene ID: 1 cell with a number in scientific"},
             Case{
                 "NCBI gene ID", "56169.0", "column NCBI gene ID: 1 cell with a whole number as a"},
             Case{"GeneID", "613.0", "column GeneID: 1 cell with a whole number as a float"},
             Case{"HGNC ID", "613.0", "column HGNC ID: 1 cell with a whole number as a float"},
             Case{"Gene name", "NA", "column Gene name: 1 cell with a word for a missing value"},
             Case{"Gene name", "-", "column Gene name: 1 cell with a word for a missing value"},
             Case{"Gene type", "None", "column Gene type: 1 cell with a word for a missing value"},
             Case{"Colour", "\\N", "column Colour: 1 cell with a word for a missing value"},
             Case{"Gene description", "#NAME?", "column Gene description: 1 cell with a formula"},
             Case{
                 "Gene name", "'SEPT2", "column Gene name: 1 cell with a formula or an apostrophe"},
             Case{"Gene name", "\"A, B\"", "column Gene name: 1 cell with quotes round them"},
         }) {
        const auto text = table_of(header, cell);
        EXPECT_THAT(warnings_of(text), ElementsAre(StartsWith(told))) << cell;
        const auto made = read_export(text).value().genes.front();
        if (header == "Gene name") {
            EXPECT_EQ(made.gene_name, cell);
        }
    }
}

TEST(Damage, IsNotSeenInWhatMayBeMeant) {
    struct Case {
        std::string header, cell;
    };
    for (const auto& [header, cell] : {
             Case{"Gene name", "sep-1"},
             Case{"Gene name", "MARCH1"},
             Case{"Gene name", "007"},
             Case{"Gene name", "56169.5"},
             Case{"Gene description", "1-Mar"},
             Case{"Gene description", "\"PR domain 10"},
             Case{"% GC content", "40.0"},
             Case{"length.kb", "12.0"},
             Case{"Allele", "-"},
             Case{"Source", "None"},
             Case{"Gene name", "na"},
         }) {
        EXPECT_THAT(warnings_of(table_of(header, cell)), ElementsAre()) << cell;
    }
    EXPECT_THAT(warnings_of("Gene stable ID,Gene name\nG1,\"A\"\n"), ElementsAre());
}

TEST(Damage, NamesFiveLinesAndHowManyMore) {
    std::string text = "Gene stable ID,Gene name\n";
    for (int row = 0; row < 8; ++row) text.append("G").append(std::to_string(row)) += ",1-Mar\n";
    EXPECT_THAT(warnings_of(text),
                ElementsAre(AllOf(StartsWith("column Gene name: 8 cells with a date"),
                                  HasSubstr("on lines 2, 3, 4, 5, 6 and 3 more: "))));
}

TEST(Damage, TakesANumberForADayWhereFewNamesAreNumbers) {
    std::string few = "Gene stable ID,Gene name\nG0,44986\n";
    std::string many = few;
    for (int row = 1; row < 20; ++row) {
        const auto number = std::to_string(row);
        few.append("G").append(number).append(",SOD").append(number).append("\n");
        many.append("G").append(number).append(",").append(std::to_string(44000 + row)) += "\n";
    }
    EXPECT_THAT(warnings_of(few),
                Contains(HasSubstr("1 cell with the number of a day (\"44986\")")));
    EXPECT_THAT(warnings_of(many), ElementsAre());
}

TEST(Damage, OfAStableId) {
    EXPECT_THAT(warnings_of("Gene stable ID,Gene name\n263.0,A\nhello world,B\nNA,C\nNA,D\n"),
                ElementsAre(HasSubstr("2 cells with a word for a missing value (\"NA\"), on lines "
                                      "4, 5: their rows are skipped"),
                            HasSubstr("1 cell with a whole number as a float (\"263.0\")"),
                            HasSubstr("1 cell with a blank inside (\"hello world\")")));
}

}  // namespace
}  // namespace chr21::mart
