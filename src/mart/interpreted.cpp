#include "mart/interpreted.hpp"

#include "mart/header_names.hpp"
#include "text/invisible.hpp"

namespace chr21::mart {
namespace {

// All else can end a trimmed text.
bool may_be_invisible(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x80;
}

}  // namespace

Interpreted::Interpreted(const Header& header) {
    for (const auto& where : header.gene_cells) {
        if (where.column == Column::strand) strands_.push_back(where.place);
    }
}

void Interpreted::trim(Row& row) {
    for (auto& [text, quotes] : row.cells) {
        if (text.empty() || (!may_be_invisible(text.front()) && !may_be_invisible(text.back()))) {
            continue;
        }
        const auto trimmed = text::trimmed(text);
        if (trimmed.size() == text.size()) continue;
        text = trimmed;
        trimmed_.add(row.line);
    }
}

void Interpreted::note_strand(const Row& row) {
    for (const auto place : strands_) {
        const auto text = row.cells[place].text;
        if (text == "+" || text == "-" || text == "+1") signs_.add(row.line);
    }
}

std::vector<std::string> Interpreted::notes() const {
    std::vector<std::string> told;
    if (trimmed_.count > 0) {
        told.push_back("blanks or invisible characters were taken off the ends of " +
                       counted(trimmed_.count, "cell") + ", on " + to_text(trimmed_));
    }
    if (signs_.count > 0) {
        told.push_back("the strand is written as a sign in " + counted(signs_.count, "cell") +
                       " and read as 1 or -1, on " + to_text(signs_));
    }
    return told;
}

}  // namespace chr21::mart
