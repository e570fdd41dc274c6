#include "datasets/dataset_source.hpp"

#include "api/representation.hpp"
#include "datasets/dataset_follower.hpp"
#include "tests/store/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <string>
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
        return {.database = {.path = path}, .store = store, .represent = api::to_json};
    }
    Result<Start> start(WithoutDataset without) const {
        return DatasetSource::start(settings(), observer, without);
    }
    void write_anothers_file() const { std::ofstream(path) << "not a database, but some text"; }
};

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
