#pragma once

#include "service/body_source.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chr21::service {

// The first pieces of a body, made before the rest to find out whether there is a rest.
class BodyBeginning {
public:
    explicit BodyBeginning(std::unique_ptr<BodySource> source) : source_(std::move(source)) {}

    // Makes pieces until there are more than `size` bytes or no more pieces. Whether more than
    // `size` came.
    bool exceeds(std::size_t size);

    // The body, where all of it has been made.
    std::string&& whole() { return std::move(text_); }

    // The same pieces from the first on, and those behind them.
    std::unique_ptr<BodySource> from_the_first() &&;

private:
    std::unique_ptr<BodySource> source_;
    std::string text_;
    std::vector<std::size_t> ends_;  // of the pieces in it
};

// The pieces of a text that is there already.
std::unique_ptr<BodySource> pieces_of(std::string text);

}  // namespace chr21::service
