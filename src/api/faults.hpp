#pragma once

#include "gene/result.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::api {

// What is wrong with a request. The first faults are kept in their order, at most 100 of them or
// 32 KiB of text; the others are counted, so that no request makes an answer many times its size.
class Faults {
public:
    static constexpr std::size_t most_told = 100;

    Faults() = default;
    Faults(std::initializer_list<Error> faults) {
        for (const auto& fault : faults) add(fault);
    }

    void add(Error fault);
    // Of a value that is well formed and names nothing; `nearest` are those that name something.
    void add_missing(Error fault, std::vector<std::string> nearest);
    // The same for words that take a while to find: make() is only called for a fault that is told.
    template <class Make>
    void add_if_told(Make make) {
        is_full() ? static_cast<void>(++untold_) : add(make());
    }

    bool empty() const { return told_.empty(); }
    const std::vector<Error>& told() const { return told_; }
    // How many there are beside those.
    std::size_t untold() const { return untold_; }
    // Whether the request is well formed, so that its values alone are at fault.
    bool are_all_missing() const { return missing_ == told_.size() + untold_; }
    // Of the first value that names nothing.
    const std::vector<std::string>& nearest() const { return nearest_; }

private:
    static constexpr std::size_t most_bytes = std::size_t{32} << 10U;

    bool is_full() const { return told_.size() >= most_told || bytes_ >= most_bytes; }

    std::vector<Error> told_;
    std::size_t bytes_ = 0;
    std::size_t untold_ = 0;
    std::size_t missing_ = 0;
    std::vector<std::string> nearest_;
};

}  // namespace chr21::api
