#include "mart/rows.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

constexpr char quote = '"';
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::string Cell::value() const {
    std::string value;
    if (!has_doubled_quotes) return value.assign(text);
    value.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        value += text[i];
        if (text[i] == quote) ++i;
    }
    return value;
}

RowReader::RowReader(std::string_view text) : text_(text) {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    while (text_.ends_with('\n') || text_.ends_with('\r')) text_.remove_suffix(1);
    if (text_.substr(0, text_.find('\n')).contains('\t')) separator_ = '\t';
}

bool RowReader::next(Row& row) {
    row.cells.clear();
    row.line = line_;
    if (at_ >= text_.size()) return false;
    for (;;) {
        row.cells.push_back(take_cell());
        if (at_ >= text_.size()) return true;
        if (text_[at_++] == separator_) continue;
        if (text_[at_ - 1] == '\r') ++at_;
        ++line_;
        return true;
    }
}

Cell RowReader::take_cell() {
    Cell cell;
    const bool may_be_enclosed = separator_ == ',' && at_ < text_.size() && text_[at_] == quote;
    if (may_be_enclosed && take_enclosed_cell(cell)) return cell;
    return take_bare_cell();
}

Cell RowReader::take_bare_cell() {
    const auto start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n' && at_ > start && text_[at_ - 1] == '\r') --at_;
    return {.text = text_.substr(start, at_ - start)};
}

bool RowReader::take_enclosed_cell(Cell& cell) {
    const auto start = at_ + 1;
    auto partner = text_.find(quote, start);
    while (partner != std::string_view::npos && text_.substr(partner + 1).starts_with(quote)) {
        cell.has_doubled_quotes = true;
        partner = text_.find(quote, partner + 2);
    }
    if (partner == std::string_view::npos || !is_cell_end(partner + 1)) return false;
    cell.text = text_.substr(start, partner - start);
    line_ += static_cast<std::size_t>(std::ranges::count(cell.text, '\n'));
    at_ = partner + 1;
    return true;
}

bool RowReader::is_cell_end(std::size_t at) const {
    const auto rest = text_.substr(at);
    return rest.empty() || rest.front() == separator_ || rest.front() == '\n' ||
           rest.starts_with("\r\n");
}

}  // namespace chr21::mart
