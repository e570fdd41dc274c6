#pragma once

#include "service/delivery.hpp"
#include "service/problem.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::service {

// Why a request is refused, whatever its contract: the words are the same for all dialects.

Problem nothing_there(const Exchange& exchange);
Problem wrong_method(const Exchange& exchange);
Problem unknown_dataset(std::string_view pin, std::vector<std::string> names);
// The store cannot answer now.
Problem unavailable();
// The deadline of the request is over.
Problem out_of_time();
// As many requests wait as may.
Problem too_much_to_do();
Problem internal_error();
// Whoever sends the answer cannot send so much.
Problem too_long_an_answer(std::size_t most_bytes);
// Of a route that always answers in one media type; absent where Accept allows it.
std::optional<Problem> refuse_accept(const Route& route, std::string_view accept);

}  // namespace chr21::service
