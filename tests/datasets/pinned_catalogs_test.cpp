#include "datasets/pinned_catalogs.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace chr21::datasets {
namespace {

using Opened = PinnedCatalogs::Opened;

// Makes a catalog of as many bytes as the dataset's number says. Number 13 cannot be made now.
struct Factory {
    std::atomic<int> made = 0;
    std::atomic<int> too_large = 0;

    PinnedCatalogs::Maker maker() {
        return {.estimate = [this](std::int64_t id) { return estimate(id); },
                .make = [this](std::int64_t id) { return make(id); }};
    }

    std::optional<std::uint64_t> estimate(std::int64_t id) {
        if (id > 1000) ++too_large;
        return static_cast<std::uint64_t>(id);
    }

    Opened make(std::int64_t id) {
        ++made;
        return id == 13 ? nullptr : std::make_shared<const OpenDataset>();
    }
};

// The catalog, once it is there.
Opened wait_for(PinnedCatalogs& catalogs, const std::string& pin) {
    for (;;) {
        if (auto found = catalogs.find(pin)) return found;
        std::this_thread::yield();
    }
}

Opened learn_and_wait(PinnedCatalogs& catalogs, std::int64_t id) {
    catalogs.learn(std::to_string(id), id);
    return wait_for(catalogs, std::to_string(id));
}

TEST(PinnedCatalogs, AreMadeOnceForAllPinsOfADataset) {
    Factory factory;
    PinnedCatalogs catalogs(100, factory.maker());
    EXPECT_EQ(catalogs.find("old"), nullptr);
    EXPECT_EQ(catalogs.learn("old", 40), nullptr);
    const auto made = wait_for(catalogs, "old");
    EXPECT_EQ(catalogs.learn("0123abcd", 40), made);
    EXPECT_EQ(catalogs.find("0123abcd"), made);
    EXPECT_EQ(factory.made, 1);
}

TEST(PinnedCatalogs, GoWhereAnotherOneNeedsTheRoomTheLeastRecentlyAskedForFirst) {
    Factory factory;
    PinnedCatalogs catalogs(100, factory.maker());
    const std::weak_ptr<const OpenDataset> first = learn_and_wait(catalogs, 40);
    learn_and_wait(catalogs, 50);
    EXPECT_NE(catalogs.find("40"), nullptr);  // so 50 is the one that was asked for before
    learn_and_wait(catalogs, 60);
    EXPECT_EQ(catalogs.find("50"), nullptr);
    EXPECT_NE(catalogs.find("40"), nullptr);
    learn_and_wait(catalogs, 99);
    EXPECT_TRUE(first.expired());
    EXPECT_EQ(catalogs.find("60"), nullptr);
    EXPECT_NE(catalogs.find("99"), nullptr);
}

TEST(PinnedCatalogs, AreNotMadeOfWhatHasNoRoomAndNotAskedForTwice) {
    Factory factory;
    PinnedCatalogs catalogs(100, factory.maker());
    for (int turn = 1; turn <= 2; ++turn) {
        EXPECT_EQ(catalogs.learn("huge", 2000), nullptr);
        learn_and_wait(catalogs, 40 + turn);  // by then the other was looked at
        EXPECT_EQ(factory.too_large, 1);
        EXPECT_EQ(factory.made, turn);
    }
    catalogs.keep_only({});
    catalogs.learn("huge", 2000);
    learn_and_wait(catalogs, 50);
    EXPECT_EQ(factory.too_large, 2);
}

TEST(PinnedCatalogs, AreAskedForAgainWhereTheyCouldNotBeMade) {
    Factory factory;
    PinnedCatalogs catalogs(100, factory.maker());
    for (int turn = 1; turn <= 2; ++turn) {
        catalogs.learn("unlucky", 13);
        learn_and_wait(catalogs, 40 + turn);  // by then the attempt is over
        EXPECT_EQ(catalogs.find("unlucky"), nullptr);
        EXPECT_EQ(factory.made, 2 * turn);
    }
}

TEST(PinnedCatalogs, OfDatasetsThatAreGoneGo) {
    Factory factory;
    PinnedCatalogs catalogs(100, factory.maker());
    const std::weak_ptr<const OpenDataset> gone = learn_and_wait(catalogs, 40);
    const auto stays = learn_and_wait(catalogs, 50);
    catalogs.keep_only({50, 60});
    EXPECT_TRUE(gone.expired());
    EXPECT_EQ(catalogs.find("50"), nullptr);  // the pin may mean another one now
    EXPECT_EQ(catalogs.learn("50", 50), stays);
}

TEST(PinnedCatalogs, EndTheirThreadAlsoWhereNoneWasAskedFor) {
    Factory factory;
    {
        const PinnedCatalogs idle(100, factory.maker());
    }
    {
        PinnedCatalogs busy(100, factory.maker());
        for (int id = 1; id <= 10; ++id) busy.learn(std::to_string(id), id);
    }
    EXPECT_LE(factory.made, 10);
}

}  // namespace
}  // namespace chr21::datasets
