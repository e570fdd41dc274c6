#pragma once

#include "gene/gene.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// The values that many genes share, once each; a gene has their numbers.
struct SharedNames {
    std::vector<std::string> chromosomes = {};
    std::vector<std::string> gene_types = {};
    std::vector<std::string> attributes = {};

    // The number of what a gene lacks.
    static constexpr std::uint32_t absent = 0xFFFFFFFF;
};

// A gene with its ready-made representation, kept small because a catalog holds millions: 64 bytes
// and its texts, which its GeneRecords owns. All views live as long as that.
class GeneRecord {
public:
    std::string_view json;

    // Made anew at each call, with copies of all texts; who wants one value asks for it below.
    Gene gene() const;

    std::string_view gene_stable_id() const { return {texts_, id_size_}; }
    std::optional<std::string_view> gene_name() const;
    std::optional<std::string_view> gene_description() const;
    std::optional<std::string_view> chromosome() const;
    std::optional<Position> gene_start() const { return to_optional(start_); }
    std::optional<Position> gene_end() const { return to_optional(end_); }
    std::optional<Strand> strand() const;
    std::optional<std::string_view> gene_type() const;
    std::vector<Attribute> attributes() const;
    // As Gene has them.
    std::string_view attribute_rows() const;

    // Into SharedNames, or absent.
    std::uint32_t chromosome_number() const { return chromosome_; }
    std::uint32_t gene_type_number() const { return gene_type_; }

    // Without addresses, which mean nothing in another process.
    GeneRecord displaced() const;

private:
    friend class GeneRecords;

    static std::optional<Position> to_optional(Position position) {
        return position == 0 ? std::nullopt : std::optional(position);
    }
    const char* name_begin() const { return texts_ + id_size_; }
    const char* description_begin() const;
    const char* attributes_begin() const;

    const SharedNames* names_ = nullptr;
    // ID, name, description, attributes and their rows, without anything between.
    const char* texts_ = nullptr;
    std::uint32_t id_size_ = 0;
    std::uint32_t name_size_ = SharedNames::absent;
    std::uint32_t description_size_ = SharedNames::absent;
    std::uint32_t chromosome_ = SharedNames::absent;
    std::uint32_t gene_type_ = SharedNames::absent;
    Position start_ = 0;  // 0: unknown
    Position end_ = 0;
    std::uint16_t attribute_count_ = 0;
    std::int16_t strand_ = 0;  // 0: unknown
};

// As length() of the gene.
std::optional<Position> length(const GeneRecord& record);

// Writes a gene's representation. The store does not know what it looks like.
using Represent = std::string (*)(const Gene&);

// What a GeneRecords is made of, for those who keep one in a file.
struct PackedGenes {
    SharedNames names;
    std::string json;
    std::string texts;
    std::vector<GeneRecord> records;  // displaced
    // Where each gene's texts begin in `texts` and its representation ends in `json`; ascending,
    // and inside them.
    std::vector<std::uint64_t> text_begins;
    std::vector<std::uint64_t> json_ends;
};

// Genes with their representations, each written once, when this is made. The representations stand
// in one piece of memory in the order of the genes, a comma between two, so that whoever lists
// genes that are neighbours here copies them together.
class GeneRecords {
public:
    GeneRecords(std::vector<Gene> genes, Represent represent);
    explicit GeneRecords(PackedGenes packed);
    GeneRecords(const GeneRecords&) = delete;
    GeneRecords& operator=(const GeneRecords&) = delete;
    GeneRecords(GeneRecords&&) = delete;
    GeneRecords& operator=(GeneRecords&&) = delete;
    ~GeneRecords() = default;

    std::span<const GeneRecord> all() const { return records_; }
    const SharedNames& names() const { return names_; }
    // All representations, a comma between two, and all texts, nothing between.
    std::string_view json() const { return json_; }
    std::string_view texts() const { return texts_; }

private:
    class Packing;

    // Tells every record where its texts begin and its JSON ends, which must be inside ours.
    void place(std::span<const std::uint64_t> text_begins,
               std::span<const std::uint64_t> json_ends);

    SharedNames names_;
    std::string json_;
    std::string texts_;
    std::vector<GeneRecord> records_;
};

}  // namespace chr21
