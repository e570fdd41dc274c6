#include "api/representation.hpp"

#include "api/representation_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
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

using ListedGenes = std::span<const GeneRecord* const>;

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
    // Every format is shorter than JSON with its repeated keys, but for attributes.
    out.reserve(out.size() + size_as_json(genes));
    if (format == Format::json) {
        if (fields.empty()) {
            write_records(out, genes);
        } else {
            write_array(out, genes, fields, karyotype);
        }
        return;
    }
    GeneLines lines(format, fields, karyotype);
    lines.write_head(out, *read_page({.genes = {genes.begin(), genes.end()}}));
    for (const GeneRecord* const record : genes) lines.write_gene(out, *record);
}

GeneLines::GeneLines(Format format, std::span<const Field> fields, const Karyotype& karyotype)
    : format_(format), karyotype_(karyotype) {
    const bool is_table = format == Format::csv || format == Format::tsv;
    const auto& all = is_table && fields.empty() ? std::span<const Field>(mart_columns()) : fields;
    fields_.assign(all.begin(), all.end());
}

void GeneLines::write_head(std::string& out, const GeneCursor& genes) const {
    if (format_ == Format::csv) write_table_header(out, csv, fields_);
    if (format_ == Format::tsv) write_table_header(out, tsv, fields_);
    if (format_ == Format::gff3) write_gff3_head(out, genes.placed_chromosomes(), karyotype_);
}

void GeneLines::write_gene(std::string& out, const GeneRecord& record) {
    switch (format_) {
        case Format::csv:
            write_table_rows(out, csv, record.gene(), fields_, karyotype_, values_);
            break;
        case Format::tsv:
            write_table_rows(out, tsv, record.gene(), fields_, karyotype_, values_);
            break;
        case Format::bed:
            write_bed_line(out, record);
            break;
        case Format::gff3:
            write_gff3_line(out, record);
            break;
        case Format::json:
        case Format::ndjson:
            write_json_line(out, record);
            break;
    }
}

void GeneLines::write_json_line(std::string& out, const GeneRecord& record) const {
    text::JsonWriter json(out);
    api::write_gene(json, record, fields_, karyotype_);
    out += '\n';
}

std::size_t GeneLines::least_size() const {
    if (format_ == Format::bed || format_ == Format::gff3) return 0;  // no place, no line
    if (format_ == Format::csv || format_ == Format::tsv) return fields_.size();
    // {"name":1,"name":1} and a line break, where no value is shorter than a digit.
    std::size_t size = 2;
    for (const Field& field : fields_.empty() ? columns() : fields_) size += field.name.size() + 5;
    return size;
}

namespace {

class LinesOfGenes final : public service::BodySource {
public:
    LinesOfGenes(std::unique_ptr<GeneCursor> genes, GeneLines lines)
        : genes_(std::move(genes)), lines_(std::move(lines)) {}

    bool next(std::string& text) override {
        const auto before = text.size();
        if (!std::exchange(begun_, true)) lines_.write_head(text, *genes_);
        while (text.size() - before < service::piece_size && fill()) {
            lines_.write_gene(text, *portion_.genes[written_++]);
        }
        return text.size() > before;
    }

    std::size_t bytes_held() const override {
        const auto records = portion_.keep == nullptr
                                 ? 0
                                 : portion_.keep->json().size() + portion_.keep->texts().size() +
                                       (portion_.keep->all().size() * sizeof(GeneRecord));
        return genes_->bytes_held() + (portion_.genes.capacity() * sizeof(void*)) + records;
    }

private:
    // Whether there is another gene to write.
    bool fill() {
        if (written_ < portion_.genes.size()) return true;
        portion_ = {};
        portion_ = genes_->next();
        written_ = 0;
        return !portion_.genes.empty();
    }

    std::unique_ptr<GeneCursor> genes_;
    GeneLines lines_;
    GenePage portion_;
    std::size_t written_ = 0;  // of the portion
    bool begun_ = false;
};

}  // namespace

std::unique_ptr<service::BodySource> lines_of(std::unique_ptr<GeneCursor> genes, GeneLines lines) {
    return std::make_unique<LinesOfGenes>(std::move(genes), std::move(lines));
}

}  // namespace chr21::api
