#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// A place on a chromosome in base pairs, 1-based, as Ensembl writes it.
using Position = std::uint32_t;

enum class Strand : std::int8_t { forward = 1, reverse = -1 };

// What a further column of an export says of one gene, such as its GO accessions: the distinct
// values in the order of the file, never none and never empty ones.
struct Attribute {
    std::string name;  // as Dataset::attributes has it, "go_id"
    std::vector<std::string> values;

    friend bool operator==(const Attribute&, const Attribute&) = default;
};

// One gene as a mart export describes it. Only the stable ID is always there: an export may have
// been made without any of the other columns, and many novel genes have no name.
// Both ends are 1-based and inclusive; where both are present, gene_start <= gene_end.
struct Gene {
    std::string gene_stable_id;
    std::optional<std::string> gene_name = {};
    std::optional<std::string> gene_description = {};
    std::optional<std::string> chromosome = {};
    std::optional<Position> gene_start = {};
    std::optional<Position> gene_end = {};
    std::optional<Strand> strand = {};
    std::optional<std::string> gene_type = {};
    // In the order of Dataset::attributes; one without values is left out.
    std::vector<Attribute> attributes = {};
    // Which of their values stood together in a row of the export, as AttributeRows packs them.
    // Empty: the first values of all attributes in one row, the second ones in the next, and so on;
    // or nobody knows, where a program before 0.2.0 loaded the gene.
    std::string attribute_rows = {};

    friend bool operator==(const Gene&, const Gene&) = default;
};

// The gene's values of an attribute; none where it has none.
std::span<const std::string> values_of(const Gene& gene, std::string_view attribute);

// Base pairs from start to end, both counted; absent unless both ends are known.
std::optional<Position> length(const Gene& gene);

// A whole number from 1 to 4294967295 in decimal digits alone; anything else is absent.
std::optional<Position> to_position(std::string_view text);

// "1" and "+" are forward, "-1" and "-" reverse; anything else is absent.
std::optional<Strand> to_strand(std::string_view text);

// Chromosomes in the order people list them: numbers by value, then names in natural order
// (digit runs by value), the mitochondrial MT after them; an absent chromosome comes last.
bool chromosome_before(std::string_view left, std::string_view right);

// Genome order: chromosome, start, stable ID; whatever is absent comes last. Total: two genes
// are equivalent only if they have the same stable ID.
bool genome_before(const Gene& left, const Gene& right);

}  // namespace chr21
