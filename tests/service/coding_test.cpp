#include "service/negotiation.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::service {
namespace {

std::string unbrotli(std::string_view packed, std::size_t expected_size) {
    std::string original(expected_size + 1, '\0');
    std::size_t size = original.size();
    const auto outcome =
        BrotliDecoderDecompress(packed.size(),
                                reinterpret_cast<const std::uint8_t*>(packed.data()),
                                &size,
                                reinterpret_cast<std::uint8_t*>(original.data()));
    if (outcome != BROTLI_DECODER_RESULT_SUCCESS) throw std::runtime_error("brotli: damaged");
    original.resize(size);
    return original;
}

bool is_refused(std::string_view member) {
    try {
        gunzip(member);
    } catch (const std::runtime_error&) {
        return true;
    }
    return false;
}

// Bytes without any order, which no coding can make smaller.
std::string noise(std::size_t size) {
    std::string bytes;
    std::uint64_t state = 21;
    while (bytes.size() < size) {
        state = (state * 6364136223846793005U) + 1442695040888963407U;
        bytes += static_cast<char>(state >> 56U);
    }
    return bytes;
}

std::string awkward_text() {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "gene " + std::to_string(i * i) + "\n";
    return text;
}

TEST(Encode, ComesBackAsItWas) {
    for (const std::string& original : {std::string(),
                                        std::string("a"),
                                        std::string(1 << 20, 'x'),
                                        noise(300'000),
                                        awkward_text()}) {
        EXPECT_EQ(encode(Coding::identity, original), original);
        EXPECT_TRUE(gunzip(encode(Coding::gzip, original)) == original) << original.size();
        EXPECT_TRUE(unbrotli(encode(Coding::brotli, original), original.size()) == original)
            << original.size();
    }
}

TEST(Encode, MakesTextSmallAndTheSameEveryTime) {
    const auto text = awkward_text();
    for (const Coding coding : {Coding::gzip, Coding::brotli}) {
        const auto packed = encode(coding, text);
        EXPECT_LT(packed.size() * 2, text.size()) << to_text(coding);
        EXPECT_EQ(packed, encode(coding, text)) << to_text(coding);
    }
}

TEST(Encode, GzipCarriesNoTimeAndNoName) {
    const auto packed = encode(Coding::gzip, "chr21");
    ASSERT_GT(packed.size(), 18U);
    EXPECT_EQ(packed.substr(0, 3), "\x1f\x8b\x08");
    EXPECT_EQ(packed.substr(3, 5), std::string(5, '\0'));  // flags and modification time
}

TEST(Gunzip, RefusesWhatIsDamaged) {
    const auto whole = encode(Coding::gzip, awkward_text());
    auto flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(~flipped[whole.size() / 2]);
    auto wrong_checksum = whole;
    wrong_checksum[whole.size() - 5] = static_cast<char>(~wrong_checksum[whole.size() - 5]);
    auto wrong_size = whole;
    wrong_size[whole.size() - 4] = static_cast<char>(~wrong_size[whole.size() - 4]);
    auto huge_size = whole;
    huge_size.replace(whole.size() - 4, 4, "\xff\xff\xff\xff");
    const std::array damaged{std::string(),
                             std::string("not gzip at all, but long enough"),
                             whole.substr(0, whole.size() - 1),
                             whole.substr(0, 10),
                             whole.substr(1),
                             whole + "x",
                             flipped,
                             wrong_checksum,
                             wrong_size,
                             huge_size};
    for (std::size_t i = 0; i < damaged.size(); ++i) EXPECT_TRUE(is_refused(damaged.at(i))) << i;
}

RC_GTEST_PROP(Encode, IsUndoneByGunzip, (const std::string& bytes)) {
    RC_ASSERT(gunzip(encode(Coding::gzip, bytes)) == bytes);
}

RC_GTEST_PROP(Encode, IsUndoneByBrotli, (const std::string& bytes)) {
    RC_ASSERT(unbrotli(encode(Coding::brotli, bytes), bytes.size()) == bytes);
}

}  // namespace
}  // namespace chr21::service
