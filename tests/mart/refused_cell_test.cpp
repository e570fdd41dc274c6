#include "mart/refused_cell.hpp"

#include "mart/mart_export.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Case {
    std::string value, cause;
};

std::string refusal(const std::string& text) {
    const auto read = read_export(text);
    return read ? "" : read.error().message;
}

TEST(RefusedPosition, IsQuotedWithItsCause) {
    for (const auto& [value, cause] : {
             Case{"1.86e+08", "scientific notation"},
             Case{"1.86E+08", "scientific notation"},
             Case{"1E5", "scientific notation"},
             Case{"5010871.0", "data frames write a column of whole numbers"},
             Case{"186000000.0", "data frames write a column of whole numbers"},
             Case{"1,000", "separators of thousands"},
             Case{"5.010.871", "separators of thousands"},
             Case{"5 010 871", "separators of thousands"},
             Case{"5\u00A0010\u00A0871", "separators of thousands"},
             Case{"+5010871", "leave the sign out"},
             Case{"0x4C7567", "hexadecimal"},
             Case{"-1055", "across the origin of a circular chromosome"},
             Case{"0", "counted from 1"},
             Case{"4294967296", "no chromosome is that long"},
             Case{"NA", "missing value"},
             Case{"NaN", "missing value"},
             Case{"\\N", "missing value"},
             Case{"#N/A", "missing value"},
             Case{"#REF!", "a formula of a spreadsheet that failed"},
             Case{"\"1000\"", "TSV is not quoted"},
             Case{"'1000", "spreadsheets keep text"},
             Case{"1-Mar", "a date"},
             Case{".", "leave the cell empty"},
         }) {
        EXPECT_THAT(refusal("Gene stable ID\tGene start (bp)\nG1\t" + value + "\n"),
                    AllOf(HasSubstr("line 2, column Gene start (bp): a position must be a whole "
                                    "number of bp from 1 to 4294967295, not \"" +
                                    value + "\": "),
                          HasSubstr(cause)))
            << value;
    }
}

TEST(RefusedStrand, IsQuotedWithItsCause) {
    for (const auto& [value, cause] : {
             Case{"1.0", "data frames write a column of whole numbers"},
             Case{"forward", "write 1 for the forward strand"},
             Case{"Reverse", "write 1 for the forward strand"},
             Case{".", "leave the cell empty"},
             Case{"0", "leave the cell empty"},
             Case{"NA", "missing value"},
             Case{"\u22121", "not the hyphen of a keyboard"},
             Case{"\u2013", "not the hyphen of a keyboard"},
         }) {
        EXPECT_THAT(refusal("Gene stable ID\tStrand\nG1\t" + value + "\n"),
                    AllOf(HasSubstr("line 2, column Strand: a strand must be 1 or -1, or + or -, "
                                    "not \"" +
                                    value + "\": "),
                          HasSubstr(cause)))
            << value;
    }
}

TEST(Strand, MayBeASignAndIsNotedOnce) {
    const auto read =
        read_export("Gene stable ID,Strand\nG1,+\nG2,-\nG3,+1\nG4,1\nG5,-1\nG1,1\nG2,-1\nG6,\n");
    ASSERT_TRUE(read) << read.error().message;
    std::string strands;
    for (const auto& gene : read->genes) {
        const char known = gene.strand == Strand::forward ? '+' : '-';
        strands += gene.strand ? known : '.';
    }
    EXPECT_EQ(strands, "+-++-.");
    EXPECT_THAT(read->report.notes,
                testing::ElementsAre("the strand is written as a sign in 3 cells and read as 1 or "
                                     "-1, on lines 2, 3, 4"));
    EXPECT_THAT(refusal("Gene stable ID,Strand\nG1,+\nG1,-1\n"),
                HasSubstr("gene G1 is already on line 2 with another value here"));
}

TEST(StartAfterEnd, IsRefusedWithWordsAboutCircularChromosomes) {
    EXPECT_EQ(refusal("Gene stable ID,Gene start (bp),Gene end (bp),Chromosome/scaffold name\n"
                      "NEQ001,490883,879,Chromosome\n"),
              "line 2, column Gene start (bp): the start, 490883, must not be after the end, 879; "
              "if the gene lies across the origin of a circular chromosome, \"Chromosome\", it is "
              "not supported, since a gene here is one stretch of bases from its start up to its "
              "end: leave it out; otherwise exchange the two");
}

TEST(RefusedWidth, NamesTheCause) {
    const std::string header = "Gene stable ID\tGene name\tStrand\n";
    for (const auto& [rows, cause] : {
             Case{"1\tG1\tA\t1\n2\tG2\tB\t1\n", "one name shorter than its rows"},
             Case{"\"1\"\tG1\tA\t1\n", "one name shorter than its rows"},
             Case{"G1\tG1\tA\t1\n", "one name shorter than its rows"},
             Case{"G1\tA\t1\nG2\tB\t1\tx\n", "a tab in it"},
             Case{"G1\tA\t1\t\n", "ends with a separator"},
             Case{"G1\tA\nG2\tB\t1\n", "a line break"},
             Case{"G1\tA\t1\nG2\tB", "cut off"},
             Case{"G1\tA\t1Gene stable ID\tGene name\tStrand\n", "without a line end between"},
         }) {
        EXPECT_THAT(refusal(header + rows), HasSubstr(cause)) << rows;
    }
    EXPECT_THAT(refusal("Gene stable ID,Gene name\nG1,A,B\n"),
                HasSubstr("a comma in it and is not enclosed in quotes"));
    EXPECT_THAT(refusal("Gene stable ID\tGene name\t\nG1\tA\nG2\tB\n"),
                HasSubstr("the header ends with a separator"));
    EXPECT_THAT(refusal("Gene stable ID\tGene name\t\nG1\tA\n"),
                HasSubstr("the header ends with a separator"));
}

}  // namespace
}  // namespace chr21::mart
