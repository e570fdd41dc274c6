#pragma once

#include "gene/stable_id.hpp"
#include "store/memory/array_file.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/sorted_texts.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Which genes have which values of the attributes: for each attribute its distinct folded values,
// and for each of those its genes. Empty where no gene has attributes.
class AttributeIndex {
public:
    explicit AttributeIndex(const Columns& columns);
    // As write() left it. Throws ArrayFileFault.
    explicit AttributeIndex(ArrayFileReader& file);
    AttributeIndex(const AttributeIndex&) = delete;
    AttributeIndex& operator=(const AttributeIndex&) = delete;
    ~AttributeIndex();

    void write(ArrayFileWriter& file) const;

    // The genes that have one of the folded `values`, in genome order.
    std::vector<Ordinal> equal(std::string_view attribute,
                               const std::vector<std::string>& values) const;
    // The genes of which a value contains one of the folded `texts`, in genome order. Reads every
    // distinct value.
    std::vector<Ordinal> containing(std::string_view attribute,
                                    const std::vector<std::string>& texts) const;

    // The attribute's number here, for what follows; absent where no gene has it.
    std::optional<std::size_t> number_of(std::string_view attribute) const;
    // The genes that have this folded value, in genome order; one may be there twice.
    std::span<const Ordinal> genes_with(std::size_t number, std::string_view folded_value) const;
    // Those that have the ID with a version, whichever, in any order.
    std::vector<Ordinal> genes_with_version_of(std::size_t number, const VersionedId& id) const;

private:
    struct Values;
    class Collection;
    const Values* find(std::string_view attribute) const;

    std::vector<std::unique_ptr<const Values>> attributes_;
};

}  // namespace chr21::memory
