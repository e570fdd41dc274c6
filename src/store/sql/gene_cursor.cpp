#include "store/sql/gene_cursor.hpp"

#include "store/sql/question/gene_portions.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace chr21::sql {
namespace {

// Genes in one transaction: as many as make up for its round trips and take little memory.
constexpr std::uint64_t portion = 512;

class SqlCursor final : public GeneCursor {
public:
    SqlCursor(const CursorStore& store, const GeneFilter& filter, const Sort& sort)
        : store_(store), filter_(filter) {
        if (filter.empty() && sort.empty()) return;  // genome order is the order of the keys
        orders_ = store_.connections.ask([&](Session& session) {
            auto orders = select_orders(session, store_.dataset, filter, sort);
            if (orders.empty()) require_dataset(session, store_.place, store_.dataset.id);
            return orders;
        });
        orders_->shrink_to_fit();
    }

    std::uint64_t total() const override {
        return orders_ ? orders_->size() : store_.dataset.dataset.gene_count;
    }

    GenePage next() override {
        const auto orders = next_orders();
        if (orders.empty()) return {.total = total()};
        auto found = store_.connections.ask([&](Session& session) {
            auto genes = select_portion(session, store_.dataset, orders);
            if (genes.genes.size() < orders.size()) require_all(session, genes.genes.size());
            return genes;
        });
        read_ += orders.size();
        return to_page(std::move(found));
    }

    std::vector<std::string> placed_chromosomes() const override {
        return store_.connections.ask([&](Session& session) {
            return select_placed_chromosomes(session, store_.dataset, filter_);
        });
    }

    std::size_t bytes_held() const override {
        return orders_ ? orders_->capacity() * sizeof(std::uint32_t) : 0;
    }

private:
    std::vector<std::uint32_t> next_orders() const {
        std::vector<std::uint32_t> next(std::min(total() - read_, portion));
        const auto first = static_cast<std::ptrdiff_t>(read_);
        if (orders_) {
            std::ranges::copy_n(
                orders_->begin() + first, static_cast<std::ptrdiff_t>(next.size()), next.begin());
        } else {
            for (auto order = static_cast<std::uint32_t>(read_); auto& one : next) one = order++;
        }
        return next;
    }

    // A dataset never changes, so genes are missing where it goes, or where it is damaged.
    void require_all(Session& session, std::size_t found) const {
        require_dataset(session, store_.place, store_.dataset.id);
        throw StoreUnavailable(store_.place + ": the dataset " + store_.dataset.dataset.name +
                               " has fewer genes than it says; after " +
                               std::to_string(read_ + found) + " some are missing");
    }

    GenePage to_page(SelectedGenes found) const {
        GenePage page{
            .total = total(),
            .keep = std::make_shared<const GeneRecords>(std::move(found.genes), store_.represent)};
        page.genes.reserve(page.keep->all().size());
        for (const auto& record : page.keep->all()) page.genes.push_back(&record);
        return page;
    }

    CursorStore store_;
    GeneFilter filter_;
    std::optional<std::vector<std::uint32_t>> orders_;  // absent: 0, 1, 2 ... are
    std::uint64_t read_ = 0;                            // genes
};

}  // namespace

std::unique_ptr<GeneCursor> open_cursor(const CursorStore& store,
                                        const GeneFilter& filter,
                                        const Sort& sort) {
    return std::make_unique<SqlCursor>(store, filter, sort);
}

}  // namespace chr21::sql
