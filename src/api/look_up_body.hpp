#pragma once

#include "service/problem.hpp"
#include "store/gene_store.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// What the body of POST /genes/lookup asks for.
struct LookUpBody {
    // In the order of the slots, without what is not seen at either end.
    std::vector<Wanted> wanted;
    std::vector<std::string> sent;  // the same as they were sent
};

// The problem tells of every fault: no JSON or no UTF-8, another member than ids, names and inputs,
// more than 10,000 texts, and a text that is empty, too long or no string.
std::expected<LookUpBody, service::Problem> read_look_up_body(std::string_view body);

}  // namespace chr21::api
