#pragma once

#include "service/dialect.hpp"
#include "service/options.hpp"
#include "service/request.hpp"
#include "service/response.hpp"
#include "service/router.hpp"
#include "store/dataset_shelf.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::service {

// One request on its way back.
struct Exchange {
    const Request& request;
    const Target& target;
    const Match& match;
    std::string_view request_id;
};

// What a request is answered from.
struct Chosen {
    const OpenDataset* dataset;
    std::shared_ptr<const OpenDataset> pinned = {};  // likewise, where the request named it
    std::optional<std::string> stale_since = {};     // as DatasetShelf says
    // What owns it where it was not named: the shelf's, as good as its reference.
    const std::shared_ptr<const OpenDataset>* active = nullptr;

    std::shared_ptr<const OpenDataset> owner() const {
        return pinned || active == nullptr ? pinned : *active;
    }
};

// Turns answers into responses: compression, entity tags and conditional requests, caching, CORS
// and security headers, HEAD. Only who asked and how long it took is still missing. Immutable, so
// safe to use from many threads.
class Delivery {
public:
    explicit Delivery(const ServiceOptions& options);

    Response deliver(const Exchange& exchange, Content&& content, const Chosen& chosen) const;
    // `dataset` is what the problem was found with, where it was.
    Response deliver(const Exchange& exchange,
                     const Problem& problem,
                     const OpenDataset* dataset = nullptr) const;
    // The answer to OPTIONS.
    Response deliver_methods(const Exchange& exchange) const;

private:
    // How long an answer may be kept.
    enum Keeping : std::uint8_t { no_store, kept, kept_negotiated, pinned, pinned_negotiated };

    static Keeping keeping_of(const Route& route, const Content& content, const Chosen& chosen);

    std::uint64_t version_hash_ = 0;
    bool cors_ = false;
    std::array<Headers, 5> page_;  // by Keeping: on HTML, which loads its own scripts and styles
    std::array<Headers, 5> api_;   // on everything else, which loads nothing
};

// Whether If-None-Match lists this entity tag, compared weakly (RFC 9110 section 13.1.2).
bool matches_entity_tag(std::string_view if_none_match, std::string_view entity_tag);

}  // namespace chr21::service
