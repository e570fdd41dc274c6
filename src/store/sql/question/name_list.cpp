#include "store/sql/question/name_list.hpp"

#include "store/nearest.hpp"
#include "store/sql/engine/query.hpp"
#include "text/typo.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <utility>

namespace chr21::sql {
namespace {

void drop_repeated(std::vector<FirstOfName>& names) {
    std::ranges::sort(names, {}, &FirstOfName::gene_order);
    const auto again = std::ranges::unique(names, {}, &FirstOfName::gene_order);
    names.erase(again.begin(), again.end());
}

// Reads the rows of "folded_name, first gene".
std::vector<FirstOfName> select_names(Session& session, const Sql& sql) {
    std::vector<FirstOfName> names;
    FirstOfName name;
    Query query(session, sql);
    query.into(name.folded_name, name.gene_order);
    while (query.next()) names.push_back(name);
    return names;
}

}  // namespace

void NameList::add(std::string_view folded_name, std::int64_t gene_order) {
    texts_ += folded_name;
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
    gene_orders_.push_back(static_cast<std::uint32_t>(gene_order));
}

void NameList::finish() {
    texts_.shrink_to_fit();
    begins_.shrink_to_fit();
    gene_orders_.shrink_to_fit();
    pieces_ = NamePieces(gene_orders_.size());
    slots_.assign(std::bit_ceil((gene_orders_.size() * 4 / 3) + 1), 0);
    for (std::uint32_t number = 0; number < gene_orders_.size(); ++number) {
        slots_[slot_of(text(number))] = number + 1;
        pieces_.add(text(number));
    }
}

std::string_view NameList::text(std::size_t number) const {
    const auto begin = begins_[number];
    return std::string_view(texts_).substr(begin, begins_[number + 1] - begin);
}

// The slot of the name or, where it is not there, the empty one that it would take.
std::size_t NameList::slot_of(std::string_view folded_name) const {
    const auto mask = slots_.size() - 1;
    auto slot = std::hash<std::string_view>{}(folded_name)&mask;
    while (slots_[slot] != 0 && text(slots_[slot] - 1) != folded_name) slot = (slot + 1) & mask;
    return slot;
}

std::optional<std::int64_t> NameList::find(std::string_view folded_name) const {
    const auto number = slots_[slot_of(folded_name)];
    if (number == 0) return {};
    return gene_orders_[number - 1];
}

std::optional<std::int64_t> DatasetNames::first_gene(Session& session,
                                                     const std::string& folded_name) {
    if (const auto* names = list(session)) return names->find(folded_name);
    const Sql sql{.text =
                      "SELECT gene_order FROM gene WHERE dataset_id = ? AND folded_name = ? "
                      "ORDER BY gene_order LIMIT 1",
                  .values = {dataset_id_, folded_name}};
    std::int64_t gene_order = 0;
    if (!Query(session, sql).into(gene_order).next()) return {};
    return gene_order;
}

std::vector<FirstOfName> DatasetNames::near(Session& session, const std::string& folded_text) {
    std::vector<FirstOfName> near;
    if (folded_text.size() < shortest_typo_text) return near;
    if (const auto* names = list(session)) {
        Mistyped(folded_text, names->pieces()).for_each([&](std::string_view name) {
            const auto gene_order = names->find(name);
            if (gene_order && name != folded_text) near.push_back({std::string(name), *gene_order});
        });
    } else {
        const auto bytes = static_cast<std::int64_t>(folded_text.size());
        near = select_names(
            session,
            {.text = "SELECT folded_name, min(gene_order) FROM gene WHERE dataset_id = ? AND "
                     "folded_name_bytes BETWEEN ? AND ? GROUP BY folded_name",
             .values = {dataset_id_, bytes - 1, bytes + 1}});
        std::erase_if(near, [&](const FirstOfName& one) {
            return one.folded_name == folded_text || !within_one_typo(one.folded_name, folded_text);
        });
    }
    drop_repeated(near);
    return near;
}

const NameList* DatasetNames::list(Session& session) {
    const std::scoped_lock lock(mutex_);
    if (!is_read_) read(session);
    is_read_ = true;
    return list_.get();
}

// A piece at a time: a server's library holds a whole answer.
void DatasetNames::read(Session& session) {
    constexpr std::int64_t piece = 100'000;
    auto names = std::make_unique<NameList>();
    std::string last;
    for (bool more = true; more;) {
        const auto some = select_names(
            session,
            {.text = "SELECT folded_name, min(gene_order) FROM gene WHERE dataset_id = ? AND "
                     "folded_name > ? GROUP BY folded_name ORDER BY folded_name LIMIT ?",
             .values = {dataset_id_, last, piece}});
        for (const auto& [name, gene_order] : some) names->add(name, gene_order);
        if (names->bytes() > most_) return;
        more = std::ssize(some) == piece;
        if (more) last = some.back().folded_name;
    }
    names->finish();
    list_ = std::move(names);
}

}  // namespace chr21::sql
