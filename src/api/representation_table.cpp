#include "api/representation_parts.hpp"
#include "text/append_number.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chr21::api {
namespace {

// RFC 4180 section 2, rules 5 to 7.
void append_csv(std::string& out, std::string_view text) {
    if (!text.contains('"') && text.find_first_of(",\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char character : text) out.append(character == '"' ? 2 : 1, character);
    out += '"';
}

// A cell of the `row`-th row of a gene, counted from 0.
struct AppendCell {
    std::string& out;
    const TableStyle& style;
    std::size_t row;

    void operator()(std::monostate /*absent*/) const {}
    void operator()(std::int64_t number) const { text::append_number(out, number); }
    void operator()(const std::string& text) const { style.append_text(out, text); }
    void operator()(std::string_view text) const { style.append_text(out, text); }
    void operator()(std::span<const std::string> values) const {
        if (row < values.size()) style.append_text(out, values[row]);
    }
};

// The rows of one gene.
std::size_t height(std::span<const FieldValue> values) {
    std::size_t most = 1;
    for (const auto& value : values) {
        if (const auto* several = std::get_if<std::span<const std::string>>(&value)) {
            most = std::max(most, several->size());
        }
    }
    return most;
}

void write_rows(std::string& out, const TableStyle& style, std::span<const FieldValue> values) {
    const auto rows = height(values);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto start = out.size();
        for (const auto& value : values) {
            std::visit(AppendCell{out, style, row}, value);
            out += style.separator;
        }
        out.back() = '\n';
        if (out.size() == start + 1) out.insert(start, style.blank_row);
    }
}

}  // namespace

// Many readers skip a blank line, so in CSV such a row is an enclosed nothing.
constexpr TableStyle csv{.separator = ',', .append_text = append_csv, .blank_row = "\"\""};
constexpr TableStyle tsv{.separator = '\t', .append_text = append_one_line, .blank_row = ""};

void write_table_header(std::string& out, const TableStyle& style, std::span<const Field> fields) {
    for (const Field& field : fields) {
        style.append_text(out, field.header);
        out += style.separator;
    }
    out.back() = '\n';
}

void write_table_rows(std::string& out,
                      const TableStyle& style,
                      const Gene& gene,
                      std::span<const Field> fields,
                      const Karyotype& karyotype,
                      std::vector<FieldValue>& values) {
    values.resize(fields.size());
    std::ranges::transform(fields, values.begin(), [&](const Field& field) {
        return value_of(gene, field, karyotype);
    });
    write_rows(out, style, values);
}

}  // namespace chr21::api
