#pragma once

#include "cli/settings.hpp"
#include "gene/dataset.hpp"
#include "gene/karyotype.hpp"
#include "gene/result.hpp"
#include "observe/event.hpp"
#include "store/dataset_shelf.hpp"

#include <memory>
#include <optional>
#include <string>

namespace chr21::cli {

// Opens the database that the settings name, makes and fills it where there is none, and reads
// it. The error's message is one line for standard error; throws StoreUnavailable as the store
// does.
Result<OpenDataset> open_store(const DataSettings& settings, const observe::Observer& observer);

// The facts of the bundled dataset: name, species, assembly, release and source.
Dataset bundled_dataset();

// The bands and lengths that we have for an assembly; empty for others and for an unknown one.
Karyotype karyotype_of(const std::optional<std::string>& assembly);

}  // namespace chr21::cli
