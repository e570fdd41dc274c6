#include "api/representation.hpp"

#include "api/representation_parts.hpp"
#include "text/json_text.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

namespace chr21::api {
namespace {

// The columns of a record's JSON.
const std::vector<Field>& columns() {
    static const auto eight = export_fields(Dataset{});
    return eight;
}

// Likewise, in the order of the mart export.
const std::vector<Field>& mart_columns() {
    static const auto reordered = [] {
        auto fields = columns();
        std::rotate(fields.begin(), fields.begin() + 2, fields.begin() + 3);
        return fields;
    }();
    return reordered;
}

struct AppendJson {
    std::string& out;

    void operator()(std::monostate /*absent*/) const { out += "null"; }
    void operator()(std::string_view text) const { append_json_string(out, text); }
    void operator()(const std::string& text) const { append_json_string(out, text); }
    void operator()(std::int64_t number) const { append_number(out, number); }
    void operator()(std::span<const std::string> values) const {
        out += '[';
        for (const auto& value : values) {
            if (out.back() != '[') out += ',';
            append_json_string(out, value);
        }
        out += ']';
    }
};

void append_json(std::string& out,
                 const Gene& gene,
                 std::span<const Field> fields,
                 const Karyotype& karyotype) {
    char separator = '{';
    for (const Field& field : fields) {
        out.append(1, separator).append(1, '"').append(field.name).append("\":");
        std::visit(AppendJson{out}, value_of(gene, field, karyotype));
        separator = ',';
    }
    out += fields.empty() ? "{}" : "}";
}

// Every gene as JSON, `separator` between two.
void write_objects(std::string& out,
                   std::string_view separator,
                   ListedGenes genes,
                   std::span<const Field> fields,
                   const Karyotype& karyotype) {
    bool first = true;
    for (const GeneRecord* const record : genes) {
        if (!first) out += separator;
        first = false;
        append_json(out, *record, fields, karyotype);
    }
}

// Every gene as its record has it, commas between; GeneRecords keeps neighbours so, and a stretch
// of them is copied as a whole.
void write_records(std::string& out, ListedGenes genes) {
    std::string_view stretch;
    for (const GeneRecord* const record : genes) {
        const auto json = record->json;
        const bool is_next = !stretch.empty() && json.data() == stretch.data() + stretch.size() + 1;
        if (is_next) {
            stretch = {stretch.data(), stretch.size() + 1 + json.size()};
            continue;
        }
        out += stretch;
        if (!stretch.empty()) out += ',';
        stretch = json;
    }
    out += stretch;
}

std::size_t size_as_json(ListedGenes genes) {
    std::size_t size = 2;
    for (const GeneRecord* const record : genes) size += record->json.size() + 1;
    return size;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    chr21::append_json_string(out, text);
}

std::string to_json(const Gene& gene) {
    static const Karyotype not_needed;
    constexpr std::size_t all_but_description = 256;
    std::string json;
    json.reserve(all_but_description + (gene.gene_description ? gene.gene_description->size() : 0));
    append_json(json, gene, columns(), not_needed);
    json.shrink_to_fit();  // a store keeps it
    return json;
}

void append_json(std::string& out,
                 const GeneRecord& record,
                 std::span<const Field> fields,
                 const Karyotype& karyotype) {
    if (fields.empty()) {
        out += record.json;
    } else {
        append_json(out, record.gene(), fields, karyotype);
    }
}

void write_genes(std::string& out,
                 Format format,
                 ListedGenes genes,
                 std::span<const Field> fields,
                 const Karyotype& karyotype) {
    const auto table_fields = fields.empty() ? std::span<const Field>(mart_columns()) : fields;
    // Every format is shorter than JSON with its repeated keys, but for attributes.
    out.reserve(out.size() + size_as_json(genes));
    switch (format) {
        case Format::json:
            out += '[';
            if (fields.empty()) {
                write_records(out, genes);
            } else {
                write_objects(out, ",", genes, fields, karyotype);
            }
            out += ']';
            break;
        case Format::ndjson:
            write_objects(out, "\n", genes, fields, karyotype);
            if (!genes.empty()) out += '\n';
            break;
        case Format::csv:
            write_csv(out, genes, table_fields, karyotype);
            break;
        case Format::tsv:
            write_tsv(out, genes, table_fields, karyotype);
            break;
        case Format::bed:
            write_bed(out, genes);
            break;
        case Format::gff3:
            write_gff3(out, genes, karyotype);
            break;
    }
}

}  // namespace chr21::api
