#pragma once

#include "gene/result.hpp"
#include "service/response.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chr21::service {

// Why a request has no ordinary answer. Each dialect writes it in its own way.
struct Problem {
    int status = 500;
    std::string detail;                         // a sentence for the caller
    std::vector<Error> errors = {};             // faults of the request, in its order
    std::size_t more_errors = 0;                // how many there are beside those
    std::vector<std::string> suggestions = {};  // the closest things that exist, for a 404
    Headers headers = {};                       // Allow, Retry-After
};

}  // namespace chr21::service
