#include "api/representation_parts.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace chr21::api {
namespace {

// RFC 4180 section 2, rules 5 to 7.
struct AppendCsv {
    std::string& out;

    void operator()(std::monostate /*absent*/) const {}
    void operator()(std::int64_t number) const { append_number(out, number); }
    void operator()(const std::string& text) const { (*this)(std::string_view(text)); }
    void operator()(std::string_view text) const {
        if (!text.contains('"') && text.find_first_of(",\r\n") == std::string_view::npos) {
            out += text;
            return;
        }
        out += '"';
        for (const char character : text) out.append(character == '"' ? 2 : 1, character);
        out += '"';
    }
};

struct AppendTsv {
    std::string& out;

    void operator()(std::monostate /*absent*/) const {}
    void operator()(std::int64_t number) const { append_number(out, number); }
    void operator()(const std::string& text) const { append_one_line(out, text); }
    void operator()(std::string_view text) const { append_one_line(out, text); }
};

void write_header(std::string& out, char separator, std::span<const GeneField> fields) {
    for (const GeneField field : fields) {
        out.append(gene_fields.at(static_cast<std::size_t>(field)).mart_header)
            .append(1, separator);
    }
    out.back() = '\n';
}

template <class Append>
void write_row(std::string& out,
               char separator,
               const Gene& gene,
               std::span<const GeneField> fields,
               const Karyotype& karyotype) {
    for (const GeneField field : fields) {
        std::visit(Append{out}, value_of(gene, field, karyotype));
        out += separator;
    }
    out.back() = '\n';
}

}  // namespace

void write_csv(std::string& out,
               ListedGenes genes,
               std::span<const GeneField> fields,
               const Karyotype& karyotype) {
    write_header(out, ',', fields);
    for (const GeneRecord* const record : genes) {
        const std::size_t row = out.size();
        write_row<AppendCsv>(out, ',', record->gene, fields, karyotype);
        // Many readers skip a blank line, so a row of one absent value is an enclosed nothing.
        if (out.size() == row + 1) out.insert(row, "\"\"");
    }
}

void write_tsv(std::string& out,
               ListedGenes genes,
               std::span<const GeneField> fields,
               const Karyotype& karyotype) {
    write_header(out, '\t', fields);
    for (const GeneRecord* const record : genes) {
        write_row<AppendTsv>(out, '\t', record->gene, fields, karyotype);
    }
}

}  // namespace chr21::api
