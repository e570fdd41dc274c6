#include "text/gzip.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include <zlib.h>

namespace chr21::text {
namespace {

constexpr std::string_view magic = "\x1f\x8b";

struct End {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

std::unexpected<std::string> refuse(std::string why) { return std::unexpected(std::move(why)); }

// Inflates one member and appends it. Takes its bytes off `rest`.
std::expected<void, std::string> inflate_member(std::string_view& rest,
                                                std::string& text,
                                                std::uint64_t most) {
    z_stream stream{};
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_only) != Z_OK) return refuse("there is no memory to inflate it");
    const std::unique_ptr<z_stream, End> end(&stream);
    constexpr std::size_t most_at_once = 1U << 30U;  // zlib counts with 32 bits
    constexpr std::size_t piece = 1U << 18U;
    for (int state = Z_OK; state != Z_STREAM_END;) {
        const auto given = std::min(rest.size(), most_at_once);
        // zlib does not write to it.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));  // NOLINT
        stream.avail_in = static_cast<uInt>(given);
        const auto before = text.size();
        text.resize(before + piece);
        stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
        stream.avail_out = piece;
        state = ::inflate(&stream, Z_NO_FLUSH);
        text.resize(before + piece - stream.avail_out);
        rest.remove_prefix(given - stream.avail_in);
        if (text.size() > most) {
            return refuse("it is longer than " + std::to_string(most) +
                          " bytes when inflated, which is the limit");
        }
        if (state == Z_BUF_ERROR || (state == Z_OK && rest.empty() && stream.avail_out > 0)) {
            return refuse("the gzip data is cut off");
        }
        if (state != Z_OK && state != Z_STREAM_END) return refuse("the gzip data is damaged");
    }
    return {};
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with(magic); }

std::expected<std::string, std::string> inflate_gzip(std::string_view bytes, std::uint64_t most) {
    std::string text;
    while (is_gzip(bytes)) {
        if (auto done = inflate_member(bytes, text, most); !done) {
            return std::unexpected(std::move(done.error()));
        }
    }
    const bool only_padding = std::ranges::all_of(bytes, [](char c) { return c == '\0'; });
    if (!only_padding) return refuse("there are other bytes after the gzip data");
    return text;
}

}  // namespace chr21::text
