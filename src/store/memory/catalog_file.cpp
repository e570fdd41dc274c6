#include "store/memory/catalog_file.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

namespace chr21::memory {

namespace {

// Whether some genes all over the catalog are found, and are represented as they would be today: a
// program under development changes without changing its name.
bool is_of_today(const Catalog& catalog, Represent represent) {
    constexpr std::uint64_t samples = 16;
    const auto count = catalog.dataset().gene_count;
    const auto step = std::max<std::uint64_t>(1, count / samples);
    for (std::uint64_t at = 0; at < count; at += step) {
        const auto page = catalog.list({}, {}, {.offset = at, .limit = 1});
        if (page.total != count) return false;
        const auto& record = *page.genes.front();
        if (represent(record.gene()) != record.json) return false;
        const auto found = catalog.find(record.gene_stable_id());
        if (!found || fold(found->gene_stable_id()) != fold(record.gene_stable_id())) return false;
    }
    return true;
}

}  // namespace

std::expected<std::unique_ptr<const Catalog>, std::string> CatalogFile::read(
    const Dataset& dataset,
    std::int64_t id,
    Represent represent,
    const Karyotype& karyotype) const {
    std::error_code unknown;
    if (!std::filesystem::exists(path_, unknown) && !unknown) return nullptr;
    try {
        ArrayFileReader file(path_);
        if (file.take_text() != stamp(dataset, id)) {
            return std::unexpected("it is of another dataset or program");
        }
        auto catalog = read_catalog(dataset, file, karyotype);
        if (!is_of_today(*catalog, represent)) {
            return std::unexpected("another program wrote it");
        }
        return catalog;
    } catch (const std::exception& fault) {
        return std::unexpected(fault.what());
    }
}

void CatalogFile::write(const Catalog& catalog,
                        std::int64_t id,
                        const std::stop_token& stop) const {
    ArrayFileWriter file(path_, stop);
    file.share_like(database_);
    file.put(stamp(catalog.dataset(), id));
    catalog.write(file);
    file.finish();
}

// All that is known of the dataset: the same export may be loaded again by a program that reads it
// in another way.
std::string CatalogFile::stamp(const Dataset& dataset, std::int64_t id) const {
    std::string stamp = "catalog of chr21 " + program_ + ", records of " +
                        std::to_string(sizeof(GeneRecord)) + " bytes\ndataset " +
                        std::to_string(id) + " of " + std::to_string(dataset.gene_count) +
                        " genes\n";
    for (const auto* text : {&dataset.sha256, &dataset.loaded_at, &dataset.name, &dataset.source}) {
        stamp.append(*text).append(1, '\n');
    }
    for (const auto* text : {&dataset.species, &dataset.assembly, &dataset.release}) {
        stamp.append(text->value_or("")).append(1, '\n');
    }
    for (const auto& column : dataset.attributes) stamp.append(column.name).append(1, '\n');
    return stamp;
}

}  // namespace chr21::memory
