#pragma once

#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"
#include "store/sql/url/database_access.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace chr21::sql {

struct SqlStoreSettings {
    std::optional<std::int64_t> dataset_id = {};  // absent: the dataset that is active at the start
    std::size_t connections = 4;                  // at most, opened when they are needed
    std::chrono::milliseconds patience{2000};     // how long a request waits for a connection
    // The karyotype of the dataset's assembly, which tells which chromosomes are primary. Null:
    // none is known.
    Karyotype (*karyotype_of)(const std::optional<std::string>& assembly) = nullptr;
};

// An engine that answers every question with SQL on one dataset, for data larger than memory
// allows. Each request is one short read-only transaction on a connection of a small pool. Throws
// StoreUnavailable when the dataset is not there; so does every question once it has been dropped.
std::unique_ptr<const GeneStore> open_sql_store(const DatabaseAccess& place,
                                                Represent represent,
                                                const SqlStoreSettings& settings = {});

}  // namespace chr21::sql
