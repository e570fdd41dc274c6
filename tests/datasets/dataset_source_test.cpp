#include "datasets/dataset_source.hpp"

#include "api/representation.hpp"
#include "data/bundled.hpp"
#include "datasets/dataset_follower.hpp"
#include "datasets/export_dataset.hpp"
#include "mart/input.hpp"
#include "store/sql/engine/session.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::datasets {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// A place for a database, and what was told about it.
struct Place {
    testing::TemporaryDirectory directory;
    std::string path = (directory.path() / "genes.sqlite3").string();
    std::vector<std::string> notices;
    observe::Observer observer = [this](const observe::Event& event) {
        if (const auto* notice = std::get_if<observe::Notice>(&event)) {
            notices.emplace_back(notice->message);
        }
    };

    SourceSettings settings(StoreChoice store = StoreChoice::memory) const {
        return {
            .database = sql::DatabaseUrl{.path = path}, .store = store, .represent = api::to_json};
    }
    Result<Start> start(WithoutDataset without) const {
        return DatasetSource::start(settings(), observer, without);
    }
    void write_anothers_file() const { std::ofstream(path) << "not a database, but some text"; }
};

TEST(BundledExport, HasTheDigestThatWasBuiltIn) {
    EXPECT_EQ(bundled_sha256(), mart::sha256_of(data::find("chr21_genes.csv").value()));
}

TEST(DatasetSource, FillsANewFileWithTheBundledGenesAndOpensThem) {
    for (const auto store : {StoreChoice::memory, StoreChoice::database, StoreChoice::automatic}) {
        const Place place;
        const auto start = DatasetSource::start(place.settings(store), place.observer);
        ASSERT_TRUE(start);
        EXPECT_EQ(start->dataset.store->dataset().gene_count, 1134U);
        EXPECT_EQ(start->active, start->source->active());
        EXPECT_THAT(place.notices, Contains(HasSubstr("stored 1134 genes")));
    }
}

TEST(DatasetSource, TellsOfNewerGenesWhereFormerOnesThatWereBundledAreActive) {
    const Place place;
    auto dataset = testing::dataset_of(testing::three_genes());
    dataset.name = bundled_dataset().name;
    ASSERT_TRUE(
        sql::Database::open({place.settings().database}).load(dataset, testing::three_genes()));
    const auto start = DatasetSource::start(place.settings(), place.observer);
    ASSERT_TRUE(start);
    EXPECT_EQ(start->dataset.store->dataset().gene_count, 3U);
    EXPECT_THAT(place.notices, Contains(HasSubstr("`chr21 load --bundled` adds the genes")));
}

TEST(DatasetSource, FailsWithoutADatasetUnlessToldToStart) {
    const Place place;
    place.write_anothers_file();
    EXPECT_THROW(std::ignore = place.start(WithoutDataset::fails), StoreUnavailable);
    const auto start = place.start(WithoutDataset::starts);
    ASSERT_TRUE(start);
    EXPECT_EQ(start->active, DatasetSource::Active{});
    EXPECT_THROW(std::ignore = start->dataset.store->dataset(), StoreUnavailable);
    EXPECT_THROW(std::ignore = start->dataset.store->find("ENSG1"), StoreUnavailable);
    EXPECT_THAT(place.notices, Contains(HasSubstr("no dataset can be read yet")));
}

TEST(DatasetSource, SaysWhatIsWrongWithAnExportAlsoWhereItMayStartWithoutADataset) {
    const Place place;
    auto settings = place.settings();
    settings.export_file = "/nowhere/mart_export.txt";
    const auto start =
        DatasetSource::start(std::move(settings), place.observer, WithoutDataset::starts);
    ASSERT_FALSE(start);
    EXPECT_EQ(start.error().parameter, "data");
    EXPECT_FALSE(std::filesystem::exists(place.path));
}

// A place with a dataset beside the bundled one, which is active again.
struct PlaceOfTwo : Place {
    PlaceOfTwo() {
        start(WithoutDataset::fails).value();
        const auto genes = testing::three_genes();
        auto database = sql::Database::open(settings().database);
        const auto bundled = database.datasets().front().id;
        other = database.load(testing::dataset_of(genes, "other"), genes).value().dataset.id;
        database.activate(bundled).value();
    }

    // Asks until a catalog answers.
    static std::shared_ptr<const OpenDataset> wait_for_catalog(const DatasetSource& source) {
        for (;;) {
            if (auto found = source.find("other"); found && !found->may_wait) return found;
            std::this_thread::yield();
            source.forget();
        }
    }

    std::int64_t other = 0;
};

TEST(PinnedDataset, IsAnsweredBySqlUntilItsCatalogHasBeenMade) {
    const PlaceOfTwo place;
    const auto start = DatasetSource::start(place.settings(), [](const observe::Event&) {});
    const auto& source = *start->source;
    EXPECT_FALSE(start->dataset.may_wait);
    EXPECT_TRUE(source.find("other")->may_wait);
    const auto made = PlaceOfTwo::wait_for_catalog(source);
    EXPECT_EQ(made->store->dataset().name, "other");
    EXPECT_EQ(made->store->list({}, {}, {}).total, 3U);
    source.active();
    source.forget();
    EXPECT_EQ(source.find("other"), made);  // nothing has changed
}

TEST(PinnedDataset, IsAnsweredWithoutTheDatabaseOnceItsCatalogHasBeenMade) {
    const PlaceOfTwo place;
    const auto start = DatasetSource::start(place.settings(), [](const observe::Event&) {});
    const auto made = PlaceOfTwo::wait_for_catalog(*start->source);
    std::filesystem::remove(place.path);
    start->source->forget();
    EXPECT_EQ(start->source->find("other"), made);
    EXPECT_THROW(std::ignore = start->source->find("another"), StoreUnavailable);
}

TEST(PinnedDataset, IsGoneWithTheLookThatFindsItDropped) {
    const PlaceOfTwo place;
    const auto start = DatasetSource::start(place.settings(), [](const observe::Event&) {});
    const auto& source = *start->source;
    PlaceOfTwo::wait_for_catalog(source);
    sql::Database::open(place.settings().database).drop(place.other).value();
    source.forget();
    source.active();
    EXPECT_EQ(source.find("other"), nullptr);
    EXPECT_THAT(source.names(), ::testing::SizeIs(1));
}

TEST(PinnedDataset, StaysWithSqlWhereThatIsAskedForOrItsCatalogHasNoRoom) {
    const PlaceOfTwo place;
    auto too_small = place.settings(StoreChoice::memory);
    too_small.memory_limit = 1000;
    auto for_one_answer = place.settings();
    for_one_answer.pinned_catalogs = false;
    for (const auto& settings :
         {place.settings(StoreChoice::database), too_small, for_one_answer}) {
        const auto start = DatasetSource::start(settings, [](const observe::Event&) {});
        for (int turn = 0; turn < 100; ++turn) {
            EXPECT_TRUE(start->source->find("other")->may_wait);
            start->source->forget();
        }
    }
}

TEST(PinnedDataset, IsRefusedWhenItsCatalogShowsThatItIsDamaged) {
    const PlaceOfTwo place;
    sql::Session(sql::DatabaseUrl{.path = place.path}, sql::Access::read_write)
        .run("UPDATE gene SET gene_name = 'ALPHA0' WHERE gene_name = 'ALPHA1'");
    const auto start = DatasetSource::start(place.settings(), [](const observe::Event&) {});
    const auto refused = PlaceOfTwo::wait_for_catalog(*start->source);
    EXPECT_THROW(std::ignore = refused->store->find("ENSG00000000001"), StoreUnavailable);
}

TEST(DatasetFollower, FindsTheDatasetThatAStartHadToDoWithout) {
    const Place place;
    place.write_anothers_file();
    auto start = place.start(WithoutDataset::starts);
    ASSERT_TRUE(start);
    LiveShelf shelf(std::move(start->dataset), start->source->others());
    DatasetFollower follower(*start->source, shelf, start->active, place.observer);
    follower.look();
    EXPECT_TRUE(shelf.stale_since());
    EXPECT_THROW(std::ignore = shelf.active()->store->chromosomes(), StoreUnavailable);

    std::filesystem::remove(place.path);
    ASSERT_TRUE(place.start(WithoutDataset::fails));
    follower.look();
    EXPECT_EQ(shelf.active()->store->dataset().gene_count, 1134U);
    EXPECT_FALSE(shelf.stale_since());
}

}  // namespace
}  // namespace chr21::datasets
