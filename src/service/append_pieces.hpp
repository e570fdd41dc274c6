#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chr21::service {

// Appends text in pieces, growing `text` once. Inlined, so that pieces whose size the compiler
// knows are stored without a call for each.
template <class... Piece>
[[gnu::always_inline]] inline void append_pieces(std::string& text, const Piece&... pieces) {
    const auto append_views = [&text](auto... views) {
        const auto before = text.size();
        const auto after = before + (views.size() + ...);
        // What is passed as the size may be the capacity, so the lambda knows its own.
        text.resize_and_overwrite(after, [=](char* begin, std::size_t /*capacity*/) {
            char* at = begin + before;
            ((at += views.copy(at, views.size())), ...);
            return after;
        });
    };
    append_views(std::string_view(pieces)...);
}

}  // namespace chr21::service
