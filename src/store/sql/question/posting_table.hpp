#pragma once

#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/candidates.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace chr21::sql {

// How many genes have a term, and whether its list says which.
struct PostingSize {
    std::int64_t gene_count = 0;
    bool is_listed = false;
};

// Terms that no gene has are left out.
std::map<Term, PostingSize> posting_sizes(Session& session,
                                          std::int64_t dataset_id,
                                          const std::vector<Term>& terms);

// Absent where too many genes have the term for a list. Terms that no gene has are left out.
std::map<Term, std::optional<GeneOrders>> posting_lists(Session& session,
                                                        std::int64_t dataset_id,
                                                        const std::vector<Term>& terms);

}  // namespace chr21::sql
