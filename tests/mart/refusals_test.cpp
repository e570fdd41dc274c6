#include "mart/mart_export.hpp"

#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

Error refusal(std::string_view text) {
    const auto genes = parse_export(text);
    return genes ? Error{} : genes.error();
}

TEST(ParseExport, NamesTheLineAndColumnThatCannotBeUsed) {
    const std::string header =
        "Gene stable ID,Gene name,Gene start (bp),Gene end (bp),Strand,Gene description\n";
    const std::string position = "a position must be a whole number of bp from 1 to 4294967295";
    struct Case {
        std::string rows, column, value, complaint;
    };
    const std::vector<Case> cases = {
        {"G1,A,1,2,1,\n,B,1,2,1,\n",
         "Gene stable ID",
         "",
         "line 3, column Gene stable ID: every gene needs a stable ID"},
        {"G1,A,x,2,1,\n", "Gene start (bp)", "x", "line 2, column Gene start (bp): " + position},
        {"G1,A,0,2,1,\n", "Gene start (bp)", "0", "line 2, column Gene start (bp): " + position},
        {"G1,A,1,2.0,1,\n", "Gene end (bp)", "2.0", "line 2, column Gene end (bp): " + position},
        {"G1,A,1,-2,1,\n", "Gene end (bp)", "-2", "line 2, column Gene end (bp): " + position},
        {"G1,A,1, 2,1,\n", "Gene end (bp)", " 2", "line 2, column Gene end (bp): " + position},
        {"G1,A,1,4294967296,1,\n",
         "Gene end (bp)",
         "4294967296",
         "line 2, column Gene end (bp): " + position},
        {"G1,A,1,\"2,000\",1,\n",
         "Gene end (bp)",
         "2,000",
         "line 2, column Gene end (bp): " + position},
        {"G1,A,3,2,1,\n",
         "Gene start (bp)",
         "3",
         "line 2, column Gene start (bp): the start must not be after the end, 2"},
        {"G1,A,1,2,+,\n", "Strand", "+", "line 2, column Strand: a strand must be 1 or -1"},
        {"G1,A,1,2,0,\n", "Strand", "0", "line 2, column Strand: a strand must be 1 or -1"},
        {"G1,A,1,2,1\n",
         "Gene description",
         "",
         "line 2, column Gene description: the header names 6 columns, but this row has 5 cells"},
        {"G1\n",
         "Gene name",
         "",
         "line 2, column Gene name: the header names 6 columns, but this row has 1 cell"},
        {"G1,A,1,2,1,,\n",
         "Gene description",
         "",
         "line 2, column Gene description: the header names 6 columns, but this row has 7 cells"},
        {"G1,A,1,2,1,\n\nG2,B,1,2,1,\n",
         "Gene name",
         "",
         "line 3, column Gene name: the header names 6 columns, but this row has 1 cell"},
        {"G1,A,1,2,1,caf\xE9\n",
         "Gene description",
         "caf\\xE9",
         "line 2, column Gene description: the text must be UTF-8"},
        {"G\xFF,A,1,2,1,\n",
         "Gene stable ID",
         "G\\xFF",
         "line 2, column Gene stable ID: the text must be UTF-8"},
        {std::string("G1,A\0,1,2,1,\n", 13),
         "Gene name",
         "A\\x00",
         "line 2, column Gene name: the text must not hold a NUL byte"},
        {"G1,A,1,2,1,\"two\nlines\"\nG2,B,1,2,3,\n",
         "Strand",
         "3",
         "line 4, column Strand: a strand must be 1 or -1"},
        {"G1,A,1,2,1,\nG2,B,1,2,1,\nG1,A,1,3,1,\n",
         "Gene end (bp)",
         "G1",
         "line 4, column Gene end (bp): gene G1 is already on line 2 with another value here"},
        {"G1,A,1,2,1,\nG1,,1,2,1,\n",
         "Gene name",
         "G1",
         "line 3, column Gene name: gene G1 is already on line 2 with another value here"},
        {"G1,A,1,2,1,\ng1,A,1,2,1,\n",
         "Gene stable ID",
         "g1",
         "line 3, column Gene stable ID: gene g1 is already on line 2 with another value here"},
    };
    for (const auto& [rows, column, value, complaint] : cases) {
        EXPECT_EQ(refusal(header + rows), (Error{column, value, complaint})) << rows;
    }
}

TEST(ParseExport, NamesTheColumnInWhichOneGeneHasTwoValues) {
    const std::string header =
        "Gene stable ID,Chromosome/scaffold name,Gene start (bp),Strand,Gene type,"
        "Gene description\nG1,21,5,1,lncRNA,novel\n";
    struct Case {
        std::string_view row, column;
    };
    for (const auto& [row, column] : {
             Case{"G1,22,5,1,lncRNA,novel", "Chromosome/scaffold name"},
             Case{"G1,21,6,1,lncRNA,novel", "Gene start (bp)"},
             Case{"G1,21,5,-1,lncRNA,novel", "Strand"},
             Case{"G1,21,5,1,miRNA,novel", "Gene type"},
             Case{"G1,21,5,1,lncRNA,known", "Gene description"},
         }) {
        EXPECT_EQ(refusal(header + std::string(row)).parameter, column) << row;
    }
}

TEST(ParseExport, RefusesAHeaderThatIsNotOfAGeneExport) {
    const std::string known =
        "; the known columns are Gene description, Gene stable ID, Gene name, "
        "Chromosome/scaffold name, Gene start (bp), Gene end (bp), Strand, Gene type";
    const std::string long_name(59, 'x');
    struct Case {
        std::string text, column, complaint;
    };
    const std::vector<Case> cases = {
        {"", "export", "line 1: the export is empty; its first line must name columns"},
        {"\xEF\xBB\xBF\r\n\n",
         "export",
         "line 1: the export is empty; its first line must name columns"},
        {"Gene name,Strand\nA,1\n",
         "Gene stable ID",
         "line 1, column Gene stable ID: this column is missing; every export needs it"},
        {"Gene stable ID,Strand,gene stable id\n",
         "Gene stable ID",
         "line 1, column Gene stable ID: this column is there twice"},
        {"Gene stable ID,Transcript stable ID\nG1,T1\n",
         "Transcript stable ID",
         "line 1: unknown column \"Transcript stable ID\"" + known},
        {"Ensembl Gene ID\tStrand\n",
         "Ensembl Gene ID",
         "line 1: unknown column \"Ensembl Gene ID\"" + known},
        {",Gene stable ID\n0,G1\n", "", "line 1: unknown column \"\"" + known},
        {"Gene stable ID;Strand\n",
         "Gene stable ID;Strand",
         "line 1: unknown column \"Gene stable ID;Strand\"" + known},
        {"\xFF\xFEG\n", R"(\xFF\xFEG)", "line 1: unknown column \"\\xFF\\xFEG\"" + known},
        {"Caf\xC3\xA9\n", "Caf\xC3\xA9", "line 1: unknown column \"Caf\xC3\xA9\"" + known},
        {long_name + "\xC3\xA9 and more\n",
         long_name + "...",
         "line 1: unknown column \"" + long_name + "...\"" + known},
    };
    for (const auto& [text, column, complaint] : cases) {
        const auto error = refusal(text);
        EXPECT_EQ(error.parameter, column) << text;
        EXPECT_EQ(error.message, complaint) << text;
    }
}

}  // namespace
}  // namespace chr21::mart
