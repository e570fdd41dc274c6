#include "service/delivery.hpp"

#include "service/body_beginning.hpp"
#include "service/coding.hpp"
#include "service/negotiation.hpp"
#include "text/hexadecimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <xxhash.h>

namespace chr21::service {

namespace {

// Below this many bytes compression costs more than it saves.
constexpr std::size_t least_compressed = 1024;

bool is_compressible(std::string_view media_type) {
    return media_type.starts_with("text/") || media_type.starts_with("application/") ||
           media_type.starts_with("image/svg");
}

// Changes with whatever decides the bytes: the dataset where the route needs one, the program, the
// request target, the media type and the coding.
class EntityTag {
public:
    EntityTag(const Exchange& exchange,
              std::string_view media_type,
              std::uint64_t version_and_coding,
              const GeneStore& store) {
        const auto mix = [](std::string_view text, XXH64_hash_t seed) {
            return XXH3_64bits_withSeed(text.data(), text.size(), seed);
        };
        auto hash = version_and_coding;
        const auto freshness = exchange.match.route->freshness;
        if (freshness != Freshness::program) hash = mix(store.dataset().sha256, hash);
        // The same export may be loaded again for its rows.
        if (freshness != Freshness::program && !store.dataset().keeps_rows) hash = mix("set", hash);
        if (freshness == Freshness::load) hash = mix(store.dataset().loaded_at, hash);
        hash = mix(media_type, hash);
        hash = mix(exchange.request.target, hash);
        std::ranges::copy(text::hexadecimal(hash), text_.begin() + 1);
        text_.front() = text_.back() = '"';
    }

    std::string_view text() const { return {text_.data(), text_.size()}; }

private:
    static constexpr std::size_t digits = 16;
    std::array<char, digits + 2> text_{};
};

// Finds out whether the body is long, and makes one that is not. Leaves a source in a long one.
bool is_long(Content& content) {
    if (content.source == nullptr) {
        if (content.gzipped || content.body.size() <= whole_body_limit) return false;
        content.source = pieces_of(std::exchange(content.body, {}));
        return true;
    }
    if (content.least_size > whole_body_limit) return true;
    BodyBeginning beginning(std::move(content.source));
    if (beginning.exceeds(whole_body_limit)) {
        content.source = std::move(beginning).from_the_first();
        return true;
    }
    content.body = beginning.whole();
    return false;
}

// Makes the first piece now, while a fault can still be told by a status.
std::unique_ptr<LongBody> begin_long_body(std::unique_ptr<BodySource> source,
                                          Coding coding,
                                          std::shared_ptr<const OpenDataset> owner) {
    BodyBeginning beginning(std::move(source));
    beginning.exceeds(0);
    return std::make_unique<LongBody>(encode(coding, std::move(beginning).from_the_first()),
                                      std::move(owner));
}

// The coding to send; a body that is stored compressed is opened where it must be.
Coding choose_coding_of(Content& content, std::string_view accept_encoding) {
    if (accept_encoding.empty() && !content.gzipped) return Coding::identity;
    const auto chosen = choose_coding(accept_encoding).value_or(Coding::identity);
    if (content.gzipped && chosen != Coding::gzip) {
        content.body = gunzip(content.body);
        content.gzipped = false;
    }
    if (content.gzipped) return Coding::gzip;
    const bool worth_it = content.source != nullptr || content.body.size() >= least_compressed;
    return worth_it && is_compressible(content.media_type) ? chosen : Coding::identity;
}

std::string encoded(Content&& content, Coding coding) {
    if (coding == Coding::identity || content.gzipped) return std::move(content.body);
    return encode(coding, content.body);
}

void add_body(const Exchange& exchange,
              Response& response,
              std::string_view media_type,
              std::string&& body) {
    std::array<char, 24> length{};
    const auto* const end = std::to_chars(length.begin(), length.end(), body.size()).ptr;
    response.headers.add_lines("Content-Type: ",
                               media_type,
                               "\r\nContent-Length: ",
                               std::string_view(length.data(), end),
                               "\r\n");
    if (exchange.request.method != Method::head) response.body = std::move(body);
}

Response begin(int status, const Headers& headers) {
    Response response{.status = status};
    constexpr std::size_t usual_bytes = 512;
    response.headers.reserve(usual_bytes);
    response.headers.append(headers);
    return response;
}

// Whether a route answers from a dataset: what only tells how the program does does not.
bool is_made_from_dataset(const Route& route) {
    return route.freshness == Freshness::dataset || route.freshness == Freshness::load ||
           !route.pin.empty();
}

void add_dataset(Headers& headers, const Route& route, const OpenDataset& dataset) {
    if (!is_made_from_dataset(route)) return;
    headers.add_lines("X-Dataset: ", dataset.store->dataset().sha256, "\r\n");
}

Headers common_headers(const ServiceOptions& options) {
    Headers common;
    if (!options.cors_origin.empty()) {
        common.add("Access-Control-Allow-Origin", options.cors_origin);
        // A wildcard stands for all names where no credentials are sent, and to any origin none
        // are.
        common.add("Access-Control-Expose-Headers",
                   options.cors_origin == "*"
                       ? "*"
                       : "Content-Disposition, ETag, Link, Retry-After, Server-Timing, "
                         "X-Dataset, X-Dataset-Stale-Since, X-Notice, X-Request-Id, "
                         "X-Total-Count");
    }
    common.add("X-Content-Type-Options", "nosniff");
    common.add("Referrer-Policy", "no-referrer");
    return common;
}

Headers caching_headers(std::string_view cache_control, std::string_view vary) {
    Headers caching;
    caching.add("Cache-Control", cache_control);
    if (!vary.empty()) caching.add("Vary", vary);
    return caching;
}

}  // namespace

Delivery::Delivery(const ServiceOptions& options)
    : version_hash_(XXH3_64bits(options.version.data(), options.version.size())),
      cors_(!options.cors_origin.empty()) {
    constexpr std::string_view one = "Accept-Encoding";
    constexpr std::string_view several = "Accept, Accept-Encoding";
    const std::array caching = {caching_headers("no-store", ""),
                                caching_headers(options.cache_control, one),
                                caching_headers(options.cache_control, several),
                                caching_headers(options.pinned_cache_control, one),
                                caching_headers(options.pinned_cache_control, several)};
    for (std::size_t at = 0; at < caching.size(); ++at) {
        page_.at(at) = api_.at(at) = common_headers(options);
        page_.at(at).add(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        api_.at(at).add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        page_.at(at).append(caching.at(at));
        api_.at(at).append(caching.at(at));
    }
}

Response Delivery::deliver_methods(const Exchange& exchange) const {
    auto response = begin(204, api_.at(no_store));
    auto& headers = response.headers;
    headers.add("Allow", exchange.match.allow);
    if (cors_ && !exchange.request.access_control_request_method.empty()) {
        headers.add("Access-Control-Allow-Methods", exchange.match.allow);
        headers.add("Access-Control-Allow-Headers",
                    "Accept, Content-Type, If-None-Match, X-Request-Id");
        headers.add("Access-Control-Max-Age", "86400");
    }
    return response;
}

Delivery::Keeping Delivery::keeping_of(const Route& route,
                                       const Content& content,
                                       const Chosen& chosen) {
    if (route.freshness == Freshness::moment) return no_store;
    // The answer of a dataset that was named never changes.
    if (chosen.pinned) return content.negotiated ? pinned_negotiated : pinned;
    return content.negotiated ? kept_negotiated : kept;
}

Response Delivery::deliver(const Exchange& exchange,
                           Content&& content,
                           const Chosen& chosen) const {
    const auto& route = *exchange.match.route;
    const auto& blocks = content.media_type.starts_with("text/html") ? page_ : api_;
    auto response = begin(content.status, blocks[keeping_of(route, content, chosen)]);
    auto& headers = response.headers;
    headers.append(content.headers);
    if (!content.notices.empty()) headers.add("X-Notice", to_field_value(content.notices));
    add_dataset(headers, route, *chosen.dataset);
    if (chosen.stale_since) headers.add("X-Dataset-Stale-Since", *chosen.stale_since);
    const bool in_pieces = is_long(content);
    const auto coding = choose_coding_of(content, exchange.request.accept_encoding);
    if (route.freshness != Freshness::moment) {
        const EntityTag tag(exchange,
                            content.media_type,
                            version_hash_ + static_cast<std::uint64_t>(coding),
                            *chosen.dataset->store);
        headers.add_lines("ETag: ", tag.text(), "\r\n");
        if (matches_entity_tag(exchange.request.if_none_match, tag.text())) {
            response.status = 304;
            return response;
        }
    }
    if (coding != Coding::identity) headers.add("Content-Encoding", to_text(coding));
    if (in_pieces) {
        headers.add_lines("Content-Type: ", content.media_type, "\r\n");
        if (exchange.request.method == Method::head) return response;
        response.long_body = begin_long_body(std::move(content.source), coding, chosen.owner());
        return response;
    }
    const auto media_type = content.media_type;
    add_body(exchange, response, media_type, encoded(std::move(content), coding));
    return response;
}

Response Delivery::deliver(const Exchange& exchange,
                           const Problem& problem,
                           const OpenDataset* dataset) const {
    auto content = exchange.match.dialect->write(problem, exchange.request);
    auto response = begin(content.status, api_.at(no_store));
    response.headers.append(content.headers);
    response.headers.append(problem.headers);
    if (dataset != nullptr) add_dataset(response.headers, *exchange.match.route, *dataset);
    add_body(exchange, response, content.media_type, std::move(content.body));
    return response;
}

bool matches_entity_tag(std::string_view if_none_match, std::string_view entity_tag) {
    while (!if_none_match.empty()) {
        const auto end = std::min(if_none_match.find(','), if_none_match.size());
        auto tag = if_none_match.substr(0, end);
        if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
        while (tag.starts_with(' ') || tag.starts_with('\t')) tag.remove_prefix(1);
        while (tag.ends_with(' ') || tag.ends_with('\t')) tag.remove_suffix(1);
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == "*" || tag == entity_tag) return true;
    }
    return false;
}

}  // namespace chr21::service
