#include "api/representation.hpp"
#include "mart/mart_export.hpp"
#include "tests/generators.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::api {
namespace {

using chr21::testing::any_genes;
using chr21::testing::any_genes_with_attributes;
using chr21::testing::any_long_text;
using chr21::testing::any_text;
using chr21::testing::any_trimmed;

std::string written(Format format,
                    const std::vector<Gene>& genes,
                    const std::vector<Field>& fields = {}) {
    const GeneRecords records(genes, to_json);
    std::vector<const GeneRecord*> listed;
    std::ranges::transform(
        records.all(), std::back_inserter(listed), [](const auto& record) { return &record; });
    std::string out;
    write_genes(out, format, listed, fields, Karyotype{});
    return out;
}

std::string read_file(const std::filesystem::path& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> sorted_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = text.find('\n', start);
        lines.push_back(text.substr(start, end - start));
        start = end == std::string::npos ? text.size() : end + 1;
    }
    std::ranges::sort(lines);
    return lines;
}

RC_GTEST_PROP(ExportRoundTrip, CsvGivesTheSameGenes, ()) {
    const auto genes = *any_genes(any_trimmed(any_long_text()));
    const auto read = mart::read_export(written(Format::csv, genes));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->genes == genes);
}

RC_GTEST_PROP(ExportRoundTrip, TsvGivesTheSameGenes, ()) {
    const auto genes = *any_genes(any_trimmed(any_text()));
    const auto read = mart::read_export(written(Format::tsv, genes));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->genes == genes);
}

RC_GTEST_PROP(ExportRoundTrip, AllFieldsGiveTheSameGenesWithTheirAttributes, ()) {
    const auto genes = *any_genes_with_attributes(any_trimmed(any_text()));
    const Dataset dataset{.name = "any",
                          .source = "any",
                          .attributes = {{"go_id", "GO term accession"}, {"hgnc_id", "HGNC ID"}}};
    for (const auto format : {Format::csv, Format::tsv}) {
        const auto read = mart::read_export(written(format, genes, export_fields(dataset)));
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->attributes == dataset.attributes);
        RC_ASSERT(read->genes == genes);
    }
}

TEST(ExportRoundTrip, TheBundledExportComesOutByteForByte) {
    const auto bundled =
        read_file(std::filesystem::path(CHR21_SOURCE_DIR) / "data" / "chr21_genes.csv");
    const auto read = mart::read_export(bundled);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->genes.size(), 1134U);
    const auto all = export_fields(
        {.name = "bundled", .source = "", .sha256 = "", .attributes = read->attributes});
    EXPECT_TRUE(written(Format::csv, read->genes, all) == bundled);
}

TEST(ExportRoundTrip, BedOfTheMartExportIsTheGroundTruth) {
    const auto shared = std::filesystem::path(CHR21_SOURCE_DIR) / ".." / "shared" / "data";
    const auto source = shared / "mart" / "chr21_mart_export.csv";
    const auto truth = shared / "truth" / "chr21_bundled.bed";
    if (!std::filesystem::exists(source) || !std::filesystem::exists(truth)) {
        GTEST_SKIP() << "the ground truth is not part of the project; it is looked for in "
                     << truth.lexically_normal();
    }
    const auto read = mart::read_export(read_file(source));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(sorted_lines(written(Format::bed, read->genes)), sorted_lines(read_file(truth)));
}

}  // namespace
}  // namespace chr21::api
