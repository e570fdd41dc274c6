#include "service/request_id.hpp"

#include "text/hexadecimal.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <random>

namespace chr21::service {

namespace {

bool is_fit(std::string_view text) {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char byte) {
        return byte > ' ' && byte <= '~' && byte != '"' && byte != '\\';
    });
}

// A step of SplitMix64 maps a counter onto numbers that look random, one to one.
std::uint64_t mixed(std::uint64_t counter) {
    counter = (counter ^ (counter >> 30U)) * 0xBF58476D1CE4E5B9U;
    counter = (counter ^ (counter >> 27U)) * 0x94D049BB133111EBU;
    return counter ^ (counter >> 31U);
}

std::uint64_t next_number() {
    static std::atomic<std::uint64_t> threads = std::random_device{}();
    constexpr unsigned counter_bits = 40;  // a million million requests of one thread
    thread_local std::uint64_t counter = threads.fetch_add(1) << counter_bits;
    return mixed(++counter);
}

}  // namespace

RequestId::RequestId(std::string_view given) : text_(given) {
    if (is_fit(given)) return;
    made_ = text::hexadecimal(next_number());
    text_ = {made_.data(), made_.size()};
}

}  // namespace chr21::service
