#include "mart/input.hpp"

#include "https/url.hpp"
#include "mart/download.hpp"
#include "text/gzip.hpp"
#include "text/hexadecimal.hpp"
#include "text/url_secrets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <openssl/sha.h>

namespace chr21::mart {
namespace {

constexpr std::string_view standard_input = "standard input";

std::unexpected<Error> refuse(const std::string& name, std::string_view why) {
    return fault("export", name, fmt::format("{} {}", name, why));
}

std::unexpected<Error> refuse_error(const std::string& name, std::string_view what, int error) {
    return refuse(name, fmt::format("{}: {}", what, std::generic_category().message(error)));
}

Result<std::string> read_to_end(std::FILE* file, const std::string& name, std::uint64_t most) {
    std::string bytes;
    constexpr std::size_t piece = 1U << 20U;
    for (;;) {
        const auto before = bytes.size();
        bytes.resize(before + piece);
        const auto taken = std::fread(bytes.data() + before, 1, piece, file);
        bytes.resize(before + taken);
        if (bytes.size() > most) {
            return refuse(name, fmt::format("is longer than {} bytes, which is the limit", most));
        }
        if (taken == piece) continue;
        if (std::ferror(file) != 0) return refuse_error(name, "cannot be read", errno);
        return bytes;
    }
}

Result<std::string> read_file(const std::string& path, std::uint64_t most) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return refuse(path, "is a folder");
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                               &std::fclose);
    if (!file) return refuse_error(path, "cannot be opened", errno);
    return read_to_end(file.get(), path, most);
}

Result<std::string> read_bytes(const std::string& where, std::uint64_t most) {
    if (where == "-") return read_to_end(stdin, std::string(standard_input), most);
    return https::is_url(where) ? download(where, most) : read_file(where, most);
}

// How messages call it.
std::string shown(const std::string& where) {
    if (where == "-") return std::string(standard_input);
    return https::is_url(where) ? text::without_secrets(where) : where;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return text::hexadecimal(digest);
}

Result<Input> read_input(const std::string& where, const InputLimits& limits) {
    auto given = read_bytes(where, limits.given);
    if (!given) return std::unexpected(given.error());
    const auto place = shown(where);
    Input input{.bytes = {}, .sha256 = sha256_of(*given), .name = place};
    if (where != "-") input.name.erase(0, place.find_last_of('/') + 1);
    if (input.name.empty()) input.name = place;
    if (!text::is_gzip(*given)) {
        input.bytes = *std::move(given);
        return input;
    }
    auto inflated = text::inflate_gzip(*given, limits.inflated);
    if (!inflated) return refuse(place, "cannot be inflated: " + inflated.error());
    input.bytes = *std::move(inflated);
    return input;
}

}  // namespace chr21::mart
