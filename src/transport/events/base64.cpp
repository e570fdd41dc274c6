#include "transport/events/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace chr21::events {
namespace {

constexpr std::size_t group_of_text = 4;  // characters of six bits, for each group of bytes
constexpr std::size_t group_of_bytes = 3;
constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_letter = 64;

constexpr auto values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_letter);
    for (std::size_t value = 0; value < letters.size(); ++value) {
        table.at(static_cast<std::uint8_t>(letters[value])) = static_cast<std::uint8_t>(value);
    }
    return table;
}();

std::uint8_t value_of(char letter) { return values[static_cast<std::uint8_t>(letter)]; }

// The bytes of a group, of which some may be absent, as one number.
std::uint32_t number_of(std::string_view bytes) {
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < group_of_bytes; ++at) {
        number = number << 8U | (at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : 0U);
    }
    return number;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const auto size = (bytes.size() + group_of_bytes - 1) / group_of_bytes * group_of_text;
    out.reserve(out.size() + size);
    for (std::size_t at = 0; at < bytes.size(); at += group_of_bytes) {
        const auto number = number_of(bytes.substr(at, group_of_bytes));
        for (const auto shift : {18U, 12U, 6U, 0U}) out += letters[number >> shift & 63U];
    }
    // What stands for bytes that are not there.
    const auto absent = (group_of_bytes - bytes.size() % group_of_bytes) % group_of_bytes;
    out.replace(out.size() - absent, absent, absent, '=');
}

std::optional<std::string> base64_decoded(std::string_view text) {
    if (text.size() % group_of_text != 0) return std::nullopt;
    const auto end = std::min(text.find('='), text.size());
    const auto absent = text.size() - end;
    if (absent > 2 || text.substr(end).find_first_not_of('=') != std::string_view::npos) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(text.size() / group_of_text * group_of_bytes);
    for (std::size_t at = 0; at < text.size(); at += group_of_text) {
        std::uint32_t number = 0;
        for (const char letter : text.substr(at, group_of_text)) {
            const auto value = letter == '=' ? std::uint8_t{0} : value_of(letter);
            if (value == no_letter) return std::nullopt;
            number = number << 6U | value;
        }
        for (const auto shift : {16U, 8U, 0U}) bytes += static_cast<char>(number >> shift & 255U);
    }
    bytes.resize(bytes.size() - absent);
    return bytes;
}

}  // namespace chr21::events
