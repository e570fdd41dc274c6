#include "store/sql/dataset/suggestion_lists.hpp"

#include "store/suggestion_rank.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <compare>
#include <set>
#include <utility>
#include <vector>

namespace chr21::sql {
namespace {

// Fewer names and IDs are read where they are.
constexpr std::size_t most_read = 1000;

// In the order that suggestions come in.
struct Ranked {
    SuggestionKind kind = SuggestionKind::exact;
    std::size_t length = 0;
    std::uint32_t gene = 0;

    friend auto operator<=>(const Ranked&, const Ranked&) = default;
};

// The best genes, each once.
void keep_best(std::vector<Ranked>& ranked) {
    // A gene may be here by its name, by its ID and by its description.
    constexpr std::size_t enough = 3 * most_suggested;
    if (ranked.size() > enough) {
        std::ranges::nth_element(ranked, ranked.begin() + enough);
        ranked.resize(enough);
    }
    std::ranges::sort(ranked);
    std::set<std::uint32_t> seen;
    std::erase_if(ranked, [&](const Ranked& one) { return !seen.insert(one.gene).second; });
    if (ranked.size() > most_suggested) ranked.resize(most_suggested);
}

// The best genes that a text has by their descriptions.
struct Words {
    std::vector<Ranked> ranked;
    std::optional<Ranked> worst;  // once there are as many as are kept

    void add(const Ranked& one) {
        constexpr std::size_t most_waiting = 16 * most_suggested;
        if (worst && *worst < one) return;
        if (!ranked.empty() && ranked.back() == one) return;
        ranked.push_back(one);
        if (ranked.size() < most_waiting) return;
        keep_best(ranked);
        if (ranked.size() == most_suggested) worst = ranked.back();
    }
};

using Run = std::span<const std::uint32_t>;

class Collector {
public:
    explicit Collector(const FoldedTexts& texts) : texts_(texts) {}

    // The genes of both runs have IDs and names that begin with the text. Where they are those of a
    // shorter one, and no text ends here, its best ones are `of_shorter`.
    void add_beginnings(const std::string& text,
                        Run by_id,
                        Run by_name,
                        const std::vector<Ranked>* of_shorter = nullptr) {
        const auto count = by_id.size() + by_name.size();
        const bool is_short = text.size() < shortest_unlisted_text;
        if (count == 0 || (!is_short && count <= most_read)) return;
        const std::vector<Ranked>* best = nullptr;
        if (!text.empty() && !find_invalid_utf8(text)) {
            best = of_shorter != nullptr ? &(ranked_[text] = *of_shorter)
                                         : rank_beginnings(text, by_id, by_name);
        }
        while (!by_id.empty() || !by_name.empty()) {
            const auto next = std::min(next_byte(texts_.ids, by_id, text.size()),
                                       next_byte(texts_.names, by_name, text.size()));
            const auto ids = take(texts_.ids, by_id, text.size(), next);
            const auto names = take(texts_.names, by_name, text.size(), next);
            if (next == 0) continue;  // texts that end here
            const auto longer = text + static_cast<char>(next - 1);
            const bool are_the_same = ids.size() + names.size() == count &&
                                      !ends(texts_.ids, ids, longer) &&
                                      !ends(texts_.names, names, longer);
            add_beginnings(longer, ids, names, are_the_same ? best : nullptr);
        }
    }

    // Words of descriptions begin with one or two bytes.
    void add_words(std::uint32_t gene) {
        const std::string_view text = texts_.descriptions[gene];
        bool in_word = false;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (!in_word) {
                add_word(text.substr(at, 1), gene);
                if (at + 1 < text.size()) add_word(text.substr(at, 2), gene);
            }
            in_word = text::is_letter(text[at]) || text::is_digit(text[at]) ||
                      static_cast<unsigned char>(text[at]) >= 0x80;
        }
    }

    std::map<std::string, ListedGenes> take_all() {
        for (std::size_t number = 0; number < words_.size(); ++number) {
            const auto& words = words_[number].ranked;
            if (words.empty() || find_invalid_utf8(text_of(number))) continue;
            auto& ranked = ranked_[text_of(number)];
            ranked.insert(ranked.end(), words.begin(), words.end());
        }
        std::map<std::string, ListedGenes> lists;
        for (auto& [text, ranked] : ranked_) {
            keep_best(ranked);
            auto& list = lists[text];
            for (const auto& one : ranked) list.push_back(one.gene);
            std::ranges::sort(list);
        }
        return lists;
    }

private:
    std::size_t length_of(std::uint32_t gene) const {
        return suggestion_length(texts_.names[gene]);
    }

    const std::vector<Ranked>* rank_beginnings(const std::string& text, Run by_id, Run by_name) {
        std::vector<Ranked> ranked;
        ranked.reserve(by_id.size() + by_name.size());
        const auto add = [&](const std::vector<std::string>& all, Run run) {
            for (const auto gene : run) {
                const bool exact = all[gene].size() == text.size();
                ranked.push_back({exact ? SuggestionKind::exact : SuggestionKind::prefix,
                                  length_of(gene),
                                  gene});
            }
        };
        add(texts_.ids, by_id);
        add(texts_.names, by_name);
        keep_best(ranked);
        return &(ranked_[text] = std::move(ranked));
    }

    void add_word(std::string_view text, std::uint32_t gene) {
        words_[number_of(text)].add({SuggestionKind::description, length_of(gene), gene});
    }

    // Of a text of one or two bytes.
    static std::size_t number_of(std::string_view text) {
        const auto byte = [&](std::size_t at) {
            return std::size_t{static_cast<unsigned char>(text[at])};
        };
        return text.size() == 1 ? byte(0) : ((byte(0) + 1) << 8U) | byte(1);
    }

    static std::string text_of(std::size_t number) {
        if (number < 256) return {static_cast<char>(number)};
        return {static_cast<char>((number >> 8U) - 1), static_cast<char>(number & 0xFFU)};
    }

    // Whether a text of the run, which all begin with `beginning`, is no longer than that.
    static bool ends(const std::vector<std::string>& all, Run run, std::string_view beginning) {
        return !run.empty() && all[run.front()].size() == beginning.size();
    }

    // One more than the byte of the first text of the run; 0 where that text ends, and more than
    // any where the run is empty.
    static unsigned next_byte(const std::vector<std::string>& all, Run run, std::size_t at) {
        if (run.empty()) return 257;
        const auto& text = all[run.front()];
        return at < text.size() ? 1U + static_cast<unsigned char>(text[at]) : 0U;
    }

    static Run take(const std::vector<std::string>& all, Run& run, std::size_t at, unsigned next) {
        const auto end = std::ranges::find_if(
            run, [&](const std::uint32_t& gene) { return next_byte(all, {&gene, 1}, at) != next; });
        const auto size = static_cast<std::size_t>(end - run.begin());
        const auto taken = run.first(size);
        run = run.subspan(size);
        return taken;
    }

    const FoldedTexts& texts_;
    std::map<std::string, std::vector<Ranked>> ranked_;
    std::vector<Words> words_{std::size_t{257} * 256};
};

}  // namespace

std::map<std::string, ListedGenes> make_suggestion_lists(const FoldedTexts& texts,
                                                         std::span<const std::uint32_t> by_id,
                                                         std::span<const std::uint32_t> by_name) {
    Collector collector(texts);
    collector.add_beginnings({}, by_id, by_name);
    for (std::uint32_t gene = 0; gene < texts.descriptions.size(); ++gene) {
        collector.add_words(gene);
    }
    return collector.take_all();
}

}  // namespace chr21::sql
