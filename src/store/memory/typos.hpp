#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::memory {

// The bytes that texts are made of, which is what somebody may mistype.
class Alphabet {
public:
    void add(std::string_view text) {
        for (const char byte : text) seen_[static_cast<unsigned char>(byte)] = true;
    }
    std::vector<char> bytes() const {
        std::vector<char> bytes;
        for (std::size_t byte = 0; byte < seen_.size(); ++byte) {
            if (seen_[byte]) bytes.push_back(static_cast<char>(byte));
        }
        return bytes;
    }

private:
    std::array<bool, 256> seen_{};
};

// Calls visit(text) for every text of the alphabet that is within_one_typo() of `text`, some of
// them more than once: about two for each byte of the text and of the alphabet.
template <class Visit>
void for_each_typo(std::string_view text, const std::vector<char>& alphabet, Visit visit) {
    std::string changed(text);
    for (std::size_t at = 0; at < text.size(); ++at) {
        changed.erase(at, 1);
        visit(changed);
        for (const char byte : alphabet) {
            visit(changed.insert(at, 1, byte));
            changed.erase(at, 1);
        }
        changed.insert(at, 1, text[at]);
        if (at + 1 < text.size()) {
            std::swap(changed[at], changed[at + 1]);
            visit(changed);
            std::swap(changed[at], changed[at + 1]);
        }
    }
    for (std::size_t at = 0; at <= text.size(); ++at) {
        for (const char byte : alphabet) {
            visit(changed.insert(at, 1, byte));
            changed.erase(at, 1);
        }
    }
}

}  // namespace chr21::memory
