// What GeneStore promises of names and IDs: what they find, and what is said of those that find
// nothing. Holds on every engine.

#include "store/gene_store.hpp"
#include "tests/generators.hpp"
#include "tests/store/gene_store_contract.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GeneLookUpContract : public GeneStoreContract {};

// Texts of one kind.
std::vector<Wanted> all_of(Wanted::Kind kind, const std::vector<std::string>& texts) {
    std::vector<Wanted> wanted;
    wanted.reserve(texts.size());
    for (const auto& text : texts) wanted.push_back({kind, text});
    return wanted;
}

struct KeptMatch : Match {
    KeepAlive keep;
};

KeptMatch look_up(const OpenedStore& store, Wanted::Kind kind, const std::string& text) {
    auto found = store->look_up(all_of(kind, {text}));
    return {std::move(found.all.at(0)), std::move(found.keep)};
}

TEST_P(GeneLookUpContract, FindsAllOfARequestAtTheirPlaces) {
    const auto store = open({named("ENSG1", "DYRK1A"),
                             named("ENSG2", "TNFα"),
                             named("ENSG3", "dyrk1a"),
                             {.gene_stable_id = "SPAC1002"},
                             {.gene_stable_id = "SPAC1002.01"}});
    const auto found = store->look_up(
        all_of(Wanted::Kind::id,
               {"ensg2", "ENSG9", "ENSG1.7", "ENSG2", "SPAC1002.01", "SPAC1002.02", "", "DYRK1A"}));
    EXPECT_THAT(
        ids(found),
        ElementsAre("ENSG2", "none", "ENSG1", "ENSG2", "SPAC1002.01", "SPAC1002", "none", "none"));
    EXPECT_EQ(found.all.at(0).record->json, "{ENSG2}");
    EXPECT_THAT(
        ids(store->look_up(all_of(Wanted::Kind::name, {"tnfΑ", "Dyrk1a", "染色体", "ENSG1", "%"}))),
        ElementsAre("ENSG2", "ENSG1", "none", "none", "none"));
    EXPECT_THAT(ids(store->look_up(all_of(Wanted::Kind::any, {"tnfΑ", "ensg1.2", "", "SPAC"}))),
                ElementsAre("ENSG2", "ENSG1", "none", "none"));
    EXPECT_THAT(ids(store->look_up({})), IsEmpty());
}

TEST_P(GeneLookUpContract, FindsTenThousandAtOnce) {
    std::vector<Wanted> wanted;
    wanted.reserve(10'000);
    for (int i = 0; i < 9'999; ++i) {
        wanted.push_back({static_cast<Wanted::Kind>(i % 3), "nothing " + std::to_string(i)});
    }
    wanted.push_back({Wanted::Kind::any, "ALPHA1"});
    const auto store = open(three_genes());
    const auto found = store->look_up(wanted);
    EXPECT_EQ(std::ranges::count(found.all, nullptr, &Match::record), 9'999);
    EXPECT_EQ(found.all.back().record->gene(), three_genes()[0]);
}

// One name on two scaffolds, a patch, X and chromosome 9, in that order of IDs.
std::vector<Gene> namesakes() {
    std::vector<Gene> genes;
    for (const auto* place :
         {"KI270733.1:1-9", "GL1_alt:1-9", "HG439_PATCH:1-9", "X:5-9", "9:7-9"}) {
        genes.push_back(gene_at("ENSG" + std::to_string(genes.size()), place));
        genes.back().gene_name = genes.size() % 2 == 0 ? "Glud2" : "GLUD2";
    }
    return genes;
}

TEST_P(GeneLookUpContract, PrefersPrimaryChromosomesAmongGenesOfOneName) {
    const auto store = open(namesakes());
    const auto found = store->find_by_name("glud2");
    EXPECT_EQ(found->gene_stable_id(), "ENSG4");
    EXPECT_EQ(found.namesakes.count, 4U);
    EXPECT_THAT(found.namesakes.gene_stable_ids, ElementsAre("ENSG3", "ENSG1", "ENSG2", "ENSG0"));
    const auto match = look_up(store, Wanted::Kind::any, "GLUD2");
    EXPECT_EQ(match.record->gene_stable_id(), "ENSG4");
    EXPECT_EQ(match.kind, MatchKind::name);
    EXPECT_EQ(match.namesakes, found.namesakes);
    const auto by_id = look_up(store, Wanted::Kind::id, "ensg2");
    EXPECT_EQ(by_id.kind, MatchKind::stable_id);
    EXPECT_THAT(by_id.namesakes.gene_stable_ids, ElementsAre("ENSG4", "ENSG3", "ENSG1", "ENSG0"));
    for (const auto& suggestion : store->suggest("GLUD2", 5).genes) {
        EXPECT_EQ(suggestion.namesakes.count, 4U);
    }
}

TEST_P(GeneLookUpContract, TellsOfTwentyNamesakesAndHowManyThereAre) {
    std::vector<Gene> genes;
    for (int i = 0; i < 30; ++i) {
        genes.push_back(gene_at("ENSG" + std::to_string(100 + i), "1:5-9"));
        genes.back().gene_name = "Y_RNA";
    }
    const auto store = open(genes);
    const auto found = store->find_by_name("Y_RNA");
    EXPECT_EQ(found->gene_stable_id(), "ENSG100");
    EXPECT_EQ(found.namesakes.count, 29U);
    ASSERT_EQ(found.namesakes.gene_stable_ids.size(), 20U);
    EXPECT_EQ(found.namesakes.gene_stable_ids.front(), "ENSG101");
    EXPECT_EQ(found.namesakes.gene_stable_ids.back(), "ENSG120");
    EXPECT_EQ(open(three_genes())->find_by_name("beta2").namesakes, Namesakes{});
}

TEST_P(GeneLookUpContract, IgnoresTheVersionsOfGenesAfterAllElse) {
    struct Case {
        std::string stored;
        std::string asked;
        bool fits;
    };
    const std::vector<Case> cases{
        {"ENSG00000142192.22", "ENSG00000142192", true},
        {"ENSG00000142192.22", "ensg00000142192.2", true},
        {"ENSG00000142192", "ENSG00000142192.2", true},
        {"ENSMUSG00000000001.5", "ENSMUSG00000000001", true},
        {"NM_000484.4", "NM_000484", true},
        {"NM_000484.4", "nm_000484.3", true},
        {"ENSG00000182378.15_PAR_Y", "ENSG00000182378_PAR_Y", true},
        {"ENSG00000182378_PAR_Y", "ENSG00000182378.15_PAR_Y", true},
        {"ENSG00000182378.15_PAR_Y", "ensg00000182378.14_par_y", true},
        {"ENSG00000182378.15_PAR_Y", "ENSG00000182378", false},
        {"ENSG00000182378.15_PAR_Y", "ENSG00000182378.15", false},
        {"ENSG00000182378.15", "ENSG00000182378_PAR_Y", false},
        {"ENSG00000142192.22", "ENSG0000014219", false},
        {"ENSG00000142192.22", "ENSG00000142192.", false},
        {"ENSG00000142192.22", "ENSG00000142192.x", false},
        {"ENSG000001421921.22", "ENSG000001421921", false},
        {"SPAC1002.02", "SPAC1002", false},
        {"SPAC1002.02", "SPAC1002.03", false},
        {"F53F4.1", "F53F4.2", false},
    };
    for (const auto& [stored, asked, fits] : cases) {
        const auto store =
            open({{.gene_stable_id = stored}, {.gene_stable_id = "ENSG00000000009.1"}});
        const auto found = store->find(asked);
        ASSERT_EQ(static_cast<bool>(found), fits) << stored << " " << asked;
        if (fits) {
            EXPECT_EQ(found->gene_stable_id(), stored) << asked;
        }
        EXPECT_EQ(look_up(store, Wanted::Kind::id, asked).record != nullptr, fits) << asked;
    }
}

TEST_P(GeneLookUpContract, ListsTheGenesOfSeveralVersionsAndChoosesNone) {
    const auto store = open({named("ENSG00000142192.2", "APP"),
                             {.gene_stable_id = "ENSG00000142192.10"},
                             {.gene_stable_id = "ENSG00000142193.1"}});
    EXPECT_EQ(store->find("ENSG00000142192.10")->gene_stable_id(), "ENSG00000142192.10");
    const MeantGenes both{
        .first = {{"ENSG00000142192.10", "ENSG00000142192.10"}, {"APP", "ENSG00000142192.2"}},
        .count = 2};
    for (const auto* text : {"ENSG00000142192", "ensg00000142192.3"}) {
        const auto found = store->find(text);
        EXPECT_FALSE(found) << text;
        EXPECT_EQ(found.meant, both) << text;
        const auto match = look_up(store, Wanted::Kind::any, text);
        EXPECT_EQ(match.kind, MatchKind::stable_id) << text;
        EXPECT_EQ(match.meant, both) << text;
    }
}

// TP53, SEPTIN9 and KMT2A with what else they are called.
std::vector<Gene> genes_of_many_names() {
    auto tp53 = named("ENSG1", "TP53");
    tp53.attributes = {{"hgnc_id", {"HGNC:11998"}},
                       {"external_synonym", {"p53", "LFS1"}},
                       {"ensembl_transcript_id_version", {"ENST00000269305.9"}},
                       {"entrezgene_id", {"7157"}}};
    auto septin9 = named("ENSG2", "SEPTIN9");
    septin9.attributes = {{"external_synonym", {"MLL", "MSF", "10801"}},
                          {"prev_symbol", {"SEPT9", "LFS1B"}},
                          {"entrezgene_id", {"10801"}}};
    auto kmt2a = named("ENSG3", "KMT2A");
    kmt2a.attributes = {{"go_id", {"GO:1"}}, {"prev_symbol", {"MLL", "MSF"}}};
    return {tp53, septin9, kmt2a, named("ENSG4", "LFS1B"), named("7157", "other")};
}

TEST_P(GeneLookUpContract, LooksUpEarlierNamesAndOtherIds) {
    using enum Wanted::Kind;
    struct Case {
        Wanted::Kind kind;
        std::string text;
        std::string found;
        MatchKind match;
        std::string column = {};
    };
    const std::vector<Case> cases{
        {name, "P53", "ENSG1", MatchKind::synonym, "external_synonym"},
        {any, "p53", "ENSG1", MatchKind::synonym, "external_synonym"},
        {id, "p53", "none", MatchKind::none},
        {name, "sept9", "ENSG2", MatchKind::previous_name, "prev_symbol"},
        {name, "LFS1B", "ENSG4", MatchKind::name},
        {any, "MLL", "2 genes", MatchKind::previous_name, "prev_symbol"},
        {id, "hgnc:11998", "ENSG1", MatchKind::attribute, "hgnc_id"},
        {any, "HGNC:11998", "ENSG1", MatchKind::attribute, "hgnc_id"},
        {name, "HGNC:11998", "none", MatchKind::none},
        {id, "ENST00000269305.9", "ENSG1", MatchKind::attribute, "ensembl_transcript_id_version"},
        {any, "enst00000269305", "ENSG1", MatchKind::attribute, "ensembl_transcript_id_version"},
        {id, "ENST00000269305.3", "ENSG1", MatchKind::attribute, "ensembl_transcript_id_version"},
        {any, "ENST00000269306", "none", MatchKind::none},
        {id, "10801", "ENSG2", MatchKind::attribute, "entrezgene_id"},
        {name, "10801", "none", MatchKind::none},
        {any, "7157", "7157", MatchKind::stable_id},
        {any, "GO:1", "none", MatchKind::none},
        {any, "", "none", MatchKind::none},
    };
    const auto store = open(genes_of_many_names());
    for (const auto& [kind, text, found, match, column] : cases) {
        const auto matches = store->look_up(all_of(kind, {text}));
        EXPECT_THAT(ids(matches), ElementsAre(found)) << text;
        const auto& one = matches.all.at(0);
        EXPECT_EQ(one.kind, match) << text;
        if (column.empty()) continue;
        EXPECT_EQ(store->dataset().attributes.at(one.attribute).name, column) << text;
    }
    EXPECT_THAT(look_up(store, any, "MSF").meant.first,
                ElementsAre(GeneLabel{"SEPTIN9", "ENSG2"}, GeneLabel{"KMT2A", "ENSG3"}));
}

TEST_P(GeneLookUpContract, SuggestsWhoseEarlierNameATextIs) {
    const auto store = open(genes_of_many_names());
    EXPECT_THAT(ids(store->suggest("p53", 9)), ElementsAre("ENSG1 synonym"));
    EXPECT_THAT(ids(store->suggest("MLL", 9)), ElementsAre("ENSG3 previous_name", "ENSG2 synonym"));
    EXPECT_THAT(ids(store->suggest("LFS1", 9)), ElementsAre("ENSG4 prefix", "ENSG1 synonym"));
    EXPECT_THAT(ids(store->suggest("LFS1", 1)), ElementsAre("ENSG4 prefix"));
    EXPECT_THAT(ids(store->suggest("HGNC:11998", 9)), IsEmpty());
    EXPECT_THAT(ids(store->suggest("10801", 9)), IsEmpty());
}

Advice advice_on_name(const OpenedStore& store, std::string name) {
    const Wanted miss{.kind = Wanted::Kind::name, .text = std::move(name)};
    return store->nearest({&miss, 1}).at(0);
}

std::vector<std::string> texts(const std::vector<GeneLabel>& genes) {
    std::vector<std::string> texts;
    texts.reserve(genes.size());
    for (const auto& gene : genes) texts.push_back(gene.text);
    return texts;
}

Advice advice_on_id(const OpenedStore& store, std::string id) {
    const Wanted miss{.kind = Wanted::Kind::id, .text = std::move(id)};
    return store->nearest({&miss, 1}).at(0);
}

TEST_P(GeneLookUpContract, AdvisesTheNamesThatOneTypoExplains) {
    const auto store = open({named("ENSG1", "PI3"),
                             named("ENSG2", "TP53"),
                             named("ENSG3", "TP53I3"),
                             named("ENSG4", "TNFα"),
                             named("ENSG5", "SOD1", "like p5"),
                             named("ENSG6", "p53b")});
    EXPECT_THAT(texts(advice_on_name(store, "p53").nearest), ElementsAre("TP53", "p53b", "PI3"));
    EXPECT_THAT(texts(advice_on_name(store, "SDO1").nearest), ElementsAre("SOD1"));
    EXPECT_THAT(texts(advice_on_name(store, "TNFβ").nearest), ElementsAre("TNFα"));
    EXPECT_THAT(texts(advice_on_name(store, "TNF").nearest), IsEmpty());
    for (const auto* text : {"", "p5", "SO", "kinase", "TP53I", "染色体", "%", "sod1"}) {
        const auto advice = advice_on_name(store, text);
        if (std::string_view(text) == "TP53I") {
            EXPECT_THAT(texts(advice.nearest), ElementsAre("TP53", "TP53I3"));
        } else {
            EXPECT_THAT(advice.nearest, IsEmpty()) << text;
        }
        EXPECT_FALSE(advice.of_other_kind) << text;
    }
}

TEST_P(GeneLookUpContract, AdvisesFiveNamesAtMostShorterOnesFirstThenInGenomeOrder) {
    std::vector<Gene> genes;
    for (const auto* name : {"AB9X", "AB1X", "ABX", "AB2X", "AB3X", "AB4X", "AB1X"}) {
        auto gene = gene_at("ENSG" + std::to_string(genes.size()),
                            "1:" + std::to_string(100 - genes.size()) + "-200");
        gene.gene_name = name;
        genes.push_back(std::move(gene));
    }
    const auto store = open(genes);
    EXPECT_THAT(texts(advice_on_name(store, "AB7X").nearest),
                ElementsAre("ABX", "AB1X", "AB4X", "AB3X", "AB2X"));
    EXPECT_THAT(texts(advice_on_name(store, "ABBX").nearest),
                ElementsAre("ABX", "AB1X", "AB4X", "AB3X", "AB2X"));
}

TEST_P(GeneLookUpContract, AdvisesACorrectedIdAndNoNeighbours) {
    const auto store = open({{.gene_stable_id = "ENSG00000142192"},
                             {.gene_stable_id = "ENSG00000142193.4"},
                             {.gene_stable_id = "MGI:87904"}});
    for (const auto* text : {"ENSG0000142192",
                             "ensg000000142192",
                             "ENSG142192",
                             "ENSGOOOOO142192",
                             "ENSG00000l42192",
                             "ENSG-00000142192",
                             " ENSG 0000142192",
                             "ENSG0000142192.17"}) {
        EXPECT_THAT(texts(advice_on_id(store, text).nearest), ElementsAre("ENSG00000142192"))
            << text;
    }
    EXPECT_THAT(texts(advice_on_id(store, "ENSG0000142193.4").nearest),
                ElementsAre("ENSG00000142193.4"));
    EXPECT_THAT(texts(advice_on_id(store, "MGI:087904").nearest), ElementsAre("MGI:87904"));
    for (const auto* text :
         {"ENSG00000142191", "142192", "ENSG", "", "ENSG0000", "染1", "ENSGα1"}) {
        EXPECT_THAT(texts(advice_on_id(store, text).nearest), IsEmpty()) << text;
    }
}

TEST_P(GeneLookUpContract, SaysWhereTheTextIsOfTheOtherKind) {
    const auto store = open({named("ENSG1", "Dyrk1a"), named("ENSG2", "ENSG3")});
    EXPECT_EQ(advice_on_name(store, "ensg1.12").of_other_kind.value().text, "ENSG1");
    EXPECT_EQ(advice_on_id(store, "DYRK1A").of_other_kind.value().text, "Dyrk1a");
    EXPECT_EQ(advice_on_id(store, "ENSG3").of_other_kind.value().text, "ENSG3");
    EXPECT_FALSE(advice_on_id(store, "ENSG2").of_other_kind);
    EXPECT_FALSE(advice_on_name(store, "DYRK").of_other_kind);
}

TEST_P(GeneLookUpContract, SaysWhereTheNameIsAStableIdOfAnotherVersion) {
    const std::vector genes{named("ENSG00000000001.12", "A"),
                            named("ENSG00000000002.1", "B"),
                            named("ENSG00000000002.2", "C")};
    const auto store = open(genes);
    for (const auto* text : {"ENSG00000000001.11", "ensg00000000001"}) {
        EXPECT_EQ(advice_on_name(store, text).of_other_kind,
                  (GeneLabel{"ENSG00000000001.12", "ENSG00000000001.12"}))
            << text;
    }
    EXPECT_EQ(advice_on_name(store, "ENSG00000000002.2").of_other_kind.value().text,
              "ENSG00000000002.2");
    EXPECT_FALSE(advice_on_name(store, "ENSG00000000002.3").of_other_kind);
    EXPECT_FALSE(advice_on_name(store, "ENSG00000000003.1").of_other_kind);
}

TEST_P(GeneLookUpContract, ExplainsAMissByWhatItIsOrElseByAdvice) {
    const auto store = open(genes_of_many_names());
    const auto explain = [&](Wanted::Kind kind, std::string text) {
        return store->explain({.kind = kind, .text = std::move(text)});
    };
    const auto synonym = explain(Wanted::Kind::name, "p53");
    EXPECT_THAT(ids(synonym.matches), ElementsAre("ENSG1"));
    EXPECT_EQ(synonym.matches.all.at(0).kind, MatchKind::synonym);
    EXPECT_EQ(synonym.advice, Advice{});
    const auto several = explain(Wanted::Kind::id, "MSF");
    EXPECT_EQ(several.matches.all.at(0).meant.count, 2);
    EXPECT_EQ(several.advice, Advice{});
    for (const auto& [kind, text] : {std::pair(Wanted::Kind::name, "ENSG1"),
                                     std::pair(Wanted::Kind::id, "TP53"),
                                     std::pair(Wanted::Kind::name, "nothing like it")}) {
        const Wanted miss{.kind = kind, .text = text};
        EXPECT_EQ(store->explain(miss).advice, store->nearest({&miss, 1}).at(0)) << text;
    }
    EXPECT_TRUE(explain(Wanted::Kind::name, "ENSG1").advice.of_other_kind);
}

TEST_P(GeneLookUpContract, AdvisesOnEachOfSeveralMisses) {
    const auto store = open(three_genes());
    const std::vector<Wanted> misses{{.kind = Wanted::Kind::name, .text = "ALPHA2"},
                                     {.kind = Wanted::Kind::id, .text = "ENSG1"},
                                     {.kind = Wanted::Kind::name, .text = "nothing"},
                                     {.kind = Wanted::Kind::id, .text = "beta2"},
                                     {.kind = Wanted::Kind::any, .text = "ALPHA2"}};
    EXPECT_THAT(store->nearest(misses),
                ElementsAre(Advice{.nearest = {{"ALPHA1", "ENSG00000000001"}}},
                            Advice{.nearest = {{"ENSG00000000001", "ENSG00000000001"}}},
                            Advice{},
                            Advice{.of_other_kind = GeneLabel{"beta2", "ENSG00000000003"}},
                            Advice{.nearest = {{"ALPHA1", "ENSG00000000001"}}}));
    EXPECT_THAT(store->nearest({}), IsEmpty());
}

TEST_P(GeneLookUpContract, AsksForWhatIsNotThereInEveryScript) {
    const auto store = open(three_genes());
    for (const auto* text :
         {"TNFα", "α-synuclein", "Müller", "染色体", "🧬", "e\u0301", "İ", "ı", "ẞ"}) {
        EXPECT_FALSE(store->find(text)) << text;
        EXPECT_FALSE(store->find_by_name(text)) << text;
        EXPECT_THAT(ids(store->suggest(text, 1)), IsEmpty()) << text;
        EXPECT_EQ(store->list({.searches = {fold(text)}}, {}, {}).total, 0U) << text;
        EXPECT_EQ(advice_on_name(store, text), Advice{}) << text;
        EXPECT_EQ(advice_on_id(store, text), Advice{}) << text;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines,
                         GeneLookUpContract,
                         ::testing::ValuesIn(engines()),
                         [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace chr21::testing
