// Exports that people published, and whole genomes. They are not part of this repository: the other
// tests of this folder hold look-alikes of each of their oddities.

#include "mart/input.hpp"
#include "mart/mart_export.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

const std::filesystem::path& exports() {
    static const std::filesystem::path folder = CHR21_SOURCE_DIR "/../shared/data/mart";
    return folder;
}

std::string reason_to_skip() {
    return std::filesystem::exists(exports())
               ? ""
               : "these exports are not part of the project; they are looked for in " +
                     exports().lexically_normal().string();
}

std::string bytes_of(const std::string& file) {
    auto input = read_input((exports() / file).string());
    if (!input) throw std::runtime_error(input.error().message);
    return std::move(input->bytes);
}

TEST(RealExports, ThatAreGeneTablesAreRead) {
    if (const auto reason = reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    struct Case {
        std::string file;
        std::uint64_t rows, genes;
        std::vector<std::string> attributes;
        std::optional<std::string> species;
    };
    const std::optional<std::string> human = "Homo sapiens";
    const std::vector<Case> cases = {
        {"chr21_mart_export.csv", 1134, 1134, {}, human},
        {"awkward/01_quail_full_tsv.txt", 21561, 21561, {}, "Coturnix japonica"},
        {"awkward/03_human_grch37_exons_oldheaders.txt",
         276,
         3,
         {"ensembl_transcript_id",
          "exon_chrom_start",
          "exon_chrom_end",
          "rank",
          "phase",
          "cdna_coding_start",
          "ensembl_exon_id"},
         human},
        {"awkward/04_bbs_transcripts_phenotypes.csv",
         1222,
         29,
         {"ensembl_transcript_id",
          "transcript_biotype",
          "external_transcript_name",
          "phenotype_description",
          "study_external_id"},
         human},
        {"awkward/06_human_transcripts_hgnc.txt.gz",
         242221,
         58786,
         {"ensembl_transcript_id", "hgnc_id", "hgnc_symbol"},
         human},
        {"awkward/07_human_goslim_multirow.txt",
         20564,
         525,
         {"goslim_goa_accession", "goslim_goa_description", "hgnc_symbol"},
         human},
        {"awkward/09_zebrafish_comment_line_first.txt",
         25808,
         18088,
         {"mouse_gene_stable_id", "mouse_gene_name"},
         "Danio rerio"},
        {"awkward/14_mito_transcripts_descriptions.txt",
         50,
         39,
         {"ensembl_transcript_id", "hgnc_symbol"},
         human},
        {"awkward/18_sponge_loc_ids.txt", 27779, 20215, {"cdd"}, {}},
        {"awkward/24_pandas_index_crlf.csv", 63898, 63898, {}, human},
        {"genomes/biomart_internal_names_human_e113.tsv.gz",
         91726,
         86402,
         {"hgnc_symbol", "entrezgene_id", "mart_length", "length_kb", "chr_arm"},
         human},
        {"genomes/mart_like_human_e109_GRCh37_oldheaders.txt.gz",
         66978,
         63677,
         {"entrezgene_id"},
         human},
        {"genomes/mart_like_human_e109_GRCh38_entrez_patches.txt.gz",
         75118,
         69299,
         {"entrezgene_id"},
         human},
        {"genomes/mart_like_human_e112_GRCh38.csv.gz", 63140, 63140, {}, human},
        {"genomes/mart_like_human_gencode48_GRCh38.csv.gz", 78894, 78894, {}, human},
        {"genomes/mart_like_mouse_e112_GRCm39.csv.gz", 57186, 57186, {}, "Mus musculus"},
        {"genomes/mart_like_yeast_e112_R64.csv.gz", 7127, 7127, {}, {}},
        {"genomes/mart_like_zebrafish_e112_GRCz11.csv.gz", 32520, 32520, {}, "Danio rerio"},
    };
    for (const auto& [file, rows, genes, attributes, species] : cases) {
        const auto read = read_export(bytes_of(file));
        ASSERT_TRUE(read) << file << ": " << read.error().message;
        EXPECT_EQ(read->report.rows, rows) << file;
        EXPECT_EQ(read->genes.size(), genes) << file;
        EXPECT_EQ(read->report.merged, rows - genes) << file;
        EXPECT_EQ(read->species, species) << file;
        std::vector<std::string> names;
        for (const auto& attribute : read->attributes) names.push_back(attribute.name);
        EXPECT_EQ(names, attributes) << file;
    }
}

TEST(RealExports, ThatCannotBeUsedAreRefusedWithAReason) {
    if (const auto reason = reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    struct Case {
        std::string file, reason;
    };
    for (const auto& [file, reason] : {
             Case{"10_no_header_affy.csv", "line 1: there is no header line"},
             Case{"12_grch37_start_name_only.txt", "line 1: the column Gene stable ID is missing"},
             Case{
                 "15_mouse_lncrna_transcripts.txt",
                 "line 557, column Gene start (bp): gene ENSMUSG00000102548 is already on line 556 "
                 "with another value here"},
             Case{"17_human_orthologues_brackets.txt", "only IDs of orthologues are there"},
             Case{"20_regulatory_features_wrong_mart.csv", "the mart Ensembl Regulation"},
             Case{"21_fasta_not_a_table.txt", "FASTA"},
             Case{"23_git_lfs_pointer.txt", "run git lfs pull"},
             Case{"26_grch38_crlf_no_id.csv", "line 1: the column Gene stable ID is missing"},
         }) {
        const auto read = read_export(bytes_of("awkward/" + file));
        ASSERT_FALSE(read) << file;
        EXPECT_THAT(read.error().message, testing::HasSubstr(reason)) << file;
    }
}

TEST(RealExports, AreAllInOneOfTheTwoTables) {
    if (const auto reason = reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    const auto files_in = [](const std::string& folder) {
        return std::distance(std::filesystem::directory_iterator(exports() / folder),
                             std::filesystem::directory_iterator());
    };
    EXPECT_EQ(files_in("awkward"), 17);
    EXPECT_EQ(files_in("genomes"), 8);
}

TEST(RealExports, OfChromosome21HoldsWhatItsGenesAreKnownToBe) {
    if (const auto reason = reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    const auto genes = read_export(bytes_of("chr21_mart_export.csv")).value().genes;
    const std::optional<std::string> absent;
    EXPECT_EQ(std::ranges::count(genes, absent, &Gene::gene_name), 550);
    EXPECT_EQ(std::ranges::count(genes, absent, &Gene::gene_description), 16);
    EXPECT_TRUE(std::ranges::all_of(genes, [](const Gene& gene) {
        return gene.chromosome == "21" && gene.strand && gene.gene_type && length(gene);
    }));
    EXPECT_EQ(genes.front(),
              (Gene{.gene_stable_id = "ENSG00000279493",
                    .gene_description = "novel protein, similar to DNA (cytosine-5-)-"
                                        "methyltransferase 3-like DNMT3L",
                    .chromosome = "21",
                    .gene_start = 5011799,
                    .gene_end = 5017145,
                    .strand = Strand::forward,
                    .gene_type = "artifact"}));
}

}  // namespace
}  // namespace chr21::mart
