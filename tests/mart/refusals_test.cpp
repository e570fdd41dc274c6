#include "mart/mart_export.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

Error refusal(std::string_view text) {
    const auto read = read_export(text);
    return read ? Error{} : read.error();
}

TEST(ReadExport, NamesTheLineAndColumnThatCannotBeUsed) {
    const std::string header =
        "Gene stable ID,Gene name,Gene start (bp),Gene end (bp),Strand,Gene description\n";
    const std::string position = "a position must be a whole number of bp from 1 to 4294967295";
    const std::string width =
        "line 2, column Gene description: the header names 6 columns, but this row has ";
    struct Case {
        std::string rows, column, value, complaint;
    };
    const std::vector<Case> cases = {
        {"G1,A,x,2,1,\n",
         "Gene start (bp)",
         "x",
         "line 2, column Gene start (bp): " + position + ", not \"x\""},
        {"G1,A,1,2.0,1,\n",
         "Gene end (bp)",
         "2.0",
         "line 2, column Gene end (bp): " + position +
             ", not \"2.0\": that is how data frames write a column of whole numbers with missing "
             "values; write whole numbers, with dtype Int64 in pandas"},
        {"G1,A,1,\"2,000\",1,\n",
         "Gene end (bp)",
         "2,000",
         "line 2, column Gene end (bp): " + position +
             ", not \"2,000\": leave the separators of thousands out"},
        {"G1,A,1,2,x,\n",
         "Strand",
         "x",
         "line 2, column Strand: a strand must be 1 or -1, or + or -, not \"x\""},
        {"G1,A,1,2,1\nG2,B,1,2,1,\n",
         "Gene description",
         "",
         width + "5 cells, \"G1,A,1,2,1\"; a line break seems to stand in a value, here or on the "
                 "line before"},
        {"G1,A,1,2,1,\nG2,B,1",
         "Gene end (bp)",
         "",
         "line 3, column Gene end (bp): the header names 6 columns, but this row has 3 cells, "
         "\"G2,B,1\"; this is the last row: the file seems to be cut off"},
        {"G1\n",
         "Gene name",
         "",
         "line 2, column Gene name: the header names 6 columns, but this row has 1 cell, \"G1\"; "
         "this is the last row: the file seems to be cut off"},
        {"G1,A,1,2,1,\n\"cut, o",
         "Gene start (bp)",
         "",
         "line 3, column Gene start (bp): the header names 6 columns, but this row has 2 cells, "
         "\"\"cut, o\"; this is the last row: the file seems to be cut off"},
        {"G1,A,1,2,1,,\n",
         "Gene description",
         "",
         width + "7 cells, \"G1,A,1,2,1,,\"; the row ends with a separator that the header does "
                 "not have; take it away, or give the last column a name"},
        {"G1,A,1,2,1,caf\xE9\n",
         "Gene description",
         "caf\\xE9",
         "line 2, column Gene description: the text must be UTF-8, not \"caf\\xE9\": it may be "
         "Latin-1, as spreadsheets on Windows write it; save it as UTF-8, or write it anew with "
         "iconv -f WINDOWS-1252 -t UTF-8"},
        {std::string("G1,A\0,1,2,1,\n", 13),
         "Gene name",
         "A\\x00",
         "line 2, column Gene name: the text must not hold a NUL byte"},
        {"G1,A,1,2,1,\"two\nlines\"\nG2,B,1,2,3,\n",
         "Strand",
         "3",
         "line 4, column Strand: a strand must be 1 or -1, or + or -, not \"3\""},
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

TEST(ReadExport, NamesTheColumnInWhichOneGeneHasTwoValues) {
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

TEST(ReadExport, NamesTheColumnAsTheExportDoes) {
    struct Case {
        std::string_view text, complaint;
    };
    for (const auto& [text, complaint] : {
             Case{
                 "ensembl_gene_id\tstart_position\nG1\tx5\n",
                 "line 2, column start_position: a position must be a whole number of bp from 1 to "
                 "4294967295, not \"x5\""},
             Case{"# comment\nEnsembl Gene ID,Strand\nG1,1\nG1,x\n",
                  "line 4, column Strand: a strand must be 1 or -1, or + or -, not \"x\""},
             Case{"Gene stable ID,Go\xFF\nG1,x\n",
                  "line 1, column Go\\xFF: the text must be UTF-8, not \"Go\\xFF\": it may be "
                  "Latin-1, "
                  "as spreadsheets on Windows write it; save it as UTF-8, or write it anew with "
                  "iconv -f WINDOWS-1252 -t UTF-8"},
             Case{"Gene stable ID,Gene name,Associated Gene Name\nG1,A,A\nG2,A,B\n",
                  "line 3, column Associated Gene Name: column 2, Gene name, has another value; "
                  "leave one of the two out"},
             Case{"Gene stable ID,Gene name,Gene name\nG1,A,A\nG1,A,\n",
                  "line 3, column Gene name: column 2, Gene name, has another value; leave one of "
                  "the two out"},
         }) {
        EXPECT_EQ(refusal(text).message, complaint) << text;
    }
}

TEST(ReadExport, SaysWhatAFileThatIsNoGeneTableSeemsToBe) {
    const std::string utf16("\xFF\xFEG\0e\0n\0e\0", 10);
    const std::string long_header = std::string(70, 'x').append("\n");
    const std::string long_header_shown = std::string(60, 'x').append("...");
    struct Case {
        std::string text, complaint;
    };
    const std::vector<Case> cases = {
        {"", "this is empty"},
        {"\xEF\xBB\xBF\r\n \n", "this is empty"},
        {"# only a comment\n", "this is empty"},
        {">ENSG00000142192|APP\nATGC\n", "FASTA"},
        {"\n<!DOCTYPE html>\n<html>", "an HTML page"},
        {"<HTML><body>", "an HTML page"},
        {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "an XML document"},
        {"{\"error\": \"x\"}", "JSON"},
        {"##gff-version 3\n21\thavana\tgene", "GFF"},
        {"##fileformat=VCFv4.2\n#CHROM\tPOS", "VCF"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "run git lfs pull"},
        {"\x1F\x8B\x08", "gzip-compressed"},
        {"PK\x03\x04", ".xlsx"},
        {utf16, "UTF-16"},
        {"Query ERROR: caught BioMart::Exception::Usage: Attribute colour NOT FOUND\n",
         "\"Query ERROR: caught BioMart::Exception::Usage: Attribute colour NOT FOUND\""},
        {"ENSG00000198888,1553551_s_at\nENSG00000210100,1\n", "line 1: there is no header line"},
        {"ENSMUSG00000071456\t12\n", "line 1: there is no header line"},
        {"Gene stable ID;Strand\n", "separated by semicolons"},
        {"\"Gene stable ID\"\t\"Strand\"\n", "enclosed in quotes"},
        {"[success]\n", "BioMart's [success] stands here and there is no table"},
        {"502 Bad Gateway\n", "what a server, a proxy or a program says when it fails"},
        {"no healthy upstream", "what a server, a proxy or a program says when it fails"},
        {"Gene stable ID|Gene name\nG1|A\n", "separated by vertical bars"},
        {"Gene stable ID  Gene name\nG1  A\n", "separated by blanks"},
        {"sep=;\nGene stable ID;Gene name\n", "separated by semicolons"},
        {"Gene name,Strand\nA,1\n",
         "column Gene stable ID is missing (found: Gene name, Strand); where another column holds "
         "the IDs, give it that name"},
        {"Gene stable ID version\nG1.1\n", "the ID with its version is there"},
        {"Gene name\tHuman gene stable ID\n", "only IDs of orthologues are there"},
        {"Chromosome/scaffold name,Start (bp),End (bp),Feature type\n", "Ensembl Regulation"},
        {"Variant name,Chromosome/scaffold name\n", "Ensembl Variation"},
        {"caf\xE9,x\n", "found: caf\\xE9, x"},
        {long_header, long_header_shown},
    };
    for (const auto& [text, complaint] : cases) {
        const auto error = refusal(text);
        EXPECT_EQ(error.parameter, "export") << text;
        EXPECT_THAT(error.message, ::testing::HasSubstr(complaint)) << text;
        EXPECT_THAT(error.message, ::testing::HasSubstr("choose the database Ensembl Genes"))
            << text;
    }
}

// The text in units of so many bytes, of which one holds the letter.
std::string widened(std::string_view text, std::size_t unit, std::size_t place) {
    std::string wide(text.size() * unit, '\0');
    for (std::size_t i = 0; i < text.size(); ++i) wide[(i * unit) + place] = text[i];
    return wide;
}

TEST(ReadExport, NamesTheFormOfUnicodeWithOrWithoutItsMark) {
    using namespace std::string_literals;
    const std::string text = "Gene stable ID\tGene name\nENSG00000100001\tA\n";
    struct Case {
        std::string bytes, form;
    };
    for (const auto& [bytes, form] : {
             Case{widened(text, 2, 0), "UTF-16LE"},
             Case{widened(text, 2, 1), "UTF-16BE"},
             Case{widened(text, 4, 0), "UTF-32LE"},
             Case{widened(text, 4, 3), "UTF-32BE"},
             Case{"\xFF\xFE" + widened(text, 2, 0), "UTF-16LE"},
             Case{"\xFE\xFF" + widened(text, 2, 1), "UTF-16BE"},
             Case{"\xFF\xFE\0\0"s + widened(text, 4, 0), "UTF-32LE"},
             Case{"\0\0\xFE\xFF"s + widened(text, 4, 3), "UTF-32BE"},
         }) {
        EXPECT_THAT(refusal(bytes).message, ::testing::HasSubstr("iconv -f " + form + " -t UTF-8"));
        EXPECT_EQ(refusal(bytes + "\n"), refusal(bytes)) << form;
    }
}

TEST(ReadExport, RefusesLinesThatEndInACarriageReturnAlone) {
    for (const std::string text : {
             "Gene stable ID\tGene name\rG1\tA\rG2\tB\r",
             "# made by hand\rGene stable ID\rG1",
             "# made by hand\nGene stable ID\rG1\rG2\n",
             "Gene stable ID,Gene name\rG1,A\r\n",
         }) {
        EXPECT_THAT(refusal(text).message, ::testing::HasSubstr("a carriage return (CR) alone"))
            << text;
    }
}

TEST(ReadExport, TellsABinaryFileByItsBytes) {
    using namespace std::string_literals;
    std::mt19937 random(21);  // NOLINT(bugprone-random-generator-seed): the same bytes each time
    std::string noise(4096, '\0');
    std::ranges::generate(noise, [&] { return static_cast<char>(random()); });
    struct Case {
        std::string bytes, what;
    };
    const std::vector<Case> cases = {
        {"\x7F\x45LF\x02\x01\x01\0\0snp\0.text\n"s, "a binary file"},
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0"s, "a binary file"},
        {"\xFF\xD8\xFF\xE0\0\x10JFIF\0\1"s, "a binary file"},
        {"\xCA\xFE\xBA\xBE\0\0\0\x34regulatory,feature_type\n"s, "a binary file"},
        {"a,snp\0\n"s, "a binary file"},
        {"<\1\2\n"s, "a binary file"},
        {"{\0}"s, "a binary file"},
        {"ENSG00000142192\0\n"s, "a binary file"},
        {"# \x1B[0m\nGene stable ID\n"s, "a binary file"},
        {noise, "a binary file"},
        {"\n" + noise, "a binary file"},
        {"short\n" + noise, "a binary file"},
        {"SQLite format 3\0\x10\0"s, "an SQLite database"},
        {"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n\0"s, "a PDF document"},
        {"PK\x03\x04\x14\0\x06\0"s, "a zip archive or an Excel workbook"},
        {"\x1F\x8B\x08\0\0"s, "gzip-compressed"},
        {"\xFF\xFEG\0e\0n\0e\0"s, "UTF-16"},
    };
    for (const auto& [bytes, what] : cases) {
        EXPECT_THAT(refusal(bytes).message,
                    ::testing::StartsWith("this is no gene table but " + what))
            << bytes;
    }
}

// Behind comments the header is not the first line, so that the file is a table.
TEST(ReadExport, RefusesControlCharactersInTheNameOfAColumn) {
    const auto error = refusal("# made by hand\nGene stable ID,colour\x0F\nG1,red\n");
    EXPECT_EQ(error.parameter, "colour\\x0F");
    EXPECT_EQ(error.message,
              "line 2, column colour\\x0F: the name of a column must not hold control characters");
}

TEST(ReadExport, KeepsControlCharactersInTheCellsOfAGeneTable) {
    const std::string cell = "\x01\x02\x03\x04\x05\x06\x07\x08\x0E\x0F";
    const auto read = read_export("Gene stable ID,Colour\nG1," + cell + "\n");
    ASSERT_TRUE(read);
    EXPECT_THAT(values_of(read->genes.front(), "colour"), ::testing::ElementsAre(cell));
}

TEST(ReadExport, QuotesTheErrorWithWhichBioMartBrokeOff) {
    EXPECT_EQ(refusal("Gene stable ID\tGene name\nG1\tA\n"
                      "Query ERROR: caught BioMart::Exception::Database: server has gone away\n")
                  .message,
              "line 3: BioMart broke off with an error, so export it again: \"Query ERROR: caught "
              "BioMart::Exception::Database: server has gone away\"");
}

}  // namespace
}  // namespace chr21::mart
