#include "store/sql/dataset/gene_digest.hpp"

#include "text/append_number.hpp"
#include "text/hexadecimal.hpp"

#include <concepts>
#include <cstdint>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include <xxhash.h>

namespace chr21::sql {
namespace {

void append(std::string& canonical, std::string_view text) {
    text::append_number(canonical, text.size());
    canonical += ':';
    canonical += text;
}

void append(std::string& canonical, std::integral auto number) {
    std::string digits;  // so short that it takes no memory
    text::append_number(digits, number);
    append(canonical, digits);
}

template <class Value>
void append(std::string& canonical, const std::optional<Value>& value) {
    if (!value) {
        canonical += '-';
    } else if constexpr (std::same_as<Value, Strand>) {
        append(canonical, std::to_underlying(*value));
    } else {
        append(canonical, *value);
    }
}

void append(std::string& canonical, const Gene& gene) {
    append(canonical, gene.gene_stable_id);
    append(canonical, gene.gene_name);
    append(canonical, gene.gene_description);
    append(canonical, gene.chromosome);
    append(canonical, gene.gene_start);
    append(canonical, gene.gene_end);
    append(canonical, gene.strand);
    append(canonical, gene.gene_type);
    append(canonical, gene.attributes.size());
    for (const auto& [name, values] : gene.attributes) {
        append(canonical, name);
        append(canonical, values.size());
        for (const auto& value : values) append(canonical, value);
    }
    append(canonical, gene.attribute_rows);
}

}  // namespace

struct GeneDigest::State {
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state{XXH3_createState(),
                                                                   &XXH3_freeState};
};

GeneDigest::GeneDigest() : state_(std::make_unique<State>()) {
    if (!state_->state) throw std::bad_alloc();
    XXH3_128bits_reset(state_->state.get());
}

GeneDigest::~GeneDigest() = default;

void GeneDigest::add(const Gene& gene) {
    canonical_.clear();
    append(canonical_, gene);
    XXH3_128bits_update(state_->state.get(), canonical_.data(), canonical_.size());
}

std::string GeneDigest::text() const {
    const auto digest = XXH3_128bits_digest(state_->state.get());
    std::string digits;
    for (const std::uint64_t half : {digest.high64, digest.low64}) {
        const auto sixteen = text::hexadecimal(half);
        digits.append(sixteen.data(), sixteen.size());
    }
    return digits;
}

}  // namespace chr21::sql
