#include "mart/input.hpp"

#include "mart/download.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

namespace chr21::mart {
namespace {

using ::testing::HasSubstr;

std::string gzipped(const std::string& text) {
    z_stream stream{};
    constexpr int gzip = 16 + MAX_WBITS;
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY);
    std::string bytes(deflateBound(&stream, text.size()) + 32, '\0');
    std::string given = text;
    stream.next_in = reinterpret_cast<Bytef*>(given.data());
    stream.avail_in = static_cast<uInt>(given.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    deflate(&stream, Z_FINISH);
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    return bytes;
}

// A file with these bytes, for as long as the test runs.
class File {
public:
    explicit File(const std::string& bytes, const std::string& name = "export.csv")
        : folder_(std::filesystem::temp_directory_path() /
                  ("chr21-input-" + std::to_string(::getpid()))),
          path_(folder_ / name) {
        std::filesystem::create_directories(folder_);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { std::filesystem::remove_all(folder_); }

    std::string path() const { return path_.string(); }
    std::string folder() const { return folder_.string(); }

private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

std::string refusal(const std::string& where, const InputLimits& limits = {}) {
    const auto input = read_input(where, limits);
    return input ? "" : input.error().message;
}

TEST(ReadInput, ReadsAFileAndItsDigest) {
    const File file("abc");
    const auto input = read_input(file.path());
    ASSERT_TRUE(input) << input.error().message;
    EXPECT_EQ(input->bytes, "abc");
    EXPECT_EQ(input->name, "export.csv");
    EXPECT_EQ(input->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ReadInput, InflatesGzipByItsBytesAndKeepsTheDigestOfWhatWasGiven) {
    const std::string long_text(3'000'000, 'x');
    struct Case {
        std::string bytes, text;
    };
    const std::vector<Case> cases = {
        {gzipped("abc"), "abc"},
        {gzipped(""), ""},
        {gzipped("abc") + gzipped("") + gzipped("def"), "abcdef"},
        {gzipped("abc") + std::string(512, '\0'), "abc"},
        {gzipped(long_text), long_text},
    };
    for (const auto& [bytes, text] : cases) {
        const File file(bytes);
        const auto input = read_input(file.path());
        ASSERT_TRUE(input) << input.error().message;
        EXPECT_EQ(input->bytes == text, true) << text.substr(0, 10);
        const File inflated(text);
        EXPECT_NE(input->sha256, read_input(inflated.path())->sha256);
    }
}

TEST(ReadInput, RefusesGzipThatIsNotWhole) {
    const auto whole = gzipped("Gene stable ID\nENSG00000000001\nENSG00000000002\n");
    auto damaged = whole;
    damaged[damaged.size() - 6] ^= 1;  // in the checksum
    struct Case {
        std::string bytes, reason;
    };
    const std::vector<Case> cases = {
        {whole.substr(0, whole.size() - 1), "cut off"},
        {whole.substr(0, whole.size() / 2), "cut off"},
        {whole.substr(0, 2), "cut off"},
        {whole + whole.substr(0, 12), "cut off"},
        {damaged, "damaged"},
        {whole + "rest", "other bytes after"},
    };
    for (const auto& [bytes, reason] : cases) {
        const File file(bytes);
        EXPECT_EQ(refusal(file.path()).starts_with(file.path() + " cannot be inflated: "), true);
        EXPECT_THAT(refusal(file.path()), HasSubstr(reason)) << bytes.size();
    }
}

TEST(ReadInput, StopsAtItsLimits) {
    const File file(gzipped(std::string(100'000, 'x')));
    EXPECT_EQ(refusal(file.path(), {.given = 1000, .inflated = 100'000}), "");
    EXPECT_EQ(refusal(file.path(), {.given = 10, .inflated = 100'000}),
              file.path() + " is longer than 10 bytes, which is the limit");
    EXPECT_EQ(refusal(file.path(), {.given = 1000, .inflated = 99'999}),
              file.path() +
                  " cannot be inflated: it is longer than 99999 bytes when inflated, which "
                  "is the limit");
}

TEST(ReadInput, SaysWhyAFileCannotBeRead) {
    const File file("abc");
    EXPECT_EQ(refusal(file.folder()), file.folder() + " is a folder");
    EXPECT_EQ(refusal(file.path() + ".gone"),
              file.path() + ".gone cannot be opened: No such file or directory");
}

TEST(CheckUrl, AllowsHttpsAndHttpToThisMachine) {
    for (const std::string url : {"https://example.org/mart_export.txt",
                                  "HTTPS://example.org/a?X-Amz-Signature=1",
                                  "http://localhost:8000/a",
                                  "http://127.0.0.1/a",
                                  "http://127.1.2.3:80/a",
                                  "http://[::1]:80/a"}) {
        EXPECT_TRUE(check_url(url)) << url;
    }
}

TEST(CheckUrl, RefusesTheRestWithoutItsSecrets) {
    struct Case {
        std::string url, reason;
    };
    for (const auto& [url, reason] : {
             Case{"http://example.org/a?key=secret", "http://example.org/a is not encrypted"},
             Case{"http://user:secret@example.org/a#secret", "http://example.org/a is not"},
             Case{"http://127.0.0.1.example.org/", "is not encrypted"},
             Case{"http://127.0.0.1@example.org/", "http://example.org/ is not encrypted"},
             Case{"http://localhost.example.org/", "is not encrypted"},
             Case{"http://[::2]/", "is not encrypted"},
             Case{"s3://bucket/key?secret", "s3://bucket/key cannot be read: only https://"},
             Case{"ftp://example.org/a", "only https://"},
             Case{"file:///etc/passwd", "give the path of a file without file://"},
             Case{"https:///a", "names no host"},
             Case{"https://example.org/a b?secret", "must not hold spaces"},
             Case{"http://127.0.0.1\\@example.org/?secret", "backslashes"},
             Case{"https://example.org/\n?secret", "must not hold"},
         }) {
        const auto checked = check_url(url);
        ASSERT_FALSE(checked) << url;
        EXPECT_THAT(checked.error().message, HasSubstr(reason)) << url;
        EXPECT_FALSE(checked.error().message.contains("secret")) << checked.error().message;
        EXPECT_FALSE(checked.error().value.contains("secret")) << checked.error().value;
    }
}

}  // namespace
}  // namespace chr21::mart
