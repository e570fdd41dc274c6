#include "store/memory/attribute_index.hpp"

#include "store/memory/ordinals.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace chr21::memory {

// One attribute. Value i has the genes ordinals[lists[i]] up to ordinals[lists[i + 1]].
struct AttributeIndex::Values {
    std::string name;
    std::string arena;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> lists;
    std::vector<Ordinal> ordinals;
    SortedTexts sorted;

    TextColumn texts() const { return {arena, begins}; }

    void write(ArrayFileWriter& file) const {
        file.put(arena);
        file.put(begins);
        file.put(lists);
        file.put(ordinals);
        sorted.write(file);
    }

    static std::unique_ptr<const Values> read(std::string name, ArrayFileReader& file) {
        auto values = std::make_unique<Values>(Values{.name = std::move(name),
                                                      .arena = file.take_text(),
                                                      .begins = file.take<std::uint32_t>(),
                                                      .lists = file.take<std::uint32_t>(),
                                                      .ordinals = file.take<Ordinal>(),
                                                      .sorted = SortedTexts({"", {}}, {})});
        ArrayFileReader::require(values->fit_together());
        values->sorted = SortedTexts(values->texts(), file);
        return values;
    }

    bool fit_together() const {
        return !begins.empty() && std::ranges::is_sorted(begins) && begins.back() == arena.size() &&
               lists.size() == begins.size() && std::ranges::is_sorted(lists) &&
               lists.back() == ordinals.size();
    }

    std::span<const Ordinal> genes_with(std::uint32_t value) const {
        return std::span(ordinals).subspan(lists[value], lists[value + 1] - lists[value]);
    }

    void append_genes_with(std::uint32_t value, std::vector<Ordinal>& found) const {
        const auto of_value = genes_with(value);
        found.insert(found.end(), of_value.begin(), of_value.end());
    }
};

// The values of one attribute while the genes are read, in genome order.
class AttributeIndex::Collection {
public:
    void add(Ordinal ordinal, std::string_view value) {
        const auto next = static_cast<std::uint32_t>(begins_.size());
        const auto [found, is_new] = numbers_.try_emplace(fold(value), next);
        if (is_new) {
            begins_.push_back(static_cast<std::uint32_t>(arena_.size()));
            arena_ += found->first;
            if (arena_.size() > std::numeric_limits<std::uint32_t>::max()) {
                throw std::length_error("the values of an attribute pass 4 GiB");
            }
        }
        entries_.emplace_back(found->second, ordinal);
    }

    std::unique_ptr<const Values> finish(std::string name) {
        const auto count = begins_.size();
        begins_.push_back(static_cast<std::uint32_t>(arena_.size()));
        std::vector<std::uint32_t> lists(count + 1);
        for (const auto& [value, ordinal] : entries_) ++lists[value + 1];
        std::partial_sum(lists.begin(), lists.end(), lists.begin());
        std::vector<Ordinal> ordinals(entries_.size());
        auto next = lists;
        for (const auto& [value, ordinal] : entries_) ordinals[next[value]++] = ordinal;
        auto values = std::make_unique<Values>(std::move(name),
                                               std::move(arena_),
                                               std::move(begins_),
                                               std::move(lists),
                                               std::move(ordinals),
                                               SortedTexts({"", {}}, {}));
        values->sorted = SortedTexts(values->texts(), all_ordinals(count));
        return values;
    }

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::string arena_;
    std::vector<std::uint32_t> begins_;
    std::vector<std::pair<std::uint32_t, Ordinal>> entries_;
};

AttributeIndex::AttributeIndex(const Columns& columns) {
    const auto& names = columns.names().attributes;
    if (names.empty()) return;
    std::unordered_map<std::string_view, Collection> collections;
    const auto records = columns.records();
    for (Ordinal ordinal = 0; ordinal < records.size(); ++ordinal) {
        for (const auto& [name, values] : records[ordinal].attributes()) {
            const auto known = std::ranges::find(names, name);
            for (const auto& value : values) collections[*known].add(ordinal, value);
        }
    }
    for (auto& [name, collection] : collections) {
        attributes_.push_back(collection.finish(std::string(name)));
    }
}

AttributeIndex::AttributeIndex(ArrayFileReader& file) {
    for (auto& name : file.take_texts()) {
        attributes_.push_back(Values::read(std::move(name), file));
    }
}

AttributeIndex::~AttributeIndex() = default;

void AttributeIndex::write(ArrayFileWriter& file) const {
    std::vector<std::string> names;
    names.reserve(attributes_.size());
    for (const auto& values : attributes_) names.push_back(values->name);
    file.put(names);
    for (const auto& values : attributes_) values->write(file);
}

const AttributeIndex::Values* AttributeIndex::find(std::string_view attribute) const {
    const auto found = std::ranges::find(
        attributes_, attribute, [](const auto& values) -> const auto& { return values->name; });
    return found == attributes_.end() ? nullptr : found->get();
}

std::vector<Ordinal> AttributeIndex::equal(std::string_view attribute,
                                           const std::vector<std::string>& values) const {
    std::vector<Ordinal> found;
    const auto* const known = find(attribute);
    if (known == nullptr) return found;
    for (const auto& wanted : values) {
        for (const auto value : known->sorted.equal(wanted)) {
            known->append_genes_with(value, found);
        }
    }
    order(found);
    return found;
}

std::vector<Ordinal> AttributeIndex::containing(std::string_view attribute,
                                                const std::vector<std::string>& texts) const {
    std::vector<Ordinal> found;
    const auto* const known = find(attribute);
    if (known == nullptr) return found;
    const auto values = known->texts();
    for (std::uint32_t value = 0; value < values.size(); ++value) {
        const auto contains = [&](const std::string& text) { return values[value].contains(text); };
        if (std::ranges::any_of(texts, contains)) known->append_genes_with(value, found);
    }
    order(found);
    return found;
}

std::optional<std::size_t> AttributeIndex::number_of(std::string_view attribute) const {
    for (std::size_t number = 0; number < attributes_.size(); ++number) {
        if (attributes_[number]->name == attribute) return number;
    }
    return {};
}

std::span<const Ordinal> AttributeIndex::genes_with(std::size_t number,
                                                    std::string_view folded_value) const {
    const auto& values = *attributes_[number];
    const auto found = values.sorted.equal(folded_value);
    if (found.empty()) return {};
    return values.genes_with(found.front());  // each folded value is there once
}

std::vector<Ordinal> AttributeIndex::genes_with_version_of(std::size_t number,
                                                           const VersionedId& id) const {
    std::vector<Ordinal> genes;
    const auto& values = *attributes_[number];
    for (const auto value : values.sorted.beginning_with(std::string(id.stem).append("."))) {
        const auto other = read_version(values.texts()[value]);
        if (other && differ_in_version_alone(*other, id)) values.append_genes_with(value, genes);
    }
    return genes;
}

}  // namespace chr21::memory
