// Every question that a store is often asked is answered by index, on every engine.

#include "store/sql/database.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/advice.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/gene_list.hpp"
#include "store/sql/question/gene_lookup.hpp"
#include "store/sql/question/name_list.hpp"
#include "store/sql/question/neighborhood.hpp"
#include "store/sql/question/suggestions.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;
using sql::EngineKind;

// Enough of them that an engine does better with an index.
std::vector<Gene> many_genes() {
    std::vector<Gene> genes;
    for (std::uint32_t i = 0; i < 12'000; ++i) {
        const auto number = std::to_string(100'000 + i);
        genes.push_back({.gene_stable_id = "ENSG" + number,
                         .gene_name = "GENE" + number,
                         .gene_description = "protein " + number + " of a made-up genome",
                         .chromosome = std::to_string(1 + (i % 20)),
                         .gene_start = 1 + (i * 1000),
                         .gene_end = 1500 + (i * 1000),
                         .strand = Strand::forward,
                         .gene_type = "protein_coding",
                         .attributes = {{"go_id", {"GO:" + number}}},
                         .attribute_rows = "6000000100000"});
    }
    return genes;
}

class QueryPlans : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        const sql::DatabaseAccess access{filled_database(), {}, [this](const sql::Asked& asked) {
                                             statements_.emplace_back(asked.statement);
                                         }};
        session_ = std::make_unique<sql::Session>(access, sql::Access::read_write);
        dataset_ = sql::read_active(*session_).value();
    }

    // With a small dataset beside it.
    static const DatabaseUrl& filled_database() {
        static std::map<EngineKind, DatabaseUrl> urls;
        auto& url = urls[GetParam()];
        if (!url.path.empty() || !url.database.empty()) return url;
        url = new_database_with_schema(GetParam());
        auto database = sql::Database::open(url);
        EXPECT_TRUE(database.load(dataset_of(three_genes(), "small"), three_genes()));
        EXPECT_TRUE(database.load(dataset_of(many_genes()), many_genes()));
        if (GetParam() == EngineKind::postgresql) run_sql(url, "ANALYZE");
        return url;
    }

    // The plans of all statements on genes that the work runs, as the engine describes them.
    std::vector<std::string> plans_of(const std::function<void(sql::Session&)>& work) {
        statements_.clear();
        work(*session_);
        std::vector<std::string> plans;
        for (const auto& statement : std::exchange(statements_, {})) {
            // A hundred rows of gene_sort are as soon read as looked up.
            if (!statement.contains("FROM gene") || statement.contains("FROM gene_sort")) continue;
            plans.push_back(statement + "\n" + plan_of(statement));
        }
        return plans;
    }

    std::string plan_of(const std::string& statement) {
        auto text = std::regex_replace(statement, std::regex(R"((LIMIT|OFFSET) \?)"), "$1 1");
        text = std::regex_replace(text,
                                  std::regex(R"(\?)"),
                                  std::to_string(dataset_.id),
                                  std::regex_constants::format_first_only);
        text = std::regex_replace(text, std::regex(R"(\?)"), "'10'");
        std::string plan;
        std::string line;
        if (GetParam() == EngineKind::sqlite) {
            std::array<std::int64_t, 3> numbers{};
            const sql::Sql explain{"EXPLAIN QUERY PLAN " + text};
            sql::Query rows(*session_, explain);
            rows.into(numbers[0], numbers[1], numbers[2], line);
            while (rows.next()) plan += line + "\n";
            return plan;
        }
        const sql::Sql explain{
            (GetParam() == EngineKind::mysql ? "EXPLAIN FORMAT=JSON " : "EXPLAIN ") + text};
        sql::Query rows(*session_, explain);
        rows.into(line);
        while (rows.next()) plan += line + "\n";
        return plan;
    }

    static bool reads_a_whole_table(const std::string& plan) {
        switch (GetParam()) {
            case EngineKind::sqlite:
                return plan.contains("SCAN gene");
            case EngineKind::postgresql:
                return plan.contains("Seq Scan");
            case EngineKind::mysql:
                return plan.contains(R"("access_type": "ALL")");
        }
        return true;
    }

    std::vector<std::string> statements_;
    std::unique_ptr<sql::Session> session_;
    sql::NumberedDataset dataset_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         QueryPlans,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(QueryPlans, UseAnIndexForWhateverNarrows) {
    const auto list = [&](const GeneFilter& filter) {
        return [this, filter](sql::Session& session) {
            (void)select_list(session, dataset_, filter, {}, {.offset = 0, .limit = 25});
        };
    };
    const auto place = parse_region("7:2000000-2100000").value();
    sql::DatasetNames names(dataset_.id);
    (void)names.near(*session_, "gene");  // reads them
    const std::map<std::string, std::function<void(sql::Session&)>> questions{
        {"page",
         [&](sql::Session& session) {
             (void)select_list(session, dataset_, {}, {}, {.offset = 9000, .limit = 25});
         }},
        {"ids", list({.gene_stable_ids = {"ensg100007", "ensg100008"}})},
        {"names", list({.gene_names = {"gene100007"}})},
        {"chromosome", list({.chromosomes = {"7"}})},
        {"region", list({.regions = {place}})},
        {"long region", list({.regions = {parse_region("7:1-190000000").value()}})},
        {"band", list({.bands = {place}})},
        {"search", list({.searches = {"100123"}})},
        {"attribute", list({.attributes = {{"go_id", {"go:100123"}}}})},
        {"neighbors",
         [&](sql::Session& session) {
             (void)select_neighborhood(session, dataset_, {}, place, "ENSG100007", 3);
         }},
        {"suggestion",
         [&](sql::Session& session) {
             (void)select_suggested(session, dataset_, names, {}, "gene1001", 5);
         }},
        {"short suggestion",
         [&](sql::Session& session) {
             (void)select_suggested(session, dataset_, names, {}, "p", 50);
         }},
        {"common suggestion",
         [&](sql::Session& session) {
             (void)select_suggested(session, dataset_, names, {}, "ensg1", 9);
         }},
        {"misspelled suggestion",
         [&](sql::Session& session) {
             (void)select_suggested(session, dataset_, names, {}, "gnee100123", 5);
         }},
        {"gene type", list({.gene_types = {"coding"}})},
        {"short search", list({.searches = {"p"}})},
        {"shorter than a gram", list({.searches = {"zz"}})},
        {"sort",
         [&](sql::Session& session) {
             (void)select_list(
                 session, dataset_, {}, {{SortField::length, true}}, {.offset = 9990, .limit = 25});
         }},
        {"lookup",
         [&](sql::Session& session) {
             const std::vector<Wanted> wanted{{Wanted::Kind::id, "ENSG100007"},
                                              {Wanted::Kind::id, "ENSG00000100008.2"},
                                              {Wanted::Kind::name, "GENE100009"},
                                              {Wanted::Kind::any, "none"}};
             (void)look_up_genes(session, dataset_, {}, wanted);
         }},
        {"advice", [&](sql::Session& session) {
             const std::vector<Wanted> misses{{Wanted::Kind::name, "GNEE100123"},
                                              {Wanted::Kind::id, "ENSG00100123"}};
             (void)select_advice(session, dataset_, names, misses);
         }}};
    for (const auto& [name, question] : questions) {
        const auto plans = plans_of(question);
        EXPECT_FALSE(plans.empty()) << name;
        for (const auto& plan : plans) EXPECT_FALSE(reads_a_whole_table(plan)) << name << plan;
    }
}

// Of what so many genes have that lists hold only some of them.
TEST_P(QueryPlans, AnswerAsTheModelDoes) {
    const auto model = make_model(many_genes());
    const auto ids_of = [](const sql::SelectedGenes& selected) {
        Ids ids;
        for (const auto& gene : selected.genes) ids.push_back(gene.gene_stable_id);
        return ids;
    };
    sql::DatasetNames names(dataset_.id);
    for (const auto* text : {"e",
                             "en",
                             "ensg",
                             "ensg10",
                             "g",
                             "gene",
                             "gene1",
                             "p",
                             "pr",
                             "protein",
                             "mad",
                             "1",
                             "x",
                             "gene100123",
                             "gnee100123",
                             "a made"}) {
        for (const std::uint32_t limit : {1U, 5U, 50U, 60U}) {
            const auto found = select_suggested(*session_, dataset_, names, {}, text, limit);
            Ids expected;
            for (const auto& [record, kind, namesakes] : model->suggest(text, limit).genes) {
                expected.emplace_back(record->gene_stable_id());
            }
            EXPECT_EQ(ids_of(found.selected), expected) << text << limit;
        }
    }
    std::vector<std::pair<GeneFilter, Sort>> lists{{{.gene_types = {"coding"}}, {}},
                                                   {{.gene_types = {"x", "_"}}, {}},
                                                   {{.gene_types = {"rna"}}, {}},
                                                   {{.searches = {"p"}}, {}},
                                                   {{.searches = {"99"}}, {}},
                                                   {{.searches = {"z"}}, {}}};
    for (const auto field : {SortField::gene_start,
                             SortField::gene_end,
                             SortField::gene_name,
                             SortField::length,
                             SortField::gene_stable_id}) {
        for (const bool descending : {false, true}) lists.push_back({{}, {{field, descending}}});
    }
    for (const auto& [filter, sort] : lists) {
        for (const Window window : {Window{0, 25}, {990, 30}, {11'990, 50}, {13'000, 5}, {3, 0}}) {
            const auto found = select_list(*session_, dataset_, filter, sort, window);
            const auto expected = model->list(filter, sort, window);
            EXPECT_EQ(found.total, expected.total) << window.offset;
            EXPECT_EQ(ids_of(found.page), ids(expected)) << window.offset;
        }
    }
}

// Where names take more memory than they may, the database is asked each time.
TEST_P(QueryPlans, FindNamesWithAndWithoutAList) {
    sql::DatasetNames kept(dataset_.id);
    sql::DatasetNames asked(dataset_.id, 100);
    for (const auto* text :
         {"gnee100123", "gene100123", "gene10012", "gene1001234", "ge", "none"}) {
        const auto names_of = [&](sql::DatasetNames& names) {
            std::map<std::string, std::int64_t> all;
            for (const auto& near : names.near(*session_, text)) {
                all.emplace(near.folded_name, near.gene_order);
            }
            return all;
        };
        EXPECT_EQ(names_of(kept), names_of(asked)) << text;
        EXPECT_EQ(kept.first_gene(*session_, text), asked.first_gene(*session_, text)) << text;
    }
    EXPECT_EQ(kept.near(*session_, "gnee100123").size(), 1U);
}

TEST_P(QueryPlans, FindNoMoreCandidatesThanTheRegionAndItsSurroundingsHold) {
    const auto found = find_candidates(
        *session_, dataset_, {.regions = {parse_region("7:2000000-2100000").value()}});
    EXPECT_LT(found.value().size(), 60U);
}

}  // namespace
}  // namespace chr21::testing
