#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// What names are made of: their bytes, every three of them that follow each other, and a bit or so
// of each whole name. It tells most of what is no name at a glance, where looking a name up would
// read far apart memory. Names are folded.
class NamePieces {
public:
    // Made for about so many names.
    explicit NamePieces(std::size_t names = 0);

    void add(std::string_view name);

    // No name is longer, in bytes.
    std::size_t longest() const { return longest_; }
    const std::vector<char>& bytes() const { return bytes_; }
    // Whether three bytes may follow each other in a name, before and after which stand two NULs.
    bool may_hold(char first, char second, char third) const {
        return threes_->test(number_of(first, second, third));
    }
    // False for most texts that are no name.
    bool may_be_name(std::string_view text) const {
        const auto bit = bit_of(text);
        return (whole_[bit / 64] >> (bit % 64) & 1U) != 0;
    }

private:
    static constexpr unsigned bits = 18;
    using Threes = std::bitset<std::size_t{1} << bits>;

    // Multiplicative hashing: some share a number, so a piece may be taken for another.
    static std::size_t number_of(char first, char second, char third) {
        const auto byte = [](char one) { return std::uint32_t{static_cast<unsigned char>(one)}; };
        const auto three = byte(first) << 16U | byte(second) << 8U | byte(third);
        return three * 2654435761U >> (32 - bits);
    }

    std::size_t bit_of(std::string_view text) const {
        // The low bits of the hash are those that a table of names is likely to use.
        return (std::hash<std::string_view>{}(text) >> 24U) & (whole_.size() * 64 - 1);
    }

    std::size_t longest_ = 0;
    std::bitset<256> seen_;
    std::vector<char> bytes_;
    std::unique_ptr<Threes> threes_ = std::make_unique<Threes>();
    std::vector<std::uint64_t> whole_;  // one bit for each name's hash
};

// A text, and the pieces of names that what is made of it must consist of.
class Mistyped {
public:
    // Both outlive this.
    Mistyped(std::string_view text, const NamePieces& pieces);

    // Calls visit(text) for each text that is one typo (text/typo.hpp) away and may be a name, some
    // of them more than once. Every name that is one typo away is among them.
    template <class Visit>
    void for_each(Visit visit) {
        if (text_.empty() || text_.size() > pieces_.longest() + 1) return;
        for (auto at = first_; at <= text_.size(); ++at) {
            if (at > last_) return;
            for (const char byte : pieces_.bytes()) {
                if (!pieces_.may_hold(padded_[at], padded_[at + 1], byte)) continue;
                attempt(at, {&byte, 1}, at, visit);
                attempt(at, {&byte, 1}, at + 1, visit);
            }
            attempt(at, {}, at + 1, visit);
            if (at + 1 >= text_.size()) continue;
            const std::array swapped{text_[at + 1], text_[at]};
            attempt(at, {swapped.data(), swapped.size()}, at + 2, visit);
        }
    }

private:
    // With `part` in the place of what stands from `at` to `rest`.
    template <class Visit>
    void attempt(std::size_t at, std::string_view part, std::size_t rest, Visit& visit) {
        if (rest > text_.size() || rest < least_rest_ || !may_be(at, part, rest)) return;
        changed_.assign(text_.substr(0, at)).append(part).append(text_.substr(rest));
        if (pieces_.may_be_name(changed_)) visit(std::string_view(changed_));
    }

    bool may_be(std::size_t at, std::string_view part, std::size_t rest) const;

    std::string_view text_;
    std::string padded_;  // between two NULs on either side
    const NamePieces& pieces_;
    // Beyond these the text keeps a piece that is in no name.
    std::size_t first_ = 0;
    std::size_t last_;
    std::size_t least_rest_ = 0;
    std::string changed_;
};

}  // namespace chr21
