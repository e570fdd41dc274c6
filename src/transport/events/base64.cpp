#include "transport/events/base64.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <openssl/evp.h>

namespace chr21::events {
namespace {

constexpr std::size_t group_of_text = 4;  // characters, for each group of bytes
constexpr std::size_t group_of_bytes = 3;

int to_length(std::size_t size) {
    if (size > std::numeric_limits<int>::max()) throw std::length_error("too long for base64");
    return static_cast<int>(size);
}

bool is_digit(char letter) {
    return text::is_letter(letter) || text::is_digit(letter) || letter == '+' || letter == '/';
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const auto before = out.size();
    const auto size = (bytes.size() + group_of_bytes - 1) / group_of_bytes * group_of_text;
    out.resize(before + size + 1);  // OpenSSL ends it with a NUL
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data() + before),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    to_length(bytes.size()));
    out.pop_back();
}

// OpenSSL would let blanks pass around it, and counts padding as bytes.
std::optional<std::string> base64_decoded(std::string_view text) {
    if (text.size() % group_of_text != 0) return std::nullopt;
    const auto digits = std::min(text.find('='), text.size());
    const auto padding = text.size() - digits;
    if (padding > 2 || !std::ranges::all_of(text.substr(0, digits), is_digit) ||
        !std::ranges::all_of(text.substr(digits), [](char letter) { return letter == '='; })) {
        return std::nullopt;
    }
    std::string bytes(text.size() / group_of_text * group_of_bytes, '\0');
    EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                    reinterpret_cast<const unsigned char*>(text.data()),
                    to_length(text.size()));
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace chr21::events
