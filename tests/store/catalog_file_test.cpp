// The catalog's own file: used when it is of this very dataset and program, and whole. That its
// answers are the catalog's is shown where all engines are compared.

#include "store/memory/catalog_file.hpp"

#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::testing {
namespace {

using memory::CatalogFile;
using ::testing::IsNull;

std::vector<Gene> annotated_genes() {
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:0004672", "GO:0005524"}}, {"hgnc_id", {"HGNC:3091"}}};
    return genes;
}

class CatalogFiles : public ::testing::Test {
protected:
    void write(const std::vector<Gene>& genes) const {
        file_.write(*memory::make_catalog(dataset_of(genes), genes, represent), 1);
    }

    // Why the file is of no use; a failure when it is of use.
    static std::string fault_of(const CatalogFile& file,
                                const Dataset& dataset,
                                std::int64_t id = 1,
                                Represent how = represent) {
        const auto read = file.read(dataset, id, how);
        if (!read) return read.error();
        ADD_FAILURE() << "the file was used";
        return {};
    }

    TemporaryDirectory directory_;
    CatalogFile file_{directory_.file("genes.sqlite3"), "program 1"};
    Dataset dataset_ = dataset_of(annotated_genes());
};

TEST_F(CatalogFiles, IsNothingWhereThereIsNoFile) {
    const auto read = file_.read(dataset_, 1, represent);
    ASSERT_TRUE(read);
    EXPECT_THAT(*read, IsNull());
}

TEST_F(CatalogFiles, HasTheGenesAndTheDataset) {
    write(annotated_genes());
    const auto read = file_.read(dataset_, 1, represent);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ((*read)->dataset(), dataset_);
    const auto page = (*read)->list({}, {}, {});
    ASSERT_EQ(page.genes.size(), 3U);
    for (std::size_t at = 0; at < 3; ++at) {
        EXPECT_EQ(page.genes[at]->gene(), annotated_genes()[at]);
        EXPECT_EQ(page.genes[at]->json, represent(annotated_genes()[at]));
    }
}

TEST_F(CatalogFiles, FindsByAttributes) {
    write(annotated_genes());
    const auto read = file_.read(dataset_, 1, represent);
    ASSERT_TRUE(read) << read.error();
    const auto of = [&](const GeneFilter& filter) { return ids((*read)->list(filter, {}, {})); };
    EXPECT_EQ(of({.attributes = {{"go_id", {"go:0005524"}}}}), Ids{"ENSG00000000001"});
    EXPECT_EQ(of({.attributes = {{"go_id", {"go:1"}}}}), Ids{});
    EXPECT_EQ(of({.searches = {"309"}, .search_in = {"hgnc_id"}}), Ids{"ENSG00000000001"});
}

TEST_F(CatalogFiles, IsOfNoUseForAnotherDataset) {
    write(annotated_genes());
    const auto changed = [this](auto change) {
        auto other = dataset_;
        change(other);
        return other;
    };
    const std::string reason = "it is of another dataset or program";
    for (const auto& other : {changed([](Dataset& of) { of.sha256[0] = 'f'; }),
                              changed([](Dataset& of) { of.name += "2"; }),
                              changed([](Dataset& of) { of.loaded_at[0] = '3'; }),
                              changed([](Dataset& of) { of.assembly = {}; }),
                              changed([](Dataset& of) { of.attributes.pop_back(); }),
                              changed([](Dataset& of) { ++of.gene_count; })}) {
        EXPECT_EQ(fault_of(file_, other), reason);
    }
    EXPECT_EQ(fault_of(file_, dataset_, 2), reason);
}

TEST_F(CatalogFiles, IsOfNoUseForAnotherProgram) {
    write(annotated_genes());
    EXPECT_EQ(fault_of(CatalogFile(directory_.file("genes.sqlite3"), "program 2"), dataset_),
              "it is of another dataset or program");
    const auto otherwise = [](const Gene& gene) { return "[" + gene.gene_stable_id + "]"; };
    EXPECT_EQ(fault_of(file_, dataset_, 1, otherwise), "another program wrote it");
}

TEST_F(CatalogFiles, IsForThoseWhoMayReadTheDatabase) {
    namespace fs = std::filesystem;
    const fs::path database = directory_.file("genes.sqlite3");
    write(annotated_genes());
    EXPECT_EQ(fs::status(file_.path()).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    std::ofstream(database) << "genes";
    for (const auto allowed : {fs::perms{0640}, fs::perms{0600}, fs::perms{0644}}) {
        fs::permissions(database, allowed);
        write(annotated_genes());
        EXPECT_EQ(fs::status(file_.path()).permissions(), allowed);
    }
}

TEST_F(CatalogFiles, IsReplacedByTheNextOne) {
    write(annotated_genes());
    auto fewer = annotated_genes();
    fewer.pop_back();
    write(fewer);
    const auto read = file_.read(dataset_of(fewer), 1, represent);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ((*read)->list({}, {}, {}).total, 2U);
}

TEST_F(CatalogFiles, IsOfNoUseAtAnyLengthButItsOwn) {
    write(annotated_genes());
    const auto whole = bytes_of(file_.path());
    // The empty lists of the search are a long stretch of zeros.
    for (std::size_t size = 0; size < whole.size(); size += size % 64 == 0 ? 61 : 3) {
        write_bytes(file_.path(), whole.substr(0, size));
        EXPECT_NE(fault_of(file_, dataset_), "") << size << " of " << whole.size() << " bytes";
    }
    write_bytes(file_.path(), whole + "x");
    EXPECT_EQ(fault_of(file_, dataset_), "it is cut off or damaged");
}

RC_GTEST_FIXTURE_PROP(CatalogFiles, IsOfNoUseWhenDamagedAnywhere, ()) {
    const auto genes = *any_genes_with_attributes();
    write(genes);
    const auto whole = bytes_of(file_.path());
    for (int i = 0; i < 100; ++i) {
        auto damaged = whole;
        const auto begin = *rc::gen::inRange<std::size_t>(0, whole.size());
        const auto most = std::min<std::size_t>(whole.size() - begin, 9);
        const auto size = *rc::gen::inRange<std::size_t>(1, most + 1);
        for (auto at = begin; at < begin + size; ++at) damaged[at] = *rc::gen::arbitrary<char>();
        if (damaged == whole) continue;
        write_bytes(file_.path(), damaged);
        RC_ASSERT(!file_.read(dataset_of(genes), 1, represent));
    }
}

}  // namespace
}  // namespace chr21::testing
