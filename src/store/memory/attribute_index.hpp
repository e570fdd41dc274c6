#pragma once

#include "store/memory/array_file.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/sorted_texts.hpp"

#include <memory>
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

private:
    struct Values;
    class Collection;
    const Values* find(std::string_view attribute) const;

    std::vector<std::unique_ptr<const Values>> attributes_;
};

}  // namespace chr21::memory
