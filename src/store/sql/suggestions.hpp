#pragma once

#include "store/gene_store.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace chr21::sql {

struct Suggested {
    std::int64_t gene_order = 0;
    SuggestionKind kind = SuggestionKind::exact;
};

// The best `limit` genes for what GeneStore::suggest promises, best first.
std::vector<Suggested> select_suggested(soci::session& session,
                                        std::int64_t dataset_id,
                                        const std::string& folded_text,
                                        std::uint32_t limit);

}  // namespace chr21::sql
