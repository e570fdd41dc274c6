#include "store/gene_cursor.hpp"

#include "gene/gene.hpp"
#include "store/gene_store.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <utility>

namespace chr21 {
namespace {

constexpr std::size_t portion = 1024;  // genes

class PlacedChromosomes {
public:
    void add(std::span<const GeneRecord* const> genes) {
        for (const GeneRecord* const record : genes) {
            if (!record->gene_start() || !record->gene_end()) continue;
            if (const auto chromosome = record->chromosome()) names_.insert(*chromosome);
        }
    }

    std::vector<std::string> names() const { return {names_.begin(), names_.end()}; }

private:
    std::set<std::string_view, decltype(&chromosome_before)> names_{chromosome_before};
};

class PageCursor final : public GeneCursor {
public:
    explicit PageCursor(GenePage page) : page_(std::move(page)) {}

    std::uint64_t total() const override { return page_.total; }

    GenePage next() override {
        const auto rest = std::span(page_.genes).subspan(read_);
        const auto taken = rest.first(std::min(rest.size(), portion));
        read_ += taken.size();
        return {.total = page_.total, .genes = {taken.begin(), taken.end()}, .keep = page_.keep};
    }

    std::vector<std::string> placed_chromosomes() const override {
        PlacedChromosomes chromosomes;
        chromosomes.add(page_.genes);
        return chromosomes.names();
    }

    std::size_t bytes_held() const override {
        const auto kept =
            page_.keep == nullptr ? 0 : page_.keep->json().size() + page_.keep->texts().size();
        return (page_.genes.capacity() * sizeof(const GeneRecord*)) + kept;
    }

private:
    GenePage page_;
    std::size_t read_ = 0;
};

class WindowCursor final : public GeneCursor {
public:
    WindowCursor(const GeneStore& store, Sort sort)
        : store_(store), sort_(std::move(sort)), total_(store.dataset().gene_count) {}

    std::uint64_t total() const override { return total_; }

    GenePage next() override {
        auto page = store_.list({}, sort_, {.offset = read_, .limit = portion});
        read_ += page.genes.size();
        return page;
    }

    std::vector<std::string> placed_chromosomes() const override {
        PlacedChromosomes chromosomes;
        WindowCursor all(store_, {});
        for (auto page = all.next(); !page.genes.empty(); page = all.next()) {
            chromosomes.add(page.genes);
        }
        return chromosomes.names();
    }

    std::size_t bytes_held() const override { return sizeof *this; }

private:
    const GeneStore& store_;
    Sort sort_;
    std::uint64_t total_;
    std::uint64_t read_ = 0;
};

}  // namespace

std::unique_ptr<GeneCursor> read_page(GenePage page) {
    return std::make_unique<PageCursor>(std::move(page));
}

std::unique_ptr<GeneCursor> read_by_windows(const GeneStore& store, Sort sort) {
    return std::make_unique<WindowCursor>(store, std::move(sort));
}

std::unique_ptr<GeneCursor> GeneStore::cursor(const GeneFilter& filter, const Sort& sort) const {
    return read_page(list(filter, sort, {}));
}

}  // namespace chr21
