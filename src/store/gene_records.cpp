#include "store/gene_records.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace chr21 {
namespace {

std::uint32_t to_size(std::size_t size) {
    if (size >= SharedNames::absent) throw std::length_error("a text of a gene passes 4 GiB");
    return static_cast<std::uint32_t>(size);
}

std::uint32_t size_of(const std::optional<std::string>& text) {
    return text ? to_size(text->size()) : SharedNames::absent;
}

// Neighbours mostly share their names, so the one before is looked at first, then the rest, which
// are few for all but the strangest assemblies.
class Numbering {
public:
    explicit Numbering(std::vector<std::string>& names) : names_(names) {}

    std::uint32_t number(const std::optional<std::string>& name) {
        if (!name) return SharedNames::absent;
        if (last_ < names_.size() && names_[last_] == *name) return last_;
        const auto next = static_cast<std::uint32_t>(names_.size());
        const auto [found, is_new] = numbers_.try_emplace(*name, next);
        if (is_new) names_.push_back(*name);
        return last_ = found->second;
    }

private:
    std::vector<std::string>& names_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::uint32_t last_ = 0;
};

void append_number(std::string& out, std::uint32_t number) {
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, to_size(text.size()));
    out += text;
}

std::uint32_t take_number(const char*& at) {
    std::uint32_t number = 0;
    std::memcpy(&number, at, sizeof number);
    at += sizeof number;
    return number;
}

std::string_view take_text(const char*& at) {
    const auto size = take_number(at);
    const std::string_view text(at, size);
    at += size;
    return text;
}

std::optional<std::string> copy(std::optional<std::string_view> text) {
    if (!text) return {};
    return std::string(*text);
}

}  // namespace

const char* GeneRecord::description_begin() const {
    return name_begin() + (name_size_ == SharedNames::absent ? 0 : name_size_);
}

const char* GeneRecord::attributes_begin() const {
    return description_begin() + (description_size_ == SharedNames::absent ? 0 : description_size_);
}

std::optional<std::string_view> GeneRecord::gene_name() const {
    if (name_size_ == SharedNames::absent) return {};
    return std::string_view(name_begin(), name_size_);
}

std::optional<std::string_view> GeneRecord::gene_description() const {
    if (description_size_ == SharedNames::absent) return {};
    return std::string_view(description_begin(), description_size_);
}

std::optional<std::string_view> GeneRecord::chromosome() const {
    if (chromosome_ == SharedNames::absent) return {};
    return names_->chromosomes[chromosome_];
}

std::optional<std::string_view> GeneRecord::gene_type() const {
    if (gene_type_ == SharedNames::absent) return {};
    return names_->gene_types[gene_type_];
}

std::optional<Strand> GeneRecord::strand() const {
    if (strand_ == 0) return {};
    return static_cast<Strand>(strand_);
}

std::vector<Attribute> GeneRecord::attributes() const {
    std::vector<Attribute> attributes;
    attributes.reserve(attribute_count_);
    const char* at = attributes_begin();
    for (std::uint32_t left = attribute_count_; left > 0; --left) {
        auto& attribute = attributes.emplace_back();
        attribute.name = names_->attributes[take_number(at)];
        for (auto values = take_number(at); values > 0; --values) {
            attribute.values.emplace_back(take_text(at));
        }
    }
    return attributes;
}

std::string_view GeneRecord::attribute_rows() const {
    if (attribute_count_ == 0) return {};
    const char* at = attributes_begin();
    for (std::uint32_t left = attribute_count_; left > 0; --left) {
        take_number(at);  // of the name
        for (auto values = take_number(at); values > 0; --values) take_text(at);
    }
    return take_text(at);
}

Gene GeneRecord::gene() const {
    return {.gene_stable_id = std::string(gene_stable_id()),
            .gene_name = copy(gene_name()),
            .gene_description = copy(gene_description()),
            .chromosome = copy(chromosome()),
            .gene_start = gene_start(),
            .gene_end = gene_end(),
            .strand = strand(),
            .gene_type = copy(gene_type()),
            .attributes = attributes(),
            .attribute_rows = std::string(attribute_rows())};
}

GeneRecord GeneRecord::displaced() const {
    auto copy = *this;
    copy.json = {};
    copy.names_ = nullptr;
    copy.texts_ = nullptr;
    return copy;
}

std::optional<Position> length(const GeneRecord& record) {
    const auto start = record.gene_start();
    const auto end = record.gene_end();
    if (!start || !end) return {};
    return *end - *start + 1;
}

// Packs genes one after another. Where a text will stand is only known when all are there, so the
// offsets are turned into addresses at the end.
class GeneRecords::Packing {
public:
    Packing(GeneRecords& records, std::size_t count) : to_(records), count_(count) {
        to_.records_.reserve(count);
        text_begins_.reserve(count);
        json_ends_.reserve(count);
    }

    void add(const Gene& gene, std::string_view json) {
        if (to_.records_.size() == first_genes) make_room();
        text_begins_.push_back(to_.texts_.size());
        to_.json_.append(json).append(1, ',');
        json_ends_.push_back(to_.json_.size() - 1);
        GeneRecord record;
        record.id_size_ = to_size(gene.gene_stable_id.size());
        record.name_size_ = size_of(gene.gene_name);
        record.description_size_ = size_of(gene.gene_description);
        record.chromosome_ = chromosomes_.number(gene.chromosome);
        record.gene_type_ = gene_types_.number(gene.gene_type);
        record.start_ = gene.gene_start.value_or(0);
        record.end_ = gene.gene_end.value_or(0);
        record.strand_ = gene.strand ? static_cast<std::int16_t>(*gene.strand) : std::int16_t{0};
        to_.texts_ += gene.gene_stable_id;
        if (gene.gene_name) to_.texts_ += *gene.gene_name;
        if (gene.gene_description) to_.texts_ += *gene.gene_description;
        record.attribute_count_ = add_attributes(gene);
        to_.records_.push_back(record);
    }

    void finish() {
        drop_room(to_.json_);
        drop_room(to_.texts_);
        to_.place(text_begins_, json_ends_);
    }

private:
    // From so many genes on it can be told how long the texts of all will be.
    static constexpr std::size_t first_genes = 4096;

    // So that growing does not copy them again and again. Room that is never used takes no memory,
    // so a little of it may stay; getting rid of it would copy all the texts once more.
    void make_room() {
        for (auto* const text : {&to_.json_, &to_.texts_}) {
            const auto of_gene = text->size() / first_genes + 1;
            text->reserve(of_gene * (count_ + count_ / little));
        }
    }

    static void drop_room(std::string& text) {
        if (text.capacity() - text.size() > text.size() / little) text.shrink_to_fit();
    }
    static constexpr std::size_t little = 8;

    std::uint16_t add_attributes(const Gene& gene) {
        const auto& attributes = gene.attributes;
        if (attributes.size() > std::numeric_limits<std::uint16_t>::max()) {
            throw std::length_error("a gene has more than 65535 attributes");
        }
        for (const auto& [name, values] : attributes) {
            append_number(to_.texts_, attributes_.number(name));
            append_number(to_.texts_, to_size(values.size()));
            for (const auto& value : values) append_text(to_.texts_, value);
        }
        if (!attributes.empty()) append_text(to_.texts_, gene.attribute_rows);
        return static_cast<std::uint16_t>(attributes.size());
    }

    GeneRecords& to_;
    std::size_t count_;
    Numbering chromosomes_{to_.names_.chromosomes};
    Numbering gene_types_{to_.names_.gene_types};
    Numbering attributes_{to_.names_.attributes};
    std::vector<std::uint64_t> text_begins_;
    std::vector<std::uint64_t> json_ends_;
};

GeneRecords::GeneRecords(std::vector<Gene> genes, Represent represent) {
    Packing packing(*this, genes.size());
    for (auto& gene : genes) {
        const Gene packed = std::move(gene);  // gives back its memory as soon as it is packed
        packing.add(packed, represent(packed));
    }
    packing.finish();
}

GeneRecords::GeneRecords(PackedGenes packed)
    : names_(std::move(packed.names)),
      json_(std::move(packed.json)),
      texts_(std::move(packed.texts)),
      records_(std::move(packed.records)) {
    place(packed.text_begins, packed.json_ends);
}

void GeneRecords::place(std::span<const std::uint64_t> text_begins,
                        std::span<const std::uint64_t> json_ends) {
    const std::string_view json = json_;
    std::size_t json_begin = 0;
    for (std::size_t at = 0; at < records_.size(); ++at) {
        auto& record = records_[at];
        record.json = json.substr(json_begin, json_ends[at] - json_begin);
        record.names_ = &names_;
        record.texts_ = texts_.data() + text_begins[at];
        json_begin = json_ends[at] + 1;
    }
}

}  // namespace chr21
