#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/karyotype.hpp"
#include "gene/result.hpp"
#include "mart/mart_export.hpp"
#include "mart/read_report.hpp"
#include "store/gene_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chr21::datasets {

// What a user says of a dataset. What is not said is taken from the export where that proves it.
struct DatasetLabels {
    std::optional<std::string> name = {};
    std::optional<std::string> species = {};
    std::optional<std::string> assembly = {};
    std::optional<std::string> release = {};
};

// An export made ready to be stored.
struct ExportDataset {
    Dataset dataset;
    std::vector<Gene> genes;
    mart::ReadReport report;
};

// The bundled export with its own labels.
Result<ExportDataset> read_bundled_export();

// Reads what mart::read_input reads. Without a name the dataset is named after the file, without
// extensions. The species is known where every stable ID has the prefix of one, and GRCh38 where
// most genes of the bundled table are where that has them. The error's value is the export's name.
Result<ExportDataset> read_labelled_export(const std::string& where,
                                           const DatasetLabels& labels,
                                           const mart::ReadOptions& options = {});

// The facts of the bundled dataset: name, species, assembly, release and source.
Dataset bundled_dataset();

// Of the bundled export's bytes, 64 hexadecimal digits, known when the program was built.
std::string bundled_sha256();

// The bands and lengths that we have for an assembly; empty for others and for an unknown one.
Karyotype karyotype_of(const std::optional<std::string>& assembly);
// The bands and lengths that we have for a dataset's assembly, under the names that its chromosomes
// have; empty for others and for an unknown one.
Karyotype karyotype_of(const GeneStore& store);

}  // namespace chr21::datasets
