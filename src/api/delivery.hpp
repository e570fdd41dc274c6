#pragma once

#include "api/negotiation.hpp"
#include "api/problem.hpp"
#include "api/request.hpp"
#include "api/response.hpp"
#include "api/route.hpp"
#include "api/routing.hpp"
#include "api/service.hpp"
#include "gene/dataset.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::api {

// One request on its way back.
struct Exchange {
    const Request& request;
    const Match& match;
    std::string_view request_id;
    std::chrono::steady_clock::time_point started;
};

// Turns answers into responses: compression, entity tags and conditional requests, caching, CORS
// and security headers, HEAD. Immutable, so safe to use from many threads.
class Delivery {
public:
    explicit Delivery(const ServiceOptions& options);

    Response deliver(const Exchange& exchange, Content content, const Dataset& dataset) const;
    Response deliver(const Exchange& exchange, const Problem& problem) const;

private:
    Response start(const Exchange& exchange, int status, bool is_page) const;
    const Headers& caching(const Route& route) const;
    void add_preflight(const Exchange& exchange, Headers& headers) const;
    std::string entity_tag(const Exchange& exchange,
                           std::string_view media_type,
                           Coding coding,
                           const Dataset& dataset) const;

    std::uint64_t version_hash_ = 0;
    bool cors_ = false;
    Headers no_store_;         // what may differ at any time, and problems
    Headers kept_;             // what the dataset decides
    Headers kept_negotiated_;  // the same, in several representations
    Headers page_;             // on HTML, which loads its own scripts and styles
    Headers api_;              // on everything else, which loads nothing
};

// The 406 of a route that writes one media type, where Accept refuses it. Routes with several
// choose for themselves.
std::optional<Problem> refuse_accept(const Route& route, std::string_view accept);

// Whether If-None-Match lists this entity tag, compared weakly (RFC 9110 section 13.1.2).
bool matches_entity_tag(std::string_view if_none_match, std::string_view entity_tag);

}  // namespace chr21::api
