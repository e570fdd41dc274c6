#include "service/body_beginning.hpp"

#include <algorithm>
#include <utility>

namespace chr21::service {
namespace {

// The pieces that end at `ends`, then those of `rest`, which may be null.
class MadePieces final : public BodySource {
public:
    MadePieces(std::string text, std::vector<std::size_t> ends, std::unique_ptr<BodySource> rest)
        : text_(std::move(text)), ends_(std::move(ends)), rest_(std::move(rest)) {}

    bool next(std::string& text) override {
        if (given_ == ends_.size()) return rest_ != nullptr && rest_->next(text);
        const auto begin = given_ == 0 ? 0 : ends_[given_ - 1];
        text.append(text_, begin, ends_[given_] - begin);
        if (++given_ == ends_.size()) text_ = std::string();
        return true;
    }

    std::size_t bytes_held() const override {
        return text_.capacity() + (rest_ == nullptr ? 0 : rest_->bytes_held());
    }

private:
    std::string text_;
    std::vector<std::size_t> ends_;
    std::size_t given_ = 0;
    std::unique_ptr<BodySource> rest_;
};

}  // namespace

bool BodyBeginning::exceeds(std::size_t size) {
    while (text_.size() <= size && source_->next(text_)) ends_.push_back(text_.size());
    return text_.size() > size;
}

std::unique_ptr<BodySource> BodyBeginning::from_the_first() && {
    return std::make_unique<MadePieces>(std::move(text_), std::move(ends_), std::move(source_));
}

std::unique_ptr<BodySource> pieces_of(std::string text) {
    std::vector<std::size_t> ends;
    for (std::size_t end = 0; end < text.size();) {
        end = std::min(end + piece_size, text.size());
        ends.push_back(end);
    }
    return std::make_unique<MadePieces>(std::move(text), std::move(ends), nullptr);
}

}  // namespace chr21::service
