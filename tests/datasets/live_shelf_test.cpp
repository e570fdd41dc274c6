#include "datasets/live_shelf.hpp"

#include "store/memory/catalog.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::datasets {
namespace {

OpenDataset named(const std::string& name, char digit = 'a') {
    auto dataset = testing::dataset_of({});
    dataset.name = name;
    dataset.sha256 = std::string(64, digit);
    return {.store = memory::make_catalog(dataset, {}, testing::represent)};
}

const std::string& active_name(const DatasetShelf& shelf) {
    return shelf.active()->store->dataset().name;
}

TEST(LiveShelf, AnswersFromWhatItWasSwitchedTo) {
    LiveShelf shelf(named("old"));
    EXPECT_EQ(active_name(shelf), "old");
    shelf.switch_to(named("new"));
    EXPECT_EQ(active_name(shelf), "new");
}

TEST(LiveShelf, KeepsAnOldDatasetForWhoeverHoldsIt) {
    LiveShelf shelf(named("old"));
    const auto held = shelf.active();
    shelf.switch_to(named("new"));
    EXPECT_EQ(held->store->dataset().name, "old");
}

TEST(LiveShelf, TellsTwoShelvesOfOneThreadApart) {
    const LiveShelf one(named("one"));
    const LiveShelf other(named("other"));
    for (int turn = 0; turn < 3; ++turn) {
        EXPECT_EQ(active_name(one), "one");
        EXPECT_EQ(active_name(other), "other");
    }
}

TEST(LiveShelf, SwitchesEveryThread) {
    LiveShelf shelf(named("0"));
    std::atomic<bool> last_seen = false;
    std::vector<std::jthread> readers;
    readers.reserve(3);
    for (int reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&] {
            int seen = 0;
            while (seen < 200) {
                const int now = std::stoi(active_name(shelf));
                ASSERT_GE(now, seen);  // never back to an older one
                seen = now;
            }
            last_seen = true;
        });
    }
    for (int version = 1; version <= 200; ++version)
        shelf.switch_to(named(std::to_string(version)));
    readers.clear();
    EXPECT_TRUE(last_seen);
}

TEST(LiveShelf, LooksForOtherDatasetsWhereItIsTold) {
    const LiveShelf shelf(
        named("active", 'a'),
        {.find =
             [](std::string_view pin) {
                 return pin == "earlier" ? std::make_shared<const OpenDataset>(named("earlier"))
                                         : nullptr;
             },
         .names = [] { return std::vector<std::string>{"active", "earlier"}; }});
    EXPECT_EQ(shelf.pinned("active"), shelf.active());
    EXPECT_EQ(shelf.pinned("aaaaaaaa"), shelf.active());
    EXPECT_EQ(shelf.pinned("earlier")->store->dataset().name, "earlier");
    EXPECT_EQ(shelf.pinned("never"), nullptr);
    EXPECT_EQ(shelf.names().size(), 2);
}

TEST(LiveShelf, SaysSinceWhenItMayBeStale) {
    LiveShelf shelf(named("active"));
    EXPECT_FALSE(shelf.stale_since());
    shelf.mark_stale("2026-11-22T14:03:09Z");
    EXPECT_EQ(shelf.stale_since(), "2026-11-22T14:03:09Z");
    shelf.mark_fresh();
    EXPECT_FALSE(shelf.stale_since());
}

TEST(IsPinnedBy, TakesTheNameOrEnoughDigitsOfTheDigest) {
    const Dataset dataset{.name = "GRCh38-114",
                          .sha256 = "0123456789abcdef" + std::string(48, '0')};
    EXPECT_TRUE(is_pinned_by(dataset, "GRCh38-114"));
    EXPECT_TRUE(is_pinned_by(dataset, "01234567"));
    EXPECT_TRUE(is_pinned_by(dataset, "0123456789ABCDEF"));
    EXPECT_TRUE(is_pinned_by(dataset, dataset.sha256));
    EXPECT_FALSE(is_pinned_by(dataset, "0123456"));
    EXPECT_FALSE(is_pinned_by(dataset, "01234568"));
    EXPECT_FALSE(is_pinned_by(dataset, dataset.sha256 + "0"));
    EXPECT_FALSE(is_pinned_by(dataset, "GRCh38"));
    EXPECT_FALSE(is_pinned_by(dataset, ""));
}

}  // namespace
}  // namespace chr21::datasets
