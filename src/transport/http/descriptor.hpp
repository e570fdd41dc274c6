#pragma once

#include <utility>

#include <unistd.h>

namespace chr21::http {

// Owns an open file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, none)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (open()) ::close(number_);
    }

    int number() const { return number_; }
    bool open() const { return number_ != none; }

private:
    static constexpr int none = -1;
    int number_ = none;
};

}  // namespace chr21::http
