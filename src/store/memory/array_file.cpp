#include "store/memory/array_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

namespace chr21 {

namespace {

// Small enough for a processor's cache, so that hashing finds there what was read or is written.
constexpr std::size_t block = std::size_t{256} << 10U;

[[noreturn]] void fail_of_system() { throw ArrayFileFault(std::generic_category().message(errno)); }

[[noreturn]] void fail_of_damage() { throw ArrayFileFault("it is cut off or damaged"); }

// Where anything else has the name of one of our files, it is somebody's, and not ours to replace.
[[noreturn]] void fail_of_no_file(const std::string& path) {
    throw ArrayFileFault(path + " is not a file; move it away");
}

bool is_other_than_a_file(const std::string& path) {
    struct stat state{};
    return ::stat(path.c_str(), &state) == 0 && !S_ISREG(state.st_mode);
}

struct stat state_of(int descriptor) {
    struct stat state{};
    if (::fstat(descriptor, &state) != 0) fail_of_system();
    return state;
}

// Begins `unfinished`, which is to become `path`; never waits for whoever reads a pipe.
OpenFile open_new(const std::string& path, const std::string& unfinished) {
    for (const auto& name : {path, unfinished}) {
        if (is_other_than_a_file(name)) fail_of_no_file(name);
    }
    return {unfinished, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK};
}

// Whether this process alone writes the file, and the file still has this name.
bool lock(int descriptor, const std::string& path) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return false;
    const auto held = state_of(descriptor);
    struct stat named{};
    return ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

template <class Value>
std::span<const std::byte> bytes_of(const Value& value) {
    return std::as_bytes(std::span(&value, 1));
}

}  // namespace

OpenFile::OpenFile(const std::string& path, int flags)
    : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail_of_system();
}

OpenFile::~OpenFile() { ::close(descriptor_); }

// Of one array; its place in the file counts as well.
class ArrayChecksum {
public:
    explicit ArrayChecksum(std::uint64_t place) : state_(XXH3_createState(), &XXH3_freeState) {
        if (!state_) throw std::bad_alloc();
        restart(place);
    }

    void restart(std::uint64_t place) { XXH3_64bits_reset_withSeed(state_.get(), place); }
    void add(std::span<const std::byte> bytes) {
        XXH3_64bits_update(state_.get(), bytes.data(), bytes.size());
    }
    std::uint64_t result() const { return XXH3_64bits_digest(state_.get()); }

private:
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

ArrayFileWriter::ArrayFileWriter(std::string path, std::stop_token stop)
    : path_(std::move(path)),
      unfinished_(path_ + ".new"),
      stop_(std::move(stop)),
      file_(open_new(path_, unfinished_)),
      checksum_(std::make_unique<ArrayChecksum>(place_)) {
    if (!S_ISREG(state_of(file_.descriptor()).st_mode)) fail_of_no_file(unfinished_);
    if (!lock(file_.descriptor(), unfinished_)) {
        finished_ = true;  // it is not ours to take away
        throw ArrayFileFault("another program is writing it");
    }
    if (::ftruncate(file_.descriptor(), 0) != 0) fail_of_system();
    buffer_.reserve(block);
}

ArrayFileWriter::~ArrayFileWriter() {
    if (!finished_) ::unlink(unfinished_.c_str());
}

void ArrayFileWriter::share_like(const std::string& path) {
    struct stat state{};
    constexpr mode_t reading_and_writing = 0666;
    if (::stat(path.c_str(), &state) != 0) return;
    if (::fchmod(file_.descriptor(), state.st_mode & reading_and_writing) != 0) fail_of_system();
}

void ArrayFileWriter::put(std::string_view text) {
    begin(text.size());
    append(std::as_bytes(std::span(text)));
    end();
}

void ArrayFileWriter::put(std::span<const std::string> texts) {
    std::string together;
    for (const auto& text : texts) together += text;
    put_each(texts.size(), [&](std::size_t at) { return std::uint64_t{texts[at].size()}; });
    put(together);
}

void ArrayFileWriter::begin(std::uint64_t size) {
    checksum_->restart(place_++);
    write(bytes_of(size));
}

void ArrayFileWriter::append(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(block - buffer_.size(), bytes.size()));
        buffer_.insert(buffer_.end(), part.begin(), part.end());
        bytes = bytes.subspan(part.size());
        if (buffer_.size() == block) flush();
    }
}

void ArrayFileWriter::end() {
    flush();
    const auto checksum = checksum_->result();
    write(bytes_of(checksum));
}

void ArrayFileWriter::flush() {
    checksum_->add(buffer_);
    write(buffer_);
    buffer_.clear();
}

void ArrayFileWriter::write(std::span<const std::byte> bytes) {
    if (stop_.stop_requested()) throw ArrayFileFault("the program is stopping");
    while (!bytes.empty()) {
        const auto written = ::write(file_.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) fail_of_system();
        if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void ArrayFileWriter::finish() {
    if (std::rename(unfinished_.c_str(), path_.c_str()) != 0) fail_of_system();
    finished_ = true;
}

ArrayFileReader::ArrayFileReader(const std::string& path)
    : file_(path, O_RDONLY | O_NONBLOCK) {  // not to wait for whoever fills a pipe
    const auto state = state_of(file_.descriptor());
    if (!S_ISREG(state.st_mode)) throw ArrayFileFault("it is not a file");
    left_ = static_cast<std::uint64_t>(state.st_size);
}

std::string ArrayFileReader::take_text() {
    std::string text(begin(1), '\0');
    fill(std::as_writable_bytes(std::span(text)));
    return text;
}

std::vector<std::string> ArrayFileReader::take_texts() {
    const auto sizes = take<std::uint64_t>();
    const auto together = take_text();
    std::string_view left = together;
    std::vector<std::string> texts;
    texts.reserve(sizes.size());
    for (const auto size : sizes) {
        require(size <= left.size());
        texts.emplace_back(left.substr(0, size));
        left.remove_prefix(size);
    }
    return texts;
}

void ArrayFileReader::expect_end() const { require(left_ == 0); }

void ArrayFileReader::require(bool fits) {
    if (!fits) fail_of_damage();
}

std::size_t ArrayFileReader::begin(std::size_t value_size) {
    std::uint64_t size = 0;
    read(std::as_writable_bytes(std::span(&size, 1)));
    require(size <= left_ && size % value_size == 0);
    return size;
}

void ArrayFileReader::fill(std::span<std::byte> bytes) {
    ArrayChecksum expected(place_++);
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(block, bytes.size()));
        read(part);
        expected.add(part);
        bytes = bytes.subspan(part.size());
    }
    std::uint64_t checksum = 0;
    read(std::as_writable_bytes(std::span(&checksum, 1)));
    require(checksum == expected.result());
}

void ArrayFileReader::read(std::span<std::byte> bytes) {
    require(bytes.size() <= left_);
    left_ -= bytes.size();
    while (!bytes.empty()) {
        const auto count = ::read(file_.descriptor(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) fail_of_system();
        require(count != 0);
        if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace chr21
