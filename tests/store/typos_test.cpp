#include "store/typos.hpp"

#include "tests/generators.hpp"
#include "text/typo.hpp"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::testing {
namespace {

NamePieces pieces_of(const std::vector<std::string>& names) {
    NamePieces pieces(names.size());
    for (const auto& name : names) pieces.add(name);
    return pieces;
}

// How many texts are looked up for one that somebody typed.
std::size_t attempts(const std::string& text, const NamePieces& pieces) {
    std::size_t count = 0;
    Mistyped(text, pieces).for_each([&](std::string_view) { ++count; });
    return count;
}

RC_GTEST_PROP(Mistyped, VisitsEveryNameThatIsOneTypoAway, ()) {
    const auto short_text =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1\xC3")));
    const auto names =
        *rc::gen::container<std::vector<std::string>>(rc::gen::resize(8, short_text));
    const auto text = *rc::gen::resize(8, short_text);
    const auto pieces = pieces_of(names);
    std::set<std::string> visited;
    Mistyped(text, pieces).for_each([&](std::string_view one) {
        RC_ASSERT(within_one_typo(text, one));
        visited.emplace(one);
    });
    for (const auto& name : names) {
        const bool is_near = name != text && !text.empty() && within_one_typo(text, name);
        if (is_near) RC_ASSERT(visited.contains(name));
    }
}

TEST(NamePieces, TellMostTextsThatAreNoNamesApart) {
    std::vector<std::string> names;
    names.reserve(10'000);
    for (int i = 0; i < 10'000; ++i) names.push_back("name" + std::to_string(7 * i));
    const auto pieces = pieces_of(names);
    std::size_t taken_for_names = 0;
    for (int i = 0; i < 10'000; ++i) {
        EXPECT_TRUE(pieces.may_be_name(names[static_cast<std::size_t>(i)]));
        if (pieces.may_be_name("name" + std::to_string((7 * i) + 1))) ++taken_for_names;
    }
    EXPECT_LT(taken_for_names, 2'000U);
}

// A hundred thousand names of one family, and texts of every length: what is looked up stays few.
TEST(Mistyped, LooksUpFewTextsHoweverManyNamesThereAre) {
    std::vector<std::string> names;
    names.reserve(100'000);
    for (int i = 0; i < 100'000; ++i) names.push_back("loc" + std::to_string(100'000'000 + i));
    const auto pieces = pieces_of(names);
    EXPECT_LT(attempts("loc100000000", pieces), 300U);
    EXPECT_LT(attempts("lco100050000", pieces), 50U);
    EXPECT_EQ(attempts("qxqxqxqxqxqx", pieces), 0U);
    EXPECT_EQ(attempts(std::string(256, '1'), pieces), 0U);
    EXPECT_EQ(attempts("", pieces), 0U);
}

TEST(Mistyped, FindsNothingWhereThereAreNoNames) { EXPECT_EQ(attempts("tp53", NamePieces()), 0U); }

}  // namespace
}  // namespace chr21::testing
