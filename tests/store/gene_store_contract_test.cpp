// What GeneStore promises, as sentences that hold on every engine.

#include "tests/store/gene_store_contract.hpp"

#include "gene/attribute_rows.hpp"
#include "store/gene_store.hpp"
#include "tests/generators.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <ostream>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(GeneStoreContract, SaysWhichDatasetItServes) {
    EXPECT_EQ(open(three_genes())->dataset(), dataset_of(three_genes()));
}

TEST_P(GeneStoreContract, FindsAGeneByIdIgnoringCaseAndVersion) {
    const auto store = open(three_genes());
    for (const auto* id : {"ENSG00000000002", "ensg00000000002", "ENSG00000000002.17"}) {
        const auto found = store->find(id);
        ASSERT_TRUE(found) << id;
        EXPECT_EQ(found->gene(), three_genes()[1]) << id;
    }
}

TEST_P(GeneStoreContract, PrefersTheGeneWhoseIdIsAsWritten) {
    const auto store = open({{.gene_stable_id = "SPAC1002"}, {.gene_stable_id = "SPAC1002.01"}});
    EXPECT_EQ(store->find("SPAC1002")->gene_stable_id(), "SPAC1002");
    EXPECT_EQ(store->find("spac1002.01")->gene_stable_id(), "SPAC1002.01");
    EXPECT_EQ(store->find("SPAC1002.02")->gene_stable_id(), "SPAC1002");
    EXPECT_FALSE(store->find("SPAC1002.x"));
}

TEST_P(GeneStoreContract, FindsNothingForAnUnknownId) {
    const auto store = open(three_genes());
    for (const auto* id : {"", "ENSG", "ENSG0000000000_", "%", "ALPHA1", "ENSG00000000002.", "'"}) {
        EXPECT_FALSE(store->find(id)) << id;
    }
}

TEST_P(GeneStoreContract, FindsAGeneByNameIgnoringCase) {
    const auto store = open({named("ENSG1", "DYRK1A"), named("ENSG2", "Émile")});
    EXPECT_EQ(store->find_by_name("dyrk1a")->gene_stable_id(), "ENSG1");
    EXPECT_EQ(store->find_by_name("éMILE")->gene_stable_id(), "ENSG2");
}

TEST_P(GeneStoreContract, FindsTheFirstInGenomeOrderOfSeveralWithOneName) {
    auto later = gene_at("ENSG1", "10:5-9");
    auto first = gene_at("ENSG2", "2:7-9");
    later.gene_name = first.gene_name = "U6";
    EXPECT_EQ(open({later, first})->find_by_name("u6")->gene_stable_id(), "ENSG2");
}

TEST_P(GeneStoreContract, FindsNothingForAnUnknownName) {
    const auto store = open(three_genes());
    for (const auto* name : {"", "%", "ALPHA_", "ALPHA", "beta2 ", "ENSG00000000001"}) {
        EXPECT_FALSE(store->find_by_name(name)) << name;
    }
}

TEST_P(GeneStoreContract, RepresentsEachGene) {
    const auto store = open(three_genes());
    EXPECT_EQ(store->find("ENSG00000000003")->json, "{ENSG00000000003}");
    EXPECT_EQ(store->list({}, {}, {.limit = 1}).genes.at(0)->json, "{ENSG00000000001}");
}

TEST_P(GeneStoreContract, KeepsEveryValueOfAGene) {
    const auto store = open(three_genes());
    for (const auto& gene : three_genes()) {
        EXPECT_EQ(store->find(gene.gene_stable_id)->gene(), gene);
    }
}

TEST_P(GeneStoreContract, ListsEveryGeneInGenomeOrder) {
    const auto store = open({{.gene_stable_id = "NOWHERE"},
                             gene_at("MITO", "MT:1-5"),
                             gene_at("X", "X:1-5"),
                             gene_at("TEN", "10:1-5"),
                             {.gene_stable_id = "TWO_SOMEWHERE", .chromosome = "2"},
                             gene_at("TWO_B", "2:7-8"),
                             gene_at("TWO_A", "2:7-9"),
                             gene_at("TWO_FIRST", "2:6-99")});
    EXPECT_THAT(
        ids(store->list({}, {}, {})),
        ElementsAre("TWO_FIRST", "TWO_A", "TWO_B", "TWO_SOMEWHERE", "TEN", "X", "MITO", "NOWHERE"));
}

TEST_P(GeneStoreContract, ListsGenesThatTouchTheRegionByOneBase) {
    const auto store = open({gene_at("LEFT", "7:100-199"),
                             gene_at("LEFT_TOUCHES", "7:100-200"),
                             gene_at("INSIDE", "7:250-251"),
                             gene_at("AROUND", "7:1-4294967295"),
                             gene_at("RIGHT_TOUCHES", "7:300-400"),
                             gene_at("RIGHT", "7:301-400"),
                             gene_at("ELSEWHERE", "8:250-251"),
                             {.gene_stable_id = "NO_END", .chromosome = "7", .gene_start = 250}});
    EXPECT_THAT(ids(store->list({.regions = {region("7:200-300")}}, {}, {})),
                ElementsAre("AROUND", "LEFT_TOUCHES", "INSIDE", "RIGHT_TOUCHES"));
}

TEST_P(GeneStoreContract, NarrowsByEachPartOfTheFilter) {
    struct Case {
        GeneFilter filter;
        Ids admitted;
    };
    const auto first = three_genes()[0].gene_stable_id;
    const auto second = three_genes()[1].gene_stable_id;
    const auto third = three_genes()[2].gene_stable_id;
    const auto store = open(three_genes());
    const std::vector<Case> cases{
        {{}, {first, second, third}},
        {{.gene_stable_ids = {"ensg00000000002", "ensg00000000003"}}, {second, third}},
        {{.gene_stable_ids = {"ENSG00000000002"}}, {}},
        {{.gene_names = {"beta2", "alpha1"}}, {first, third}},
        {{.gene_names = {"alpha"}}, {}},
        {{.gene_types = {"rna", "coding"}}, {first, second}},
        {{.gene_types = {""}}, {first, second}},
        {{.biotypes = {"lncrna"}}, {second}},
        {{.biotypes = {"lncrna", "protein_coding"}}, {first, second}},
        {{.biotypes = {"rna", "lncRNA", ""}}, {}},
        {{.gene_types = {"coding"}, .biotypes = {"lncrna"}}, {}},
        {{.chromosomes = {"X"}}, {third}},
        {{.chromosomes = {"x", "2"}}, {}},
        {{.searches = {"alpha1"}}, {first, second}},
        {{.searches = {"kinase", "beta"}}, {first, third}},
        {{.regions = {region("21:1-100"), region("X:1-9")}}, {first}},
        {{.bands = {region("21:201-201")}}, {second}},
        {{.regions = {region("21:1-100")}, .bands = {region("21:201-201")}}, {}},
        {{.strand = Strand::reverse}, {second}},
        {{.min_length = 101}, {first, second}},
        {{.min_length = 102}, {second}},
        {{.max_length = 101}, {first}},
        {{.min_length = 251, .max_length = 251}, {second}},
        {{.chromosomes = {"21"}, .searches = {"alpha1"}, .strand = Strand::forward}, {first}},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto page = store->list(cases[i].filter, {}, {});
        EXPECT_EQ(ids(page), cases[i].admitted) << "case " << i;
        EXPECT_EQ(page.total, cases[i].admitted.size()) << "case " << i;
    }
}

TEST_P(GeneStoreContract, FiltersByTheWholeStoredIdVersionAndAll) {
    const auto store = open({{.gene_stable_id = "ENSG1.22"}, {.gene_stable_id = "ENSG2"}});
    EXPECT_THAT(ids(store->list({.gene_stable_ids = {"ensg1.22"}}, {}, {})),
                ElementsAre("ENSG1.22"));
    EXPECT_THAT(ids(store->list({.gene_stable_ids = {"ensg1", "ensg2.1"}}, {}, {})), IsEmpty());
}

TEST_P(GeneStoreContract, DoesNotAdmitAGeneThatLacksTheTextAskedFor) {
    const auto store = open({{.gene_stable_id = "BARE"}, named("NAMED", "x")});
    EXPECT_THAT(ids(store->list({.searches = {""}}, {}, {})), ElementsAre("NAMED"));
    EXPECT_THAT(ids(store->list({.gene_names = {""}}, {}, {})), IsEmpty());
    EXPECT_THAT(ids(store->list({.gene_types = {""}}, {}, {})), IsEmpty());
}

TEST_P(GeneStoreContract, TakesNoCharacterOfASearchForAWildcard) {
    const std::vector<std::string> names{"a%b", "a_b", "a*b", "a'b", "a\"b", "a\\b", "a?b", "a:b"};
    std::vector<Gene> genes;
    genes.reserve(names.size());
    for (const auto& name : names) genes.push_back(named("ID" + name, name));
    const auto store = open(genes);
    for (const auto& name : names) {
        EXPECT_THAT(ids(store->list({.searches = {name}}, {}, {})), ElementsAre("ID" + name));
        EXPECT_EQ(store->find_by_name(name)->gene_name(), name);
    }
}

TEST_P(GeneStoreContract, SearchesTextOfEveryScriptIgnoringCase) {
    const auto store = open({named("ENSG1", "ÉCLAIR"), named("ENSG2", "B", "21番染色体")});
    EXPECT_THAT(ids(store->list({.searches = {"écl"}}, {}, {})), ElementsAre("ENSG1"));
    EXPECT_THAT(ids(store->list({.searches = {"染色"}}, {}, {})), ElementsAre("ENSG2"));
}

TEST_P(GeneStoreContract, SortsWithAbsentValuesLastInBothDirections) {
    auto first = gene_at("B", "21:100-900");
    first.gene_name = "alpha";
    auto second = gene_at("A", "21:200-300");
    second.gene_name = "BETA";
    const auto store = open({first, second, {.gene_stable_id = "C"}});
    struct Case {
        SortKey key;
        Ids order;
    };
    for (const auto& [key, order] : {
             Case{{SortField::gene_start, false}, {"B", "A", "C"}},
             Case{{SortField::gene_start, true}, {"A", "B", "C"}},
             Case{{SortField::gene_end, false}, {"A", "B", "C"}},
             Case{{SortField::gene_end, true}, {"B", "A", "C"}},
             Case{{SortField::gene_name, false}, {"B", "A", "C"}},
             Case{{SortField::gene_name, true}, {"A", "B", "C"}},
             Case{{SortField::length, false}, {"A", "B", "C"}},
             Case{{SortField::length, true}, {"B", "A", "C"}},
             Case{{SortField::gene_stable_id, false}, {"A", "B", "C"}},
             Case{{SortField::gene_stable_id, true}, {"C", "B", "A"}},
         }) {
        EXPECT_EQ(ids(store->list({}, {key}, {})), order)
            << static_cast<int>(key.field) << (key.descending ? " descending" : " ascending");
    }
}

TEST_P(GeneStoreContract, BreaksTiesByTheNextKeyAndThenByGenomeOrder) {
    const auto store = open({gene_at("D", "2:1-9"),
                             gene_at("C", "1:5-9"),
                             gene_at("B", "1:5-8"),
                             gene_at("A", "10:1-9")});
    EXPECT_THAT(ids(store->list({}, {{SortField::gene_start, true}, {SortField::gene_end}}, {})),
                ElementsAre("B", "C", "D", "A"));
}

TEST_P(GeneStoreContract, CutsTheWindowAndCountsWhatTheFilterAdmits) {
    const auto store = open({{.gene_stable_id = "A"},
                             {.gene_stable_id = "B"},
                             {.gene_stable_id = "C"},
                             {.gene_stable_id = "D"}});
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    struct Case {
        Window window;
        Ids cut;
    };
    for (const auto& [window, cut] : {Case{{0, 2}, {"A", "B"}},
                                      Case{{2, 2}, {"C", "D"}},
                                      Case{{3, 2}, {"D"}},
                                      Case{{4, 2}, {}},
                                      Case{{1, {}}, {"B", "C", "D"}},
                                      Case{{1, 0}, {}},
                                      Case{{1, most}, {"B", "C", "D"}},
                                      Case{{most, most}, {}}}) {
        for (const auto& sort : {Sort{}, Sort{{SortField::gene_stable_id}}}) {
            const auto page = store->list({}, sort, window);
            EXPECT_EQ(ids(page), cut) << window.offset;
            EXPECT_EQ(page.total, 4U) << window.offset;
        }
    }
}

// Pages that a store may have lists for.
TEST_P(GeneStoreContract, PagesThroughTypesShortSearchesAndSorts) {
    std::vector<Gene> genes;
    for (std::uint32_t i = 0; i < 40; ++i) {
        auto gene =
            gene_at("ENSG" + std::to_string(100 - i),
                    "21:" + std::to_string(1 + (i * 7 % 11)) + "-" + std::to_string(20 + (i % 5)));
        if (i % 4 != 0) gene.gene_name = "g" + std::to_string(i % 6);
        if (i % 3 != 0) gene.gene_type = i % 2 == 0 ? "lncRNA" : "RNA_x";
        if (i % 9 == 0) gene.gene_start.reset();
        genes.push_back(std::move(gene));
    }
    const auto store = open(genes);
    const auto model = make_model(genes);
    std::vector<std::pair<GeneFilter, Sort>> lists{
        {{.gene_types = {"rna"}}, {}},
        {{.gene_types = {"x", "lnc"}}, {}},
        {{.gene_types = {"none"}}, {}},
        {{.gene_types = {""}}, {}},
        {{.biotypes = {"rna_x"}}, {}},
        {{.biotypes = {"rna_x", "lncrna"}}, {}},
        {{.biotypes = {"rna"}}, {}},
        {{.gene_types = {"x"}, .biotypes = {"lncrna"}}, {}},
        {{.searches = {"g"}}, {}},
        {{.searches = {"g5"}}, {}},
        {{.searches = {"zz"}}, {}},
        {{.searches = {"é"}}, {}}};
    for (const auto field : {SortField::gene_start,
                             SortField::gene_end,
                             SortField::gene_name,
                             SortField::length,
                             SortField::gene_stable_id}) {
        for (const bool descending : {false, true}) lists.push_back({{}, {{field, descending}}});
    }
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto& [filter, sort] = lists[i];
        for (const Window window : {Window{0, 5}, {3, 7}, {30, 20}, {99, 1}, {0, 0}, {0, {}}}) {
            const auto page = store->list(filter, sort, window);
            const auto expected = model->list(filter, sort, window);
            EXPECT_EQ(page.total, expected.total) << i;
            EXPECT_EQ(ids(page), ids(expected)) << i << " from " << window.offset;
        }
    }
}

TEST_P(GeneStoreContract, TakesThousandsOfValuesInOnePart) {
    GeneFilter by_id;
    GeneFilter by_text;
    GeneFilter by_place;
    for (int i = 0; i < 2000; ++i) {
        by_id.gene_stable_ids.push_back("nothing" + std::to_string(i));
        by_text.searches.push_back("nothing" + std::to_string(i));
        by_place.regions.push_back(region("8:1-2"));
    }
    by_id.gene_stable_ids.emplace_back("ensg00000000001");
    by_text.searches.emplace_back("alpha kinase");
    by_place.regions.push_back(region("21:1-100"));
    const auto store = open(three_genes());
    for (const auto& filter : {by_id, by_text, by_place}) {
        EXPECT_THAT(ids(store->list(filter, {}, {})), ElementsAre("ENSG00000000001"));
    }
}

TEST_P(GeneStoreContract, MeasuresNeighborsFromNearestEndToNearestEnd) {
    const auto middle = gene_at("MIDDLE", "21:100-200");
    const auto store = open({middle,
                             gene_at("FAR_LEFT", "21:1-50"),
                             gene_at("TOUCHES_LEFT", "21:10-99"),
                             gene_at("SHARES_FIRST_BASE", "21:20-100"),
                             gene_at("INSIDE", "21:120-130"),
                             gene_at("SHARES_LAST_BASE", "21:200-900"),
                             gene_at("TOUCHES_RIGHT", "21:201-202"),
                             gene_at("FAR_RIGHT", "21:1200-1300"),
                             gene_at("ELSEWHERE", "22:150-160")});
    const auto neighbors = store->neighbors(middle, {}, 9);
    EXPECT_THAT(ids(neighbors.overlapping),
                ElementsAre("SHARES_FIRST_BASE 0", "INSIDE 0", "SHARES_LAST_BASE 0"));
    EXPECT_THAT(ids(neighbors.upstream), ElementsAre("TOUCHES_LEFT 1", "FAR_LEFT 50"));
    EXPECT_THAT(ids(neighbors.downstream), ElementsAre("TOUCHES_RIGHT 1", "FAR_RIGHT 1000"));
}

TEST_P(GeneStoreContract, ReadsUpstreamAlongTheStrandOfTheGene) {
    auto middle = gene_at("MIDDLE", "21:100-200", Strand::reverse);
    const auto store = open({middle, gene_at("LEFT", "21:1-50"), gene_at("RIGHT", "21:300-400")});
    EXPECT_THAT(ids(store->neighbors(middle, {}, 9).upstream), ElementsAre("RIGHT 100"));
    EXPECT_THAT(ids(store->neighbors(middle, {}, 9).downstream), ElementsAre("LEFT 50"));
    middle.strand.reset();
    EXPECT_THAT(ids(store->neighbors(middle, {}, 9).upstream), ElementsAre("LEFT 50"));
}

TEST_P(GeneStoreContract, LimitsEachPlaceToTheNearestWithTiesInGenomeOrder) {
    const auto middle = gene_at("MIDDLE", "21:100-200");
    const auto store = open({middle,
                             gene_at("LEFT_C", "21:40-50"),
                             gene_at("LEFT_B", "21:40-50"),
                             gene_at("LEFT_A", "21:45-50"),
                             gene_at("LEFT_FAR", "21:1-49"),
                             gene_at("RIGHT_B", "21:300-310"),
                             gene_at("RIGHT_A", "21:300-310"),
                             gene_at("OVER_B", "21:100-101"),
                             gene_at("OVER_A", "21:100-101")});
    const auto two = store->neighbors(middle, {}, 2);
    EXPECT_THAT(ids(two.upstream), ElementsAre("LEFT_B 50", "LEFT_C 50"));
    const auto one = store->neighbors(middle, {}, 1);
    EXPECT_THAT(ids(one.downstream), ElementsAre("RIGHT_A 100"));
    EXPECT_THAT(ids(one.overlapping), ElementsAre("OVER_A 0"));
    const auto none = store->neighbors(middle, {}, 0);
    EXPECT_THAT(ids(none.overlapping), IsEmpty());
    EXPECT_THAT(ids(none.upstream), IsEmpty());
    EXPECT_THAT(ids(none.downstream), IsEmpty());
}

TEST_P(GeneStoreContract, LooksForNeighborsAmongTheAdmittedGenes) {
    const auto middle = gene_at("MIDDLE", "21:100-200");
    const auto store = open({middle,
                             gene_at("NEAR", "21:300-310"),
                             gene_at("REVERSE", "21:400-410", Strand::reverse),
                             gene_at("REVERSE_LEFT", "21:1-10", Strand::reverse)});
    const auto neighbors = store->neighbors(middle, {.strand = Strand::reverse}, 1);
    EXPECT_THAT(ids(neighbors.upstream), ElementsAre("REVERSE_LEFT 90"));
    EXPECT_THAT(ids(neighbors.downstream), ElementsAre("REVERSE 200"));
}

TEST_P(GeneStoreContract, HasNoNeighborsWhereAPlaceIsUnknown) {
    const Gene half_known{.gene_stable_id = "HALF", .chromosome = "21", .gene_start = 300};
    const auto known = gene_at("KNOWN", "21:100-200");
    const auto store = open({known, half_known});
    for (const auto& gene : {known, half_known}) {
        const auto neighbors = store->neighbors(gene, {}, 9);
        EXPECT_THAT(ids(neighbors.overlapping), IsEmpty());
        EXPECT_THAT(ids(neighbors.upstream), IsEmpty());
        EXPECT_THAT(ids(neighbors.downstream), IsEmpty());
    }
}

TEST_P(GeneStoreContract, SuggestsTheBestKindFirst) {
    const auto store = open({named("TYPO", "DYRX"),
                             named("WORD", "OTHER", "a (dyrk) family kinase"),
                             named("INSIDE_A_WORD", "MORE", "xdyrk"),
                             named("LONGER", "DYRK1AB"),
                             named("LONG_B", "DYRK1A"),
                             named("LONG_A", "dyrk1a"),
                             named("EQUAL", "DYRK", "dyrk by description too"),
                             named("DYRK99", "ZZZ")});
    EXPECT_THAT(ids(store->suggest("Dyrk", 99)),
                ElementsAre("EQUAL exact",
                            "DYRK99 prefix",
                            "LONG_A prefix",
                            "LONG_B prefix",
                            "LONGER prefix",
                            "WORD description",
                            "TYPO typo"));
    EXPECT_THAT(ids(store->suggest("Dyrk", 2)), ElementsAre("EQUAL exact", "DYRK99 prefix"));
    EXPECT_THAT(ids(store->suggest("Dyrk", 6)).size(), 6U);
    EXPECT_THAT(ids(store->suggest("Dyrk", 0)), IsEmpty());
}

TEST_P(GeneStoreContract, SuggestsByStableId) {
    const auto store = open(three_genes());
    EXPECT_THAT(ids(store->suggest("ensg00000000003", 5)), ElementsAre("ENSG00000000003 exact"));
    EXPECT_THAT(
        ids(store->suggest("ENSG", 5)),
        ElementsAre("ENSG00000000003 prefix", "ENSG00000000001 prefix", "ENSG00000000002 prefix"));
}

TEST_P(GeneStoreContract, ForgivesOneTypoFromThreeBytesOn) {
    const auto store = open({named("ENSG1", "APP"), named("ENSG2", "SOD1")});
    EXPECT_THAT(ids(store->suggest("APX", 5)), ElementsAre("ENSG1 typo"));
    EXPECT_THAT(ids(store->suggest("SDO1", 5)), ElementsAre("ENSG2 typo"));
    EXPECT_THAT(ids(store->suggest("AX", 5)), IsEmpty());
    EXPECT_THAT(ids(store->suggest("XSDO1", 5)), IsEmpty());
}

// Its description holds the text inside a word, which brings the gene up but is no better kind.
TEST_P(GeneStoreContract, SuggestsTheBestTypoWhateverTheDescriptionBringsUp) {
    const auto store = open({named("LONGER", "H3P3", "x3p3"), named("SHORTER", "SP3")});
    EXPECT_THAT(ids(store->suggest("3P3", 1)), ElementsAre("SHORTER typo"));
    EXPECT_THAT(ids(store->suggest("3P3", 2)), ElementsAre("SHORTER typo", "LONGER typo"));
}

TEST_P(GeneStoreContract, SuggestsNothingForNothingAndTakesNoWildcards) {
    const auto store = open(three_genes());
    for (const auto* text : {"", "%", "_", "*", "'", "\\", "zzzz"}) {
        EXPECT_THAT(ids(store->suggest(text, 5)), IsEmpty()) << text;
    }
}

TEST_P(GeneStoreContract, CountsTheGenesOfEachChromosomeInNaturalOrder) {
    const auto store = open({gene_at("A", "10:1-2"),
                             gene_at("B", "MT:1-2"),
                             gene_at("C", "2:1-2"),
                             gene_at("D", "X:1-2"),
                             gene_at("E", "10:5-6"),
                             {.gene_stable_id = "F"}});
    EXPECT_THAT(store->chromosomes(),
                ElementsAre(ChromosomeCount{"2", 1},
                            ChromosomeCount{"10", 2},
                            ChromosomeCount{"X", 1},
                            ChromosomeCount{"MT", 1}));
}

TEST_P(GeneStoreContract, NamesEachGeneTypeAsTheFirstGeneSpellsIt) {
    std::vector<Gene> genes;
    for (std::uint32_t i = 0; i < 40; ++i) {
        auto gene =
            gene_at("ENSG" + std::to_string(100 + i), "21:" + std::to_string(i + 1) + "-99");
        if (i < 30) gene.gene_type = i == 1 ? "LNCRNA" : "lncRNA";
        if (i == 35) gene.gene_type = "TEC";
        if (i == 36) gene.gene_type = "tec";
        if (i == 37) gene.gene_type = "Mt_tRNA";
        genes.push_back(std::move(gene));
    }
    EXPECT_THAT(open(genes)->gene_types(), ElementsAre("lncRNA", "Mt_tRNA", "TEC"));
    EXPECT_THAT(open(genes)->folded_gene_types(), ElementsAre("lncrna", "mt_trna", "tec"));
}

TEST_P(GeneStoreContract, KnowsWhatItsChromosomesAreCalled) {
    const auto store = open({gene_at("A", "chr21:1-2"), gene_at("B", "chrM:1-2")});
    EXPECT_THAT(store->chromosome_names().meant_by("21"), ElementsAre("chr21"));
    EXPECT_THAT(store->chromosome_names().meant_by("MT"), ElementsAre("chrM"));
    EXPECT_THAT(store->chromosome_names().meant_by("22"), IsEmpty());
}

TEST_P(GeneStoreContract, AnswersFromADatasetWithoutGenes) {
    const auto store = open({});
    EXPECT_EQ(store->dataset().gene_count, 0U);
    EXPECT_FALSE(store->find("ENSG1"));
    EXPECT_EQ(store->list({}, {}, {}).total, 0U);
    EXPECT_THAT(ids(store->suggest("a", 5)), IsEmpty());
    EXPECT_THAT(store->chromosomes(), IsEmpty());
    EXPECT_THAT(store->gene_types(), IsEmpty());
    EXPECT_THAT(ids(store->neighbors(gene_at("A", "1:1-2"), {}, 5).overlapping), IsEmpty());
}

Ids read_to_the_end(GeneCursor& cursor) {
    Ids all;
    for (auto page = cursor.next(); !page.genes.empty(); page = cursor.next()) {
        for (const auto& id : ids(page)) all.push_back(id);
    }
    return all;
}

// So many that no engine gives them in one portion.
std::vector<Gene> many_genes() {
    std::vector<Gene> genes;
    for (int i = 0; i < 2600; ++i) {
        auto gene =
            gene_at("ENSG" + std::to_string(10'000 + i),
                    (i % 3 == 0 ? "X:" : "10:") + std::to_string(1 + (i * 7919 % 2609)) + "-3000",
                    i % 2 == 0 ? Strand::forward : Strand::reverse);
        if (i % 5 != 0) gene.gene_name = "N" + std::to_string(i * 31 % 997);
        if (i % 100 == 1) gene.attributes = {{"go_id", {"GO:1", std::to_string(i)}}};
        genes.push_back(std::move(gene));
    }
    genes.push_back({.gene_stable_id = "HALF", .chromosome = "2", .gene_start = 5});
    genes.push_back({.gene_stable_id = "NOWHERE"});
    return genes;
}

TEST_P(GeneStoreContract, ReadsAListInPortionsAsItListsIt) {
    const auto genes = many_genes();
    const auto store = open(genes);
    const std::vector<GeneFilter> filters{{},
                                          {.strand = Strand::reverse},
                                          {.chromosomes = {"10"}},
                                          {.searches = {"n1"}},
                                          {.gene_names = {"n31", "n62"}},
                                          {.gene_names = {"nobody"}}};
    const std::vector<Sort> sorts{
        {}, {{SortField::gene_name, true}}, {{SortField::gene_name}, {SortField::gene_start}}};
    for (std::size_t i = 0; i < filters.size(); ++i) {
        for (const auto& sort : sorts) {
            const auto listed = store->list(filters[i], sort, {});
            const auto cursor = store->cursor(filters[i], sort);
            EXPECT_EQ(cursor->total(), listed.total) << i;
            EXPECT_EQ(read_to_the_end(*cursor), ids(listed)) << i;
        }
    }
}

TEST_P(GeneStoreContract, GivesEachPortionOnceWithAllValues) {
    const auto genes = many_genes();
    const auto store = open(genes);
    const auto cursor = store->cursor({}, {});
    const auto listed = store->list({}, {}, {});
    std::size_t portions = 0;
    std::size_t at = 0;
    for (auto page = cursor->next(); !page.genes.empty(); page = cursor->next(), ++portions) {
        for (const auto* record : page.genes) {
            const auto* expected = listed.genes.at(at++);
            EXPECT_EQ(record->gene(), expected->gene());
            EXPECT_EQ(record->json, expected->json);
        }
    }
    EXPECT_EQ(at, genes.size());
    EXPECT_GT(portions, 1U);
    EXPECT_THAT(cursor->next().genes, IsEmpty());
}

TEST_P(GeneStoreContract, TellsTheChromosomesOfGenesWhosePlaceIsKnown) {
    const auto store = open(many_genes());
    const auto all = store->cursor({}, {{SortField::gene_name}});
    EXPECT_THAT(all->placed_chromosomes(), ElementsAre("10", "X"));
    EXPECT_THAT(store->cursor({}, {})->placed_chromosomes(), ElementsAre("10", "X"));
    EXPECT_THAT(store->cursor({.chromosomes = {"X", "2"}}, {})->placed_chromosomes(),
                ElementsAre("X"));
    EXPECT_THAT(store->cursor({.chromosomes = {"2"}}, {})->placed_chromosomes(), IsEmpty());
}

TEST_P(GeneStoreContract, GivesGenesTheirAttributesAndFindsGenesByThem) {
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:0000002", "GO:0000001"}}, {"hgnc_id", {"HGNC:1"}}};
    AttributeRows rows(dataset_of({}).attributes.size());
    for (const auto go : {2U, 1U}) rows.add(std::array{go, go - 1, 0U, 0U, 0U, 0U});
    genes[0].attribute_rows = rows.pack();
    genes[2].attributes = {{"hgnc_id", {"HGNC:É 100%"}}};
    const auto store = open(genes);
    EXPECT_EQ(store->find("ENSG00000000001")->gene(), genes[0]);
    EXPECT_EQ(store->find_by_name("beta2")->gene(), genes[2]);
    EXPECT_EQ(store->suggest("bet", 3).genes.at(0).record->gene(), genes[2]);
    EXPECT_EQ(store->neighbors(genes[1], {}, 3).overlapping.at(0).record->gene(), genes[0]);
    const auto found = [&](const GeneFilter& filter) {
        Ids ids;
        for (const auto* record : store->list(filter, {}, {}).genes) {
            EXPECT_EQ(record->attributes().empty(), record->gene() == genes[1]);
            ids.emplace_back(record->gene_stable_id());
        }
        return ids;
    };
    EXPECT_THAT(found({}).size(), 3);
    EXPECT_THAT(found({.attributes = {{"go_id", {"go:0000001", "x"}}}}),
                ElementsAre("ENSG00000000001"));
    EXPECT_THAT(found({.attributes = {{"hgnc_id", {"hgnc:é 100%"}}}}),
                ElementsAre("ENSG00000000003"));
    EXPECT_THAT(found({.attributes = {{"go_id", {"go:0000001"}}, {"hgnc_id", {"hgnc:2"}}}}),
                IsEmpty());
    EXPECT_THAT(found({.searches = {"0%", ":1"}, .search_in = {"hgnc_id"}}),
                ElementsAre("ENSG00000000001", "ENSG00000000003"));
    EXPECT_THAT(found({.searches = {"0002"}, .search_in = {"gene_stable_id", "go_id"}}),
                ElementsAre("ENSG00000000001", "ENSG00000000002"));
    EXPECT_THAT(found({.attributes = {{"unknown", {"x"}}}}), IsEmpty());
}

TEST_P(GeneStoreContract, AnswersManyThreadsAtOnce) {
    const auto store = open(three_genes());
    std::vector<Ids> answers(8);
    {
        std::vector<std::jthread> threads;
        threads.reserve(answers.size());
        for (auto& answer : answers) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    answer = ids(store->list({.searches = {"alpha"}}, {}, {}));
                }
            });
        }
    }
    for (const auto& answer : answers) {
        EXPECT_THAT(answer, ElementsAre("ENSG00000000001", "ENSG00000000002"));
    }
}

INSTANTIATE_TEST_SUITE_P(Engines,
                         GeneStoreContract,
                         ::testing::ValuesIn(engines()),
                         [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace chr21::testing
