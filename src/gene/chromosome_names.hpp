#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// What the chromosomes of a dataset or of an assembly are called, and which of them a name means
// that somebody wrote. Immutable, so safe to read from many threads.
class ChromosomeNames {
public:
    ChromosomeNames() = default;
    // Distinct names. The assembly tells which accessions are known: of GRCh38 those that RefSeq
    // and GenBank give its chromosomes; of others none.
    explicit ChromosomeNames(const std::vector<std::string>& names,
                             const std::optional<std::string>& assembly = {});

    // The name as it is written, where there is one. Else those that differ in no more than case, a
    // "chr" in front ("chr21" and "21"), the spelling of the mitochondrion (M, MT), or in one being
    // the accession of the other ("NC_000021.9" and "21"). Several: it is not told which is meant.
    // Valid while this is.
    std::span<const std::string> meant_by(std::string_view written) const;

    // The same without looking at how it is written.
    std::span<const std::string> alike(std::string_view written) const;

    // At most `most` names, those first that fewer typos part from what was written; of many names
    // only those that sort nearby are compared. All that are known, where they are no more.
    std::vector<std::string> nearest(std::string_view written, std::size_t most) const;

private:
    std::string key_of(std::string_view name) const;

    bool is_grch38_ = false;
    // In the order of the keys: what is alike has one key.
    std::vector<std::string> keys_;
    std::vector<std::string> names_;
};

// Without "chr" in front, where it stands before the name of a chromosome: "21" for "chr21", but
// "Chromosome" and "CHR_HSCHR21_1_CTG" as they are.
std::string_view without_chr(std::string_view name);

}  // namespace chr21
