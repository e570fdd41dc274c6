#include "store/memory/gene_records_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chr21::memory {

void write_gene_records(const GeneRecords& genes, ArrayFileWriter& file) {
    const auto records = genes.all();
    file.put(genes.names().chromosomes);
    file.put(genes.names().gene_types);
    file.put(genes.names().attributes);
    file.put(genes.json());
    file.put(genes.texts());
    file.put_each(records.size(), [&](std::size_t at) { return records[at].displaced(); });
    file.put_each(records.size(), [&](std::size_t at) -> std::uint64_t {
        return static_cast<std::uint64_t>(records[at].gene_stable_id().data() -
                                          genes.texts().data());
    });
    file.put_each(records.size(), [&](std::size_t at) -> std::uint64_t {
        const auto json = records[at].json;
        return static_cast<std::uint64_t>(json.data() + json.size() - genes.json().data());
    });
}

GeneRecords read_gene_records(ArrayFileReader& file) {
    PackedGenes packed{.names = {.chromosomes = file.take_texts(),
                                 .gene_types = file.take_texts(),
                                 .attributes = file.take_texts()},
                       .json = file.take_text(),
                       .texts = file.take_text(),
                       .records = file.take<GeneRecord>(),
                       .text_begins = file.take<std::uint64_t>(),
                       .json_ends = file.take<std::uint64_t>()};
    const auto fit = [&](const std::vector<std::uint64_t>& places, const std::string& texts) {
        return places.size() == packed.records.size() && std::ranges::is_sorted(places) &&
               (places.empty() || places.back() <= texts.size());
    };
    ArrayFileReader::require(fit(packed.text_begins, packed.texts) &&
                             fit(packed.json_ends, packed.json));
    return GeneRecords(std::move(packed));
}

}  // namespace chr21::memory
