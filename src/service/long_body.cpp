#include "service/long_body.hpp"

#include "store/request_deadline.hpp"

#include <algorithm>
#include <utility>

namespace chr21::service {

LongBody::LongBody(std::unique_ptr<BodySource> source, std::shared_ptr<const void> kept)
    : kept_(std::move(kept)), source_(std::move(source)) {}

LongBody::~LongBody() {
    if (!report_end_) return;
    const auto unsent = std::min(not_sent_, end_.bytes);
    end_.bytes -= unsent;
    end_.is_whole = end_.is_whole && unsent == 0;
    report_end_(end_);
}

Piece LongBody::next(std::string& text) noexcept {
    using Clock = std::chrono::steady_clock;
    if (source_ == nullptr) return end_.is_whole ? Piece::end : Piece::fault;
    const auto before = text.size();
    const auto started = Clock::now();
    std::optional<RequestDeadline> deadline;
    if (patience_) deadline.emplace(started + *patience_);
    bool is_more = false;
    try {
        is_more = source_->next(text);
        end_.is_whole = !is_more;
    } catch (...) {
        text.resize(before);
        if (report_fault_) report_fault_();
    }
    end_.took += Clock::now() - started;
    end_.bytes += text.size() - before;
    if (is_more) return Piece::given;
    source_.reset();
    return end_.is_whole ? Piece::end : Piece::fault;
}

bool LongBody::read_to_end(std::string& text, std::size_t most_bytes) {
    while (text.size() <= most_bytes && source_->next(text)) {
    }
    source_.reset();
    end_.is_whole = text.size() <= most_bytes;
    return end_.is_whole;
}

void LongBody::report_to(std::function<void()> fault, std::function<void(const BodyEnd&)> end) {
    report_fault_ = std::move(fault);
    report_end_ = std::move(end);
}

}  // namespace chr21::service
