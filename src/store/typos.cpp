#include "store/typos.hpp"

#include <algorithm>
#include <bit>

namespace chr21 {
namespace {

constexpr std::size_t padding = 2;

}  // namespace

NamePieces::NamePieces(std::size_t names) {
    constexpr std::size_t bits_of_name = 8;
    constexpr std::size_t fewest_bits = 64;
    whole_.resize(std::bit_ceil(std::max(bits_of_name * names, fewest_bits)) / 64);
}

void NamePieces::add(std::string_view name) {
    const auto bit = bit_of(name);
    whole_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    longest_ = std::max(longest_, name.size());
    char before = 0;
    char last = 0;
    const auto note = [&](char byte) {
        threes_->set(number_of(before, last, byte));
        before = last;
        last = byte;
    };
    for (const char byte : name) {
        note(byte);
        const auto number = static_cast<unsigned char>(byte);
        if (!seen_.test(number)) bytes_.push_back(byte);
        seen_.set(number);
    }
    for (std::size_t i = 0; i < padding; ++i) note(0);
}

Mistyped::Mistyped(std::string_view text, const NamePieces& pieces)
    : text_(text), pieces_(pieces), last_(text.size()) {
    if (text_.size() > pieces_.longest() + 1) return;
    padded_.assign(padding, '\0').append(text_).append(padding, '\0');
    // The piece that begins at `at` of the padded text ends before the text's byte `at` + 1.
    for (std::size_t at = 0; at < text_.size() + padding; ++at) {
        if (pieces_.may_hold(padded_[at], padded_[at + 1], padded_[at + 2])) continue;
        last_ = std::min(last_, at);
        least_rest_ = at < padding ? 0 : at - padding + 1;
    }
    first_ = least_rest_ < padding ? 0 : least_rest_ - padding;
}

bool Mistyped::may_be(std::size_t at, std::string_view part, std::size_t rest) const {
    char before = padded_[at];
    char last = padded_[at + 1];
    const auto goes_on = [&](char byte) {
        const bool may = pieces_.may_hold(before, last, byte);
        before = last;
        last = byte;
        return may;
    };
    return std::ranges::all_of(part, goes_on) && goes_on(padded_[rest + padding]) &&
           goes_on(padded_[rest + padding + 1]);
}

}  // namespace chr21
