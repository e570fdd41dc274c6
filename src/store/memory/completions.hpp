#pragma once

#include "store/gene_store.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/gene_lookup.hpp"
#include "store/memory/search_index.hpp"
#include "store/memory/sorted_texts.hpp"
#include "store/typos.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::memory {

// The genes that complete what somebody is typing, as GeneStore::suggest() says.
class Completions {
public:
    // All of them outlive this; `ids` and `names` are of the columns' folded IDs and names.
    Completions(const Columns& columns,
                const SortedTexts& ids,
                const SortedTexts& names,
                const SearchIndex& search,
                const GeneLookup& lookup);

    Suggestions suggest(std::string_view folded, std::uint32_t limit) const;

    // One gene of each name that is nearest to a text, as Advice says.
    std::vector<Ordinal> nearest(std::string_view folded) const;

private:
    struct Ranked {
        SuggestionKind kind;
        std::size_t length;  // suggestion_length() of its name
        Ordinal ordinal;

        auto operator<=>(const Ranked&) const = default;
    };

    void add(SuggestionKind kind, Ordinal ordinal, std::vector<Ranked>& ranked) const;
    void add_beginnings(std::string_view folded, std::vector<Ranked>& ranked) const;
    void add_earlier_names(std::string_view folded, std::vector<Ranked>& ranked) const;
    void add_all_kinds(std::string_view folded, std::vector<Ranked>& ranked) const;
    void consider(std::string_view folded, Ordinal ordinal, std::vector<Ranked>& ranked) const;
    template <class Visit>
    void visit_mistyped(std::string_view folded, Visit visit) const;
    static void keep_best(std::vector<Ranked>& ranked, std::uint32_t limit, std::size_t sorted);

    const Columns& columns_;
    const SortedTexts& ids_;
    const SortedTexts& names_;
    const SearchIndex& search_;
    const GeneLookup& lookup_;
    NamePieces pieces_;  // of the folded names
};

}  // namespace chr21::memory
