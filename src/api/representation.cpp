#include "api/representation.hpp"

#include "api/representation_parts.hpp"

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

struct WriteValue {
    text::JsonWriter& json;

    void operator()(std::monostate /*absent*/) const { json.null(); }
    template <class Value>
    void operator()(const Value& value) const {
        json.value(value);
    }
};

void write_fields(text::JsonWriter& json,
                  const Gene& gene,
                  std::span<const Field> fields,
                  const Karyotype& karyotype) {
    json.begin_object();
    for (const Field& field : fields) {
        json.key(field.name);
        std::visit(WriteValue{json}, value_of(gene, field, karyotype));
    }
    json.end_object();
}

void write_array(std::string& out,
                 ListedGenes genes,
                 std::span<const Field> fields,
                 const Karyotype& karyotype) {
    text::JsonWriter json(out);
    json.begin_array();
    for (const GeneRecord* const record : genes) write_gene(json, *record, fields, karyotype);
    json.end_array();
}

void write_lines(std::string& out,
                 ListedGenes genes,
                 std::span<const Field> fields,
                 const Karyotype& karyotype) {
    for (const GeneRecord* const record : genes) {
        text::JsonWriter json(out);
        write_gene(json, *record, fields, karyotype);
        out += '\n';
    }
}

// Every gene as its record has it; GeneRecords keeps neighbours with commas between, and a stretch
// of them is copied as a whole.
void write_records(std::string& out, ListedGenes genes) {
    text::JsonWriter json(out);
    json.begin_array();
    std::string_view stretch;
    for (const GeneRecord* const record : genes) {
        const auto one = record->json;
        const bool is_next = !stretch.empty() && one.data() == stretch.data() + stretch.size() + 1;
        if (is_next) {
            stretch = {stretch.data(), stretch.size() + 1 + one.size()};
            continue;
        }
        if (!stretch.empty()) json.raw(stretch);
        stretch = one;
    }
    if (!stretch.empty()) json.raw(stretch);
    json.end_array();
}

std::size_t size_as_json(ListedGenes genes) {
    std::size_t size = 2;
    for (const GeneRecord* const record : genes) size += record->json.size() + 1;
    return size;
}

}  // namespace

std::string to_json(const Gene& gene) {
    static const Karyotype not_needed;
    constexpr std::size_t all_but_description = 256;
    std::string made;
    made.reserve(all_but_description + (gene.gene_description ? gene.gene_description->size() : 0));
    text::JsonWriter json(made);
    write_fields(json, gene, columns(), not_needed);
    made.shrink_to_fit();  // a store keeps it
    return made;
}

void write_gene(text::JsonWriter& json,
                const GeneRecord& record,
                std::span<const Field> fields,
                const Karyotype& karyotype) {
    if (fields.empty()) {
        json.raw(record.json);
    } else {
        write_fields(json, record.gene(), fields, karyotype);
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
            if (fields.empty()) {
                write_records(out, genes);
            } else {
                write_array(out, genes, fields, karyotype);
            }
            break;
        case Format::ndjson:
            write_lines(out, genes, fields, karyotype);
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
