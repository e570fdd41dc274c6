#include "mart/rows.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chr21::mart {
namespace {

constexpr char quote = '"';
constexpr std::string_view spelled_out_quote = "$FIELD_ENCLOSER";

void undouble(std::string_view text, std::string& value) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        value += text[i];
        if (text[i] == quote) ++i;
    }
}

void put_quotes_in(std::string_view text, std::string& value) {
    for (auto at = text.find(spelled_out_quote); at != std::string_view::npos;
         at = text.find(spelled_out_quote)) {
        value.append(text.substr(0, at)) += quote;
        text.remove_prefix(at + spelled_out_quote.size());
    }
    value.append(text);
}

std::string_view without_carriage_return(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace

std::string Cell::value() const {
    std::string scratch;
    return std::string(value(scratch));
}

std::string_view Cell::value(std::string& scratch) const {
    if (quotes == Quotes::bare) return text;
    scratch.clear();
    quotes == Quotes::doubled ? undouble(text, scratch) : put_quotes_in(text, scratch);
    return scratch;
}

RowReader::RowReader(std::string_view text, std::size_t first_line)
    : text_(text), line_(first_line) {
    while (text_.ends_with('\n') || text_.ends_with('\r')) text_.remove_suffix(1);
    const auto header = text_.substr(0, text_.find('\n'));
    if (header.contains('\t')) separator_ = '\t';
    header_is_enclosed_ = !is_tsv() && header.starts_with(quote);
}

bool RowReader::next(Row& row) {
    row.cells.clear();
    row.line = line_;
    if (at_end()) return false;
    const auto begin = at_;
    const auto line_end = std::min(text_.find('\n', at_), text_.size());
    const auto line = text_.substr(at_, line_end - at_);
    if (is_tsv() || !line.contains(quote)) {
        split_line(line_end < text_.size() ? without_carriage_return(line) : line, row.cells);
        at_ = line_end + 1;
        ++line_;
    } else {
        take_quoted_row(row.cells);
    }
    const auto end = at_end() ? text_.size() : at_ - 1;
    row.text = without_carriage_return(text_.substr(begin, end - begin));
    if (width_ == 0) width_ = row.cells.size();
    return true;
}

void RowReader::split_line(std::string_view line, std::vector<Cell>& cells) const {
    for (;;) {
        const auto end = line.find(separator_);
        cells.push_back({.text = line.substr(0, end)});
        if (end == std::string_view::npos) return;
        line.remove_prefix(end + 1);
    }
}

void RowReader::take_quoted_row(std::vector<Cell>& cells) {
    const auto begin = std::pair(at_, line_);
    const auto take = [&] {
        cells.clear();
        took_biomart_cell_ = false;
        for (;;) {
            cells.push_back(take_cell());
            if (at_end()) return;
            if (text_[at_++] == separator_) continue;
            if (text_[at_ - 1] == '\r') ++at_;
            ++line_;
            return;
        }
    };
    take();
    if (!took_biomart_cell_ || width_ == 0 || cells.size() == width_) return;
    const auto end = std::pair(at_, line_);
    auto first = cells;
    biomart_cells_ = false;
    std::tie(at_, line_) = begin;
    take();
    biomart_cells_ = true;
    if (cells.size() == width_) return;
    cells = std::move(first);
    std::tie(at_, line_) = end;
}

Cell RowReader::take_cell() {
    Cell cell;
    const bool may_be_enclosed = at_ < text_.size() && text_[at_] == quote;
    if (may_be_enclosed && (take_enclosed_cell(cell) || take_biomart_cell(cell))) return cell;
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
    bool has_doubled_quotes = false;
    while (partner != std::string_view::npos && text_.substr(partner + 1).starts_with(quote)) {
        has_doubled_quotes = true;
        partner = text_.find(quote, partner + 2);
    }
    if (partner == std::string_view::npos || !is_cell_end(partner + 1)) return false;
    cell.text = text_.substr(start, partner - start);
    if (has_doubled_quotes) cell.quotes = Quotes::doubled;
    if (spells_quotes_out(cell)) cell.quotes = Quotes::spelled_out;
    line_ += static_cast<std::size_t>(std::ranges::count(cell.text, '\n'));
    at_ = partner + 1;
    return true;
}

bool RowReader::take_biomart_cell(Cell& cell) {
    const auto start = at_ + 1;
    if (!biomart_cells_ || header_is_enclosed_ || start <= no_biomart_cell_until_) return false;
    const auto so_far = text_.substr(0, text_.find('\n', at_));
    auto partner = so_far.find(separator_, start);
    if (partner != std::string_view::npos) partner = so_far.find(quote, partner);
    while (partner != std::string_view::npos && !is_cell_end(partner + 1)) {
        partner = so_far.find(quote, partner + 1);
    }
    if (partner == std::string_view::npos) {
        no_biomart_cell_until_ = so_far.size();
        return false;
    }
    cell.text = text_.substr(start, partner - start);
    if (spells_quotes_out(cell)) cell.quotes = Quotes::spelled_out;
    took_biomart_cell_ = true;
    at_ = partner + 1;
    return true;
}

bool RowReader::is_cell_end(std::size_t at) const {
    const auto rest = text_.substr(at);
    return rest.empty() || rest.front() == separator_ || rest.front() == '\n' ||
           rest.starts_with("\r\n");
}

bool RowReader::spells_quotes_out(const Cell& cell) const {
    return !header_is_enclosed_ && cell.quotes == Quotes::bare && cell.text.contains(separator_) &&
           cell.text.contains(spelled_out_quote);
}

}  // namespace chr21::mart
