#pragma once

#include "service/body_source.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace chr21::service {

// What became of a body that was sent in pieces.
struct BodyEnd {
    std::uint64_t bytes = 0;          // that were sent
    bool is_whole = false;            // to its end
    std::chrono::nanoseconds took{};  // to make the pieces
};

enum class Piece : std::uint8_t { given, end, fault };

// The body of a response that is made while it is sent. It keeps alive whatever it is made from.
// For one thread at a time, which need not always be the same.
class LongBody {
public:
    // `kept` lives as long as this.
    explicit LongBody(std::unique_ptr<BodySource> source, std::shared_ptr<const void> kept = {});
    ~LongBody();
    LongBody(const LongBody&) = delete;
    LongBody& operator=(const LongBody&) = delete;
    LongBody(LongBody&&) = delete;
    LongBody& operator=(LongBody&&) = delete;

    // Appends the next piece. Behind `end` or `fault` there is no other. After a fault, which has
    // been reported, the receiver must be able to see that the body has no end.
    Piece next(std::string& text) noexcept;

    // Appends all that is left; throws what the source throws. False, with no more to be read, once
    // `text` has more than `most_bytes`.
    bool read_to_end(std::string& text, std::size_t most_bytes);

    // Of those that were given, so many bytes were never sent.
    void not_sent(std::uint64_t bytes) { not_sent_ += bytes; }

    // Of memory, that it holds.
    std::size_t bytes_held() const { return source_ == nullptr ? 0 : source_->bytes_held(); }

    // How long the store may take for each piece; absent: as long as it does.
    void set_patience(std::optional<std::chrono::milliseconds> patience) { patience_ = patience; }

    // Called with what a piece threw, inside a handler of exceptions, and at the end of this.
    void report_to(std::function<void()> fault, std::function<void(const BodyEnd&)> end);

private:
    std::shared_ptr<const void> kept_;  // first, so gone last
    std::unique_ptr<BodySource> source_;
    std::function<void()> report_fault_;
    std::function<void(const BodyEnd&)> report_end_;
    std::optional<std::chrono::milliseconds> patience_;
    BodyEnd end_;
    std::uint64_t not_sent_ = 0;
};

}  // namespace chr21::service
