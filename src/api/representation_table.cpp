#include "api/representation_parts.hpp"
#include "gene/attribute_rows.hpp"
#include "text/append_number.hpp"
#include "text/number_text.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
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

using Values = std::span<const std::string>;

// Every value but those of attributes.
struct AppendCell {
    std::string& out;
    const TableStyle& style;

    void operator()(std::monostate /*absent*/) const {}
    void operator()(std::int64_t number) const { text::append_number(out, number); }
    void operator()(const std::string& text) const { style.append_text(out, text); }
    void operator()(std::string_view text) const { style.append_text(out, text); }
    void operator()(Values /*attribute*/) const {}
};

// Writes the rows of one gene, of which value i is that of field i.
class RowsOfGene {
public:
    RowsOfGene(std::string& out,
               const TableStyle& style,
               std::span<const Field> fields,
               std::span<const FieldValue> values)
        : out_(out), style_(style), fields_(fields), values_(values) {}

    // Where the first values stand in one row, the second ones in the next, and so on.
    void write_plain() {
        std::size_t rows = 1;
        for (const auto& value : values_) {
            if (const auto* several = std::get_if<Values>(&value)) {
                rows = std::max(rows, several->size());
            }
        }
        for (std::size_t row = 1; row <= rows; ++row) {
            write([row](const Field& /*field*/, std::size_t column) {
                return column == 0 ? row : std::size_t{0};
            });
        }
    }

    // Those of the rows that differ in the fields, each once.
    void write_distinct(const AttributeRows& rows) {
        std::unordered_set<std::string> seen;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const auto place_of = [&](const Field& field, std::size_t column) {
                return std::size_t{rows[row][field.cell + column]};
            };
            if (seen.insert(key_of(place_of)).second) write(place_of);
        }
    }

private:
    template <class PlaceOf>
    std::string key_of(const PlaceOf& place_of) const {
        std::string key;
        for (const auto& field : fields_) {
            if (!std::holds_alternative<std::string>(field.source)) continue;
            for (std::size_t column = 0; column <= field.further_headers.size(); ++column) {
                text::append_number_text(key, static_cast<std::uint32_t>(place_of(field, column)));
            }
        }
        return key;
    }

    // A row, of which `place_of` tells which value a column of an attribute has: its place from 1,
    // or 0 for none.
    template <class PlaceOf>
    void write(const PlaceOf& place_of) {
        const auto start = out_.size();
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (const auto* several = std::get_if<Values>(&values_[i])) {
                write_columns(fields_[i], *several, place_of);
            } else {
                std::visit(AppendCell{out_, style_}, values_[i]);
                out_ += style_.separator;
            }
        }
        out_.back() = '\n';
        if (out_.size() == start + 1) out_.insert(start, style_.blank_row);
    }

    template <class PlaceOf>
    void write_columns(const Field& field, Values several, const PlaceOf& place_of) {
        for (std::size_t column = 0; column <= field.further_headers.size(); ++column) {
            const auto place = place_of(field, column);
            if (place > 0 && place <= several.size()) {
                style_.append_text(out_, several[place - 1]);
            }
            out_ += style_.separator;
        }
    }

    std::string& out_;
    const TableStyle& style_;
    std::span<const Field> fields_;
    std::span<const FieldValue> values_;
};

}  // namespace

// Many readers skip a blank line, so in CSV such a row is an enclosed nothing.
constexpr TableStyle csv{.separator = ',', .append_text = append_csv, .blank_row = "\"\""};
constexpr TableStyle tsv{.separator = '\t', .append_text = append_one_line, .blank_row = ""};

void write_table_header(std::string& out, const TableStyle& style, std::span<const Field> fields) {
    for (const Field& field : fields) {
        style.append_text(out, field.header);
        out += style.separator;
        for (const auto& header : field.further_headers) {
            style.append_text(out, header);
            out += style.separator;
        }
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
    RowsOfGene rows(out, style, fields, values);
    const auto is_attribute = [](const FieldValue& value) {
        return std::holds_alternative<Values>(value);
    };
    if (gene.attribute_rows.empty() || std::ranges::none_of(values, is_attribute)) {
        rows.write_plain();
    } else {
        rows.write_distinct(AttributeRows::unpack(gene.attribute_rows).value());
    }
}

}  // namespace chr21::api
