#pragma once

#include "service/dialect.hpp"

namespace chr21::api {

// Our own contract, made of the table of operations: parameters are checked as it declares them,
// all faults of a request are told at once, and problems are written as RFC 9457 has them.
const service::Dialect& contract();

}  // namespace chr21::api
