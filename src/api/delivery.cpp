#include "api/delivery.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

namespace chr21::api {

namespace {

// Below this many bytes compression costs more than it saves.
constexpr std::size_t least_compressed = 1024;

bool is_compressible(std::string_view media_type) {
    return media_type.starts_with("text/") || media_type.starts_with("application/") ||
           media_type.starts_with("image/svg");
}

// "app;dur=" and milliseconds with three decimals, as Server-Timing has them.
class ServerTiming {
public:
    explicit ServerTiming(std::chrono::steady_clock::time_point started) {
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - started);
        constexpr std::string_view name = "app;dur=";
        char* at = std::ranges::copy(name, text_.begin()).out;
        at = std::to_chars(at, text_.end(), took.count() / 1000).ptr;
        char* const fraction = at;
        end_ = std::to_chars(fraction, text_.end(), 1000 + (took.count() % 1000)).ptr;
        *fraction = '.';
    }

    std::string_view text() const { return {text_.data(), end_}; }

private:
    std::array<char, 48> text_{};
    const char* end_ = nullptr;
};

// The coding to send; a body that is stored compressed is opened where it must be.
Coding choose_coding_of(Content& content, std::string_view accept_encoding) {
    if (accept_encoding.empty() && !content.gzipped) return Coding::identity;
    const auto chosen = choose_coding(accept_encoding).value_or(Coding::identity);
    if (content.gzipped && chosen != Coding::gzip) {
        content.body = gunzip(content.body);
        content.gzipped = false;
    }
    if (content.gzipped) return Coding::gzip;
    const bool worth_it = content.body.size() >= least_compressed;
    return worth_it && is_compressible(content.media_type) ? chosen : Coding::identity;
}

std::string encoded(Content content, Coding coding) {
    if (coding == Coding::identity || content.gzipped) return std::move(content.body);
    return encode(coding, content.body);
}

void add_body(const Exchange& exchange, Response& response, std::string body) {
    response.headers.add("Content-Length", std::to_string(body.size()));
    if (exchange.request.method != Method::head) response.body = std::move(body);
}

}  // namespace

Delivery::Delivery(const ServiceOptions& options)
    : version_hash_(XXH3_64bits(options.version.data(), options.version.size())),
      cors_(!options.cors_origin.empty()) {
    Headers common;
    if (cors_) {
        common.add("Access-Control-Allow-Origin", options.cors_origin);
        // A wildcard stands for all names where no credentials are sent, and to any origin none
        // are.
        common.add("Access-Control-Expose-Headers",
                   options.cors_origin == "*"
                       ? "*"
                       : "Content-Disposition, ETag, Link, Retry-After, Server-Timing, "
                         "X-Request-Id, X-Total-Count");
    }
    common.add("X-Content-Type-Options", "nosniff");
    common.add("Referrer-Policy", "no-referrer");
    api_.append(common);
    api_.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    no_store_.add("Cache-Control", "no-store");
    for (auto* const kept : {&kept_, &kept_negotiated_}) {
        kept->add("Cache-Control", options.cache_control);
    }
    kept_.add("Vary", "Accept-Encoding");
    kept_negotiated_.add("Vary", "Accept, Accept-Encoding");
    page_.append(common);
    page_.add("Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

Response Delivery::start(const Exchange& exchange, int status, bool is_page) const {
    Response response{.status = status};
    constexpr std::size_t usual_bytes = 1024;
    response.headers.reserve(usual_bytes);
    response.headers.append(is_page ? page_ : api_);
    response.headers.add("X-Request-Id", exchange.request_id);
    response.headers.add("Server-Timing", ServerTiming(exchange.started).text());
    return response;
}

void Delivery::add_preflight(const Exchange& exchange, Headers& headers) const {
    headers.add("Allow", exchange.match.allow);
    if (!cors_ || exchange.request.access_control_request_method.empty()) return;
    headers.add("Access-Control-Allow-Methods", exchange.match.allow);
    headers.add("Access-Control-Allow-Headers",
                "Accept, Content-Type, If-None-Match, X-Request-Id");
    headers.add("Access-Control-Max-Age", "86400");
}

// Changes with whatever decides the bytes: the dataset, the program, the request target, the media
// type and the coding.
std::string Delivery::entity_tag(const Exchange& exchange,
                                 std::string_view media_type,
                                 Coding coding,
                                 const Dataset& dataset) const {
    const auto mix = [](std::string_view text, XXH64_hash_t seed) {
        return XXH3_64bits_withSeed(text.data(), text.size(), seed);
    };
    auto hash = mix(dataset.sha256, version_hash_ + static_cast<XXH64_hash_t>(coding));
    if (exchange.match.route->freshness == Freshness::load) hash = mix(dataset.loaded_at, hash);
    hash = mix(media_type, hash);
    hash = mix(exchange.request.target, hash);
    constexpr std::size_t digits = 16;
    std::string tag(digits + 2, '"');
    for (std::size_t at = digits; at > 0; --at, hash >>= 4U) {
        tag[at] = "0123456789abcdef"[hash & 15U];
    }
    return tag;
}

const Headers& Delivery::caching(const Route& route) const {
    if (route.freshness == Freshness::moment) return no_store_;
    return route.media_types.size() > 1 ? kept_negotiated_ : kept_;
}

Response Delivery::deliver(const Exchange& exchange,
                           Content content,
                           const Dataset& dataset) const {
    auto response = start(exchange, content.status, content.media_type.starts_with("text/html"));
    auto& headers = response.headers;
    if (content.status == 204) {
        add_preflight(exchange, headers);
        return response;
    }
    const auto& route = *exchange.match.route;
    headers.append(content.headers);
    headers.append(caching(route));
    const auto coding = choose_coding_of(content, exchange.request.accept_encoding);
    if (route.freshness != Freshness::moment) {
        const auto tag = entity_tag(exchange, content.media_type, coding, dataset);
        headers.add("ETag", tag);
        if (matches_entity_tag(exchange.request.if_none_match, tag)) {
            response.status = 304;
            return response;
        }
    }
    headers.add("Content-Type", content.media_type);
    if (coding != Coding::identity) headers.add("Content-Encoding", to_text(coding));
    add_body(exchange, response, encoded(std::move(content), coding));
    return response;
}

Response Delivery::deliver(const Exchange& exchange, const Problem& problem) const {
    auto response = start(exchange, problem.status, false);
    response.headers.append(problem.headers);
    response.headers.append(no_store_);
    response.headers.add("Content-Type", problem_media_type);
    add_body(exchange, response, to_json(problem, exchange.request.target));
    return response;
}

std::optional<Problem> refuse_accept(const Route& route, std::string_view accept) {
    if (accept.empty() || accept == "*/*" || route.media_types.size() > 1 ||
        route.media_types.front() == "*/*" || choose_media_type(accept, route.media_types)) {
        return std::nullopt;
    }
    return Problem{.status = 406,
                   .detail = fmt::format("Accept does not allow {}, which is all there is here",
                                         route.media_types.front())};
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

}  // namespace chr21::api
