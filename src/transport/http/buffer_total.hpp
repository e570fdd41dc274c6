#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace chr21::http {

// The memory that all connections of a server hold for requests and answers under way. Safe to use
// from many threads.
class BufferTotal {
public:
    explicit BufferTotal(std::uint64_t limit) : limit_(limit) {}

    std::uint64_t held() const { return held_.load(std::memory_order_relaxed); }
    // As much is held as may be.
    bool is_reached() const { return held() >= limit_; }
    // So much that connections are cut however fast they are.
    bool is_overrun() const { return held() >= limit_ + (limit_ / 4); }
    // So little that none need be cut.
    bool is_relieved() const { return held() < limit_ - (limit_ / 8); }

    // Whether so much has been let go of that the C library should give it back to the system. True
    // once: from then on it is counted anew.
    bool take_peak() {
        auto peak = peak_.load(std::memory_order_relaxed);
        const auto now = held();
        return is_over(peak, now) && peak_.compare_exchange_strong(peak, now);
    }
    // Whether take_peak() would be true.
    bool has_peak() const { return is_over(peak_.load(std::memory_order_relaxed), held()); }

private:
    friend class BufferShare;

    static bool is_over(std::uint64_t peak, std::uint64_t now) {
        constexpr std::uint64_t worth_it = std::uint64_t{16} << 20U;
        constexpr std::uint64_t most_left = 4;  // a fourth of the peak
        return peak >= worth_it && now <= peak / most_left;
    }

    void change(std::size_t before, std::size_t after) {
        const auto now =
            held_.fetch_add(after - before, std::memory_order_relaxed) + after - before;
        auto peak = peak_.load(std::memory_order_relaxed);
        while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
        }
    }

    std::uint64_t limit_;
    std::atomic<std::uint64_t> held_ = 0;
    std::atomic<std::uint64_t> peak_ = 0;
};

// What one connection holds of it. For one thread at a time.
class BufferShare {
public:
    explicit BufferShare(BufferTotal& total) : total_(&total) {}
    ~BufferShare() { hold(0); }
    BufferShare(const BufferShare&) = delete;
    BufferShare& operator=(const BufferShare&) = delete;
    BufferShare(BufferShare&&) = delete;
    BufferShare& operator=(BufferShare&&) = delete;

    // It holds so many bytes now.
    void hold(std::size_t bytes) {
        if (bytes == bytes_) return;
        total_->change(bytes_, bytes);
        bytes_ = bytes;
    }
    std::size_t bytes() const { return bytes_; }

private:
    BufferTotal* total_;
    std::size_t bytes_ = 0;
};

}  // namespace chr21::http
