#pragma once

#include "gene/gene.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace chr21::sql {

// A digest of all genes of a dataset, by which a database is found to give back other ones than it
// was given. It guards against damage and not against whoever means to change them.
//
// Each gene adds its fields in the order of Gene, then how many attributes it has, and of each the
// name, how many values it has, and these, then the packed rows. A field is written as "5:DYRK1",
// so many bytes of text, one that is absent as "-", and a number as its decimal digits in such a
// text.
class GeneDigest {
public:
    // The name of this way of counting. Another way needs another name.
    static constexpr std::string_view scheme = "genes-1 xxh3-128";

    GeneDigest();
    ~GeneDigest();
    GeneDigest(const GeneDigest&) = delete;
    GeneDigest& operator=(const GeneDigest&) = delete;

    // Genes are to come in genome order.
    void add(const Gene& gene);

    // 32 hexadecimal digits.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
    std::string canonical_;  // of the gene that was added last
};

}  // namespace chr21::sql
