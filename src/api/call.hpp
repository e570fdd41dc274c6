#pragma once

#include "api/parameter.hpp"
#include "api/problem.hpp"
#include "service/dialect.hpp"

namespace chr21::api {

using service::Answer;
using service::Content;

// Everything a handler may look at. Valid during the call only.
struct Call : service::Call {
    const Arguments& arguments;
};

}  // namespace chr21::api
