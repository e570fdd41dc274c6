#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chr21 {

// Arrays of plain values in one file, one after another, as they lie in the memory of this machine:
// before each its size in bytes, after it a checksum that also tells its place in the file. For one
// program to find again what it worked out before, and not for exchange.

// The file cannot be read or written, or does not hold what was once written.
class ArrayFileFault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// An open file, closed at the end of the scope.
class OpenFile {
public:
    // As open(2). Throws ArrayFileFault with the system's reason.
    OpenFile(const std::string& path, int flags);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

class ArrayChecksum;

// Writes such a file under another name, so that whoever reads it finds the old file or the new
// one. Every function throws ArrayFileFault when that fails or the stop is asked for.
class ArrayFileWriter {
public:
    // Begins `path` + ".new", over what a writer that was killed has left. Throws where another
    // one is writing it.
    explicit ArrayFileWriter(std::string path, std::stop_token stop = {});
    ~ArrayFileWriter();  // leaves nothing of what was not finished
    ArrayFileWriter(const ArrayFileWriter&) = delete;
    ArrayFileWriter& operator=(const ArrayFileWriter&) = delete;

    // Whoever may read that file may read this one; until then nobody else may. Where there is no
    // such file, it stays so.
    void share_like(const std::string& path);

    void put(std::string_view text);
    void put(std::span<const std::string> texts);
    template <class Value>
        requires std::has_unique_object_representations_v<Value>
    void put(const std::vector<Value>& array) {
        begin(array.size() * sizeof(Value));
        append(std::as_bytes(std::span(array)));
        end();
    }
    // An array of `make(0)` to `make(count - 1)`, which is never in memory as a whole.
    template <class Make>
    void put_each(std::size_t count, Make make) {
        using Value = decltype(make(std::size_t{}));
        // No byte without a meaning: it would differ from file to file.
        static_assert(std::has_unique_object_representations_v<Value>);
        begin(count * sizeof(Value));
        for (std::size_t at = 0; at < count; ++at) {
            const Value value = make(at);
            append(std::as_bytes(std::span(&value, 1)));
        }
        end();
    }

    // Puts the file in place of the one that `path` names.
    void finish();

private:
    void begin(std::uint64_t size);
    void append(std::span<const std::byte> bytes);
    void end();
    void flush();
    void write(std::span<const std::byte> bytes);

    std::string path_;
    std::string unfinished_;
    std::stop_token stop_;
    OpenFile file_;
    std::vector<std::byte> buffer_;  // of the array that is being written
    std::uint64_t place_ = 0;        // how many arrays came before it
    std::unique_ptr<ArrayChecksum> checksum_;
    bool finished_ = false;
};

// Reads the arrays in the order in which they were put. Every function throws ArrayFileFault where
// the file is cut off or was changed; no array is given out before its checksum was found right.
class ArrayFileReader {
public:
    explicit ArrayFileReader(const std::string& path);

    std::string take_text();
    std::vector<std::string> take_texts();
    template <class Value>
    std::vector<Value> take() {
        static_assert(std::is_trivially_copyable_v<Value>);
        std::vector<Value> array(begin(sizeof(Value)) / sizeof(Value));
        fill(std::as_writable_bytes(std::span(array)));
        return array;
    }
    void expect_end() const;

    // For those who know how the arrays fit together.
    static void require(bool fits);

private:
    // The size of the next array in bytes, of which so much is left in the file.
    std::size_t begin(std::size_t value_size);
    void fill(std::span<std::byte> bytes);
    void read(std::span<std::byte> bytes);

    OpenFile file_;
    std::uint64_t left_ = 0;  // bytes of the file
    std::uint64_t place_ = 0;
};

}  // namespace chr21
