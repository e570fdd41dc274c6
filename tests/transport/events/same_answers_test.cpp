// One request is answered alike over HTTP and as an event of every sender.

#include "api/contract.hpp"
#include "datasets/export_dataset.hpp"
#include "service/service.hpp"
#include "store/memory/catalog.hpp"
#include "tests/transport/events/logical_request.hpp"
#include "tests/transport/events/senders.hpp"
#include "transport/events/http_event.hpp"
#include "transport/http/request_reader.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::events {
namespace {

// A service over the bundled genes.
struct BundledService {
    BundledService()
        : shelf([] {
              auto bundled = datasets::read_bundled_export().value();
              auto store =
                  memory::make_catalog(bundled.dataset, std::move(bundled.genes), api::to_json);
              auto karyotype = datasets::karyotype_of(*store);
              return OpenDataset{std::move(store), std::move(karyotype)};
          }()),
          service(shelf, testing::contracts(), {.version = "1"}, [](const observe::Event&) {}) {}

    testing::FixedShelf shelf;
    service::Service service;
};

const service::Service& service_of_bundled_genes() {
    static const BundledService bundled;
    return bundled.service;
}

Given given(const service::Response& response) {
    Given all{.status = response.status, .body = response.body};
    response.headers.for_each(
        [&](std::string_view name, std::string_view value) { all.add(name, value); });
    return all;
}

// Without what depends on the clock, and what is the connection's.
Given comparable(Given given) {
    given.fields.erase("server-timing");
    given.fields.erase("content-length");
    return given;
}

std::string http_message(const LogicalRequest& request) {
    auto message = request.method + " " + request.target() + " HTTP/1.1\r\nHost: genes.example\r\n";
    for (const auto& [name, value] : request.fields) {
        message.append(name).append(": ").append(value).append("\r\n");
    }
    if (!request.body.empty()) {
        message += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return message + "\r\n" + request.body;
}

Given given_over_http(const LogicalRequest& request) {
    const auto message = http_message(request);
    const http::RequestLimits limits;
    http::RequestReader reader(limits);
    const auto reading = reader.read(message);
    const auto& service = service_of_bundled_genes();
    if (reading.progress == http::Progress::refused) {
        return given(service.refuse(reading.refusal.status, reading.refusal.detail));
    }
    RC_ASSERT(reading.progress == http::Progress::complete);
    return given(service.answer_whole(reading.request));
}

Given given_of_event(Shape shape, const HttpEvent& event) {
    const auto& service = service_of_bundled_genes();
    const auto& refusal = event.refusal();
    const auto response = refusal ? service.refuse(refusal->status, refusal->detail)
                                  : service.answer_whole(event.request());
    return given_by_sender(shape, event.answer(response).value());
}

Pairs decoded_query(std::string_view target) {
    Pairs decoded;
    for (const auto& part : service::split_query(service::split_target(target).query)) {
        const auto value = part.value.value_or("");
        decoded.emplace_back(service::percent_decode(part.name, service::Plus::is_space).value(),
                             service::percent_decode(value, service::Plus::is_space).value());
    }
    return decoded;
}

// The same request as the HTTP transport has to see it where this sender decodes the query, and
// compresses by itself.
LogicalRequest as_written_anew(LogicalRequest request, const HttpEvent& event) {
    const auto target = service::split_target(event.request().target);
    RC_ASSERT(target.path == request.path);
    RC_ASSERT(decoded_query(event.request().target) == request.query);
    request.raw_query = target.query;
    std::erase_if(request.fields,
                  [](const auto& field) { return field.first == "Accept-Encoding"; });
    return request;
}

bool repeats_a_name(const LogicalRequest& request) {
    return lasts_of(raw_parts(request.raw_query)).size() != request.query.size();
}

void expect_same(Shape shape, const LogicalRequest& request) {
    RC_LOG() << "shape " << static_cast<int>(shape) << '\n';
    const auto event = HttpEvent::read(event_of(shape, request, *rc::gen::arbitrary<bool>()));
    RC_ASSERT(event.has_value());
    const auto over_http =
        given_over_http(shape == Shape::rest_api ? as_written_anew(request, *event) : request);
    const auto as_event = given_of_event(shape, *event);
    RC_ASSERT(comparable(as_event) == comparable(over_http));
}

// However the client encodes it, and whoever compresses, the same is answered.
void expect_the_same_status(Shape shape, const LogicalRequest& request) {
    const auto event = HttpEvent::read(event_of(shape, request, false)).value();
    RC_ASSERT(given_of_event(shape, event).status == given_over_http(request).status);
}

// Asks again with the entity tag that it was given, where it was.
LogicalRequest conditional(LogicalRequest request, Shape shape) {
    const auto event = HttpEvent::read(event_of(shape, request, false)).value();
    const auto first = given_of_event(shape, event);
    const auto tag = first.fields.find("etag");
    if (tag != first.fields.end()) request.fields.emplace_back("If-None-Match", tag->second);
    return request;
}

void expect_same_of_every_sender(const LogicalRequest& request) {
    RC_LOG() << rc::toString(request) << '\n';
    for (const auto shape : shapes) {
        // Without lists, a load balancer keeps the last value of a name only.
        if (shape == Shape::load_balancer && repeats_a_name(request)) continue;
        expect_same(shape, request);
        expect_the_same_status(shape, request);
        expect_same(shape, conditional(request, shape));
    }
}

RC_GTEST_PROP(SameAnswers, AreGivenOverHttpAndToEverySender, ()) {
    constexpr int requests_at_once = 5;
    for (int at = 0; at < requests_at_once; ++at) expect_same_of_every_sender(any_request());
}

RC_GTEST_PROP(SameAnswers, AreGivenToTargetsThatAreTooLong, ()) {
    LogicalRequest request{.method = "GET", .path = "/genes"};
    request.query = {{"search", std::string(*rc::gen::inRange<std::size_t>(8170, 8190), 'a')}};
    request.raw_query = "search=" + request.query.front().second;
    request.fields = {{"X-Request-Id", "mine"}};
    for (const auto shape : shapes) {
        const auto event = HttpEvent::read(event_of(shape, request, false)).value();
        const auto as_event = given_of_event(shape, event);
        const auto over_http = given_over_http(request);
        RC_ASSERT(as_event.status == over_http.status);
        RC_ASSERT(as_event.body == over_http.body);
    }
}

}  // namespace
}  // namespace chr21::events
