#include "datasets/pinned_datasets.hpp"

#include "store/gene_store.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::datasets {
namespace {

using Opened = PinnedDatasets::Opened;

// Opens a dataset for each name that begins with "known" or "slow"; the latter wait to be let go.
struct Opener {
    std::atomic<int> calls = 0;
    std::counting_semaphore<> begun{0};
    std::counting_semaphore<> let_go{0};

    Opened operator()(std::string_view pin) {
        ++calls;
        if (pin == "broken") throw StoreUnavailable("the database is away");
        if (pin.starts_with("slow")) {
            begun.release();
            let_go.acquire();
        }
        if (pin == "slow and broken") throw StoreUnavailable("the database is away");
        return pin.starts_with("none") ? nullptr : std::make_shared<const OpenDataset>();
    }

    PinnedDatasets::Open function() {
        return [this](std::string_view pin) { return (*this)(pin); };
    }
};

std::future<Opened> find_elsewhere(PinnedDatasets& pinned, std::string pin) {
    return std::async(std::launch::async,
                      [&pinned, pin = std::move(pin)] { return pinned.find(pin); });
}

TEST(PinnedDatasets, AreOpenedOnceUntilTheyAreForgotten) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    const auto first = pinned.find("known");
    EXPECT_NE(first, nullptr);
    EXPECT_EQ(pinned.find("known"), first);
    EXPECT_NE(pinned.find("known too"), first);
    EXPECT_EQ(opener.calls, 2);
    pinned.forget();
    EXPECT_NE(pinned.find("known"), first);
    EXPECT_EQ(opener.calls, 3);
}

TEST(PinnedDatasets, AreLookedForAnewWhereTheyCouldNotBeLookedFor) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    for (int turn = 1; turn <= 3; ++turn) {
        EXPECT_THROW(pinned.find("broken"), StoreUnavailable);
        EXPECT_EQ(opener.calls, turn);
    }
}

TEST(PinnedDatasets, AreLookedForAnewASecondAfterThereWasNone) {
    Opener opener;
    PinnedDatasets::Clock::time_point now;
    PinnedDatasets pinned(opener.function(), [&now] { return now; });
    for (int turn = 1; turn <= 3; ++turn) {
        EXPECT_EQ(pinned.find("none"), nullptr);
        now += std::chrono::milliseconds(999);
        EXPECT_EQ(pinned.find("none"), nullptr);
        EXPECT_EQ(opener.calls, turn);
        now += std::chrono::milliseconds(1);
    }
    EXPECT_EQ(pinned.find("none"), nullptr);
    pinned.forget();
    EXPECT_EQ(pinned.find("none"), nullptr);
    EXPECT_EQ(opener.calls, 5);
}

TEST(PinnedDatasets, ThatAreNotThereAreRememberedUpToALimit) {
    Opener opener;
    PinnedDatasets::Clock::time_point now;
    PinnedDatasets pinned(opener.function(), [&now] { return now; });
    const auto ask_for = [&](int first) {
        for (int i = first; i < first + 100; ++i) pinned.find("none " + std::to_string(i));
    };
    ask_for(0);
    EXPECT_EQ(opener.calls, 100);
    ask_for(0);
    EXPECT_EQ(opener.calls, 136);  // 64 were remembered
    now += PinnedDatasets::unknown_for;
    ask_for(100);
    ask_for(100);
    EXPECT_EQ(opener.calls, 272);
}

TEST(PinnedDatasets, ThatAreKnownNeverWaitForOneThatIsBeingOpened) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    const auto known = pinned.find("known");
    auto slow = find_elsewhere(pinned, "slow");
    opener.begun.acquire();
    std::vector<std::future<Opened>> others;
    others.reserve(3);
    for (const auto* pin : {"known", "known too", "none"}) {
        others.push_back(find_elsewhere(pinned, pin));
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (const auto& other : others) {
        EXPECT_EQ(other.wait_until(end), std::future_status::ready);
    }
    opener.let_go.release();
    EXPECT_EQ(slow.get(), pinned.find("slow"));
    EXPECT_EQ(known, pinned.find("known"));
}

TEST(PinnedDatasets, AreOpenedOnceForAllWhoAskAtOnce) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    std::vector<std::future<Opened>> asking;
    asking.reserve(8);
    for (int i = 0; i < 8; ++i) asking.push_back(find_elsewhere(pinned, "slow"));
    opener.begun.acquire();
    opener.let_go.release(8);
    const auto opened = asking.front().get();
    EXPECT_NE(opened, nullptr);
    for (std::size_t i = 1; i < asking.size(); ++i) EXPECT_EQ(asking[i].get(), opened);
    EXPECT_EQ(opener.calls, 1);
}

TEST(PinnedDatasets, ThatCannotBeOpenedFailForAllWhoWait) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    auto first = find_elsewhere(pinned, "slow and broken");
    opener.begun.acquire();
    auto second = find_elsewhere(pinned, "slow and broken");
    opener.let_go.release(2);  // the second may come late and try by itself
    EXPECT_THROW(first.get(), StoreUnavailable);
    EXPECT_THROW(second.get(), StoreUnavailable);
}

TEST(PinnedDatasets, ThatAreForgottenWhileTheyAreOpenedAreOpenedAnew) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    auto early = find_elsewhere(pinned, "slow");
    opener.begun.acquire();
    pinned.forget();
    opener.let_go.release(2);
    const auto late = pinned.find("slow");
    EXPECT_NE(early.get(), late);
    EXPECT_EQ(pinned.find("slow"), late);
    EXPECT_EQ(opener.calls, 2);
}

TEST(PinnedDatasets, AreNotKeptWithoutLimit) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    const std::weak_ptr<const OpenDataset> first = pinned.find("known");
    for (int i = 0; i < 100; ++i) pinned.find("known " + std::to_string(i));
    EXPECT_TRUE(first.expired());
}

TEST(PinnedDatasets, StayWhileOthersAreLookedForInVain) {
    Opener opener;
    PinnedDatasets pinned(opener.function());
    const auto known = pinned.find("known");
    for (int i = 0; i < 100; ++i) pinned.find("none");
    EXPECT_EQ(pinned.find("known"), known);
}

}  // namespace
}  // namespace chr21::datasets
