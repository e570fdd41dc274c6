#pragma once

#include "store/sql/database.hpp"
#include "text/json_writer.hpp"

namespace chr21::cli {

// What programs are told of a dataset: name, active, species, assembly, release, source, sha256,
// gene_count, loaded_at and attributes; what is not known is null.
void write(text::JsonWriter& json, const sql::ListedDataset& listed);

}  // namespace chr21::cli
