#include "gene/attribute_rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

using Cells = std::vector<std::vector<std::uint32_t>>;

Cells cells_of(const AttributeRows& rows) {
    Cells cells;
    cells.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        cells.emplace_back(rows[at].begin(), rows[at].end());
    }
    return cells;
}

RC_GTEST_PROP(AttributeRowsProperty, AreUnpackedAsTheyWerePacked, ()) {
    const auto width = *rc::gen::inRange<std::size_t>(1, 40);
    const auto cell =
        rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 3), rc::gen::arbitrary<std::uint32_t>());
    const auto row = rc::gen::container<std::vector<std::uint32_t>>(width, cell);
    AttributeRows rows(width);
    for (const auto& one : *rc::gen::container<Cells>(row)) rows.add(one);
    const auto unpacked = AttributeRows::unpack(rows.pack()).value_or(AttributeRows(0));
    RC_ASSERT(unpacked.width() == width);
    RC_ASSERT(cells_of(unpacked) == cells_of(rows));
}

TEST(AttributeRows, KeepTheFirstOfThoseThatAreAlike) {
    AttributeRows rows(2);
    for (const auto& row : Cells{{1, 1}, {1, 1}, {2, 1}, {1, 1}, {0, 0}, {2, 1}}) rows.add(row);
    EXPECT_EQ(rows.size(), 5U);  // what follows its like is not there
    rows.keep_distinct();
    EXPECT_EQ(cells_of(rows), (Cells{{1, 1}, {2, 1}, {0, 0}}));
}

TEST(AttributeRows, DoNotComeOfWhatWasNeverPacked) {
    for (const std::string_view packed : {
             "",
             "0",         // rows without cells
             "0123",      //
             "2123",      // a row and a half
             "1zzzzzzz1"  // a cell beyond 32 bits
         }) {
        EXPECT_FALSE(AttributeRows::unpack(packed)) << packed;
    }
    EXPECT_TRUE(AttributeRows::unpack("21200"));
}

}  // namespace
}  // namespace chr21
