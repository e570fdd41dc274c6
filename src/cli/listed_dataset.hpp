#pragma once

#include "store/sql/database.hpp"

#include <boost/json/object.hpp>

namespace chr21::cli {

// What programs are told of a dataset: name, active, species, assembly, release, source, sha256,
// gene_count, loaded_at and attributes; what is not known is null.
boost::json::object to_json(const sql::ListedDataset& listed);

}  // namespace chr21::cli
