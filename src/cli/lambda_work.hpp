#pragma once

#include "service/service.hpp"
#include "transport/events/http_event.hpp"
#include "transport/lambda/loop.hpp"

namespace chr21::cli {

// Joins Lambda's events and our requests: what answers an invocation that is an HTTP request, and
// fails any other as Function.UnknownEvent. `service` must outlive it.
lambda::Work make_lambda_work(const service::Service& service, const events::Limits& limits);

}  // namespace chr21::cli
