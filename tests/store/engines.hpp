#pragma once

#include "store/gene_store.hpp"
#include "store/memory/catalog.hpp"
#include "tests/store/model_store.hpp"
#include "tests/store/temporary_directory.hpp"

#include <array>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace chr21::testing {

// A store, and the directory that its files are in.
struct OpenedStore {
    std::unique_ptr<const TemporaryDirectory> directory = {};
    std::unique_ptr<const GeneStore> store = {};

    const GeneStore& operator*() const { return *store; }
    const GeneStore* operator->() const { return store.get(); }
};

using Engine = std::function<OpenedStore(const std::vector<Gene>&)>;

// A sha256 is as good as any that no other name gives.
inline std::string digest_of(const std::string& name) {
    auto digits = std::to_string(std::hash<std::string>{}(name));
    digits.resize(64, 'a');
    return digits;
}

inline Dataset dataset_of(const std::vector<Gene>& genes,
                          const std::string& name = "homo_sapiens-GRCh38-114-chr21") {
    return {.name = name,
            .species = "Homo sapiens",
            .assembly = "GRCh38",
            .source = "tests",
            .sha256 = digest_of(name),
            .gene_count = genes.size(),
            .loaded_at = "2026-11-22T14:03:09Z",
            .attributes = {{"go_id", "GO term accession"},
                           {"hgnc_id", "HGNC ID"},
                           {"external_synonym", "Gene Synonym"},
                           {"prev_symbol", "prev_symbol"},
                           {"ensembl_transcript_id_version", "Transcript stable ID version"},
                           {"entrezgene_id", "NCBI gene ID"}}};
}

inline std::string represent(const Gene& gene) { return "{" + gene.gene_stable_id + "}"; }

inline OpenedStore make_model(const std::vector<Gene>& genes) {
    return {.store = std::make_unique<PlainModel>(dataset_of(genes), genes, represent)};
}

inline OpenedStore make_memory(const std::vector<Gene>& genes) {
    return {.store = memory::make_catalog(dataset_of(genes), genes, represent)};
}

struct NamedEngine {
    std::string name;
    Engine open;
    std::string missing = {};  // why it cannot be tested here

    friend std::ostream& operator<<(std::ostream& out, const NamedEngine& engine) {
        return out << engine.name;
    }
};

// Those that this test program is for.
std::vector<NamedEngine> engines();

// A result as the stable IDs of its genes, which reads well in a failure.
using Ids = std::vector<std::string>;

inline Ids ids(const GenePage& page) {
    Ids ids;
    for (const auto* record : page.genes) ids.push_back(record->gene().gene_stable_id);
    return ids;
}

// "none" for what was not found, "2 genes" where several fit.
inline Ids ids(const Matches& matches) {
    Ids ids;
    for (const auto& match : matches.all) {
        if (match.record != nullptr) {
            ids.emplace_back(match.record->gene_stable_id());
        } else {
            const auto count = match.meant.count;
            ids.push_back(count > 0 ? std::to_string(count) + " genes" : "none");
        }
    }
    return ids;
}

// "ENSG1 4": the gene and its distance in bp.
inline Ids ids(const std::vector<Neighbor>& neighbors) {
    Ids ids;
    for (const auto& [record, distance] : neighbors) {
        ids.push_back(record->gene().gene_stable_id + " " + std::to_string(distance));
    }
    return ids;
}

// "ENSG1 typo": the gene and what brought it up.
inline Ids ids(const Suggestions& suggestions) {
    constexpr std::array kinds{
        "exact", "prefix", "previous_name", "synonym", "description", "typo"};
    Ids ids;
    for (const auto& [record, kind, namesakes] : suggestions.genes) {
        ids.push_back(record->gene().gene_stable_id + " " +
                      kinds.at(static_cast<std::size_t>(kind)));
    }
    return ids;
}

}  // namespace chr21::testing
