#include "text/typo.hpp"

#include "tests/generators.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

struct Case {
    std::string_view left, right;
    unsigned distance;
};

constexpr auto cases = std::to_array<Case>({
    {"", "", 0},
    {"", "a", 1},
    {"", "ab", 2},
    {"dyrk1a", "dyrk1a", 0},
    {"dyrk1a", "dyrk1", 1},
    {"dyrk1a", "yrk1a", 1},
    {"dyrk1a", "dyk1a", 1},
    {"dyrk1a", "dyrk2a", 1},
    {"dyrk1a", "dyr1ka", 1},
    {"ab", "ba", 1},
    {"abab", "baab", 1},
    {"aab", "ab", 1},
    {"aaa", "aa", 1},
    {"abcd", "badc", 2},
    {"abc", "cab", 2},
    {"ca", "abc", 3},
    {"sod1", "app", 4},
    {"runx1", "runx", 1},
    {"abc", "abd", 1},
    {"abc", "cba", 2},
});

TEST(TypoDistance, CountsBytesAddedDroppedChangedAndSwapped) {
    for (const auto& [left, right, distance] : cases) {
        EXPECT_EQ(typo_distance(left, right), distance) << left << ' ' << right;
        EXPECT_EQ(typo_distance(right, left), distance) << right << ' ' << left;
    }
}

TEST(WithinOneTypo, AdmitsOneMistakeAtMost) {
    for (const auto& [left, right, distance] : cases) {
        EXPECT_EQ(within_one_typo(left, right), distance <= 1) << left << ' ' << right;
        EXPECT_EQ(within_one_typo(right, left), distance <= 1) << right << ' ' << left;
    }
}

rc::Gen<std::string> any_word() {
    return rc::gen::resize(6, rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c')));
}

RC_GTEST_PROP(WithinOneTypo, AgreesWithTheDistance, ()) {
    const auto left = *any_word();
    const auto right = *any_word();
    RC_ASSERT(within_one_typo(left, right) == (typo_distance(left, right) <= 1));
}

RC_GTEST_PROP(WithinOneTypo, FindsEveryMistakeThatPeopleMake, ()) {
    const auto word = *rc::gen::nonEmpty(any_word());
    const auto at = *rc::gen::inRange<std::size_t>(0, word.size());
    auto added = word;
    added.insert(at, 1, 'x');
    auto dropped = word;
    dropped.erase(at, 1);
    auto changed = word;
    changed[at] = 'x';
    auto swapped = word;
    std::swap(swapped[at], swapped[(at + 1) % word.size()]);
    RC_ASSERT(within_one_typo(word, added));
    RC_ASSERT(within_one_typo(word, dropped));
    RC_ASSERT(within_one_typo(word, changed));
    RC_ASSERT(at + 1 == word.size() || within_one_typo(word, swapped));
}

}  // namespace
}  // namespace chr21
