#pragma once

// Requests drawn from the tables of every contract, whatever they will be sent as.

#include "api/operation.hpp"
#include "api/representation.hpp"
#include "service/dialect.hpp"
#include "tests/api/sample_service.hpp"
#include "tests/generators.hpp"
#include "text/percent_coding.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rapidcheck.h>

namespace chr21::events {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct LogicalRequest {
    std::string method;
    std::string path;       // percent-encoded, as the client sends it
    Pairs query;            // decoded; what has one name stands together
    std::string raw_query;  // the same as the client encodes it
    Pairs fields;           // in the client's order, without Host
    std::string body;

    std::string target() const { return raw_query.empty() ? path : path + "?" + raw_query; }
};

inline void showValue(const LogicalRequest& request, std::ostream& out) {
    out << request.method << ' ' << request.target() << '\n';
    for (const auto& [name, value] : request.fields) out << name << ": " << value << '\n';
    out << '\n' << rc::toString(request.body) << '\n';
}

// Encodes as some client might: what must be, and of the rest what chance tells, in either case.
class SomeEncoding {
public:
    explicit SomeEncoding(std::uint32_t seed) : chance_(seed) {}

    std::string path_part(std::string_view text) { return encoded(text, "!$&'()*+,;=:@"); }
    std::string query_part(std::string_view text) {
        std::string out;
        for (const char byte : text) {
            if (byte == ' ' && once_in(2)) {
                out += '+';
            } else {
                out += encoded({&byte, 1}, "!$'()*,:@/?");
            }
        }
        return out;
    }

private:
    bool once_in(std::uint32_t times) { return chance_() % times == 0; }

    std::string encoded(std::string_view text, std::string_view may_be_plain) {
        std::string out;
        for (const char byte : text) {
            const bool plain =
                text::is_unreserved(byte) ? !once_in(8) : may_be_plain.contains(byte) && once_in(2);
            if (plain) {
                out += byte;
                continue;
            }
            std::string code;
            text::append_percent_encoded_byte(code, byte);
            out += once_in(2) ? text::lower_case(code) : code;
        }
        return out;
    }

    std::mt19937 chance_;
};

// One route of one contract, with what its parameters are called.
struct DrawnRoute {
    service::Route route;
    std::vector<api::Parameter> parameters = {};
};

inline void showValue(const DrawnRoute& drawn, std::ostream& out) { out << drawn.route.path; }

inline std::vector<DrawnRoute> all_routes() {
    std::vector<DrawnRoute> routes;
    for (const auto* const dialect : testing::contracts()) {
        for (const auto& route : dialect->routes) {
            if (route.path != "/metrics") routes.push_back({route});
        }
    }
    for (const auto& operation : api::operations()) {
        for (auto& [route, parameters] : routes) {
            if (route.path != operation.path || route.method != operation.method) continue;
            parameters.assign(operation.parameters.begin(), operation.parameters.end());
        }
    }
    return routes;
}

inline std::string any_value(const api::Parameter& parameter) {
    std::vector<std::string> values{std::string(parameter.example), *testing::any_text()};
    for (const auto& choice : parameter.choices) values.emplace_back(choice);
    for (const auto* const value : {"21", "DYRK1A", "ENSG00000157540.22", "1", "21:1-20000000"}) {
        values.emplace_back(value);
    }
    // What means something is drawn more often than what does not.
    return *rc::gen::weightedOneOf<std::string>(
        {{3, rc::gen::just(values.front())}, {1, rc::gen::elementOf(values)}});
}

inline std::string any_path(const DrawnRoute& drawn, SomeEncoding& encoding) {
    std::string path;
    for (auto rest = drawn.route.path.substr(1);;) {
        const auto segment = rest.substr(0, rest.find('/'));
        api::Parameter parameter{.name = segment, .example = "index.html"};
        for (const auto& known : drawn.parameters) {
            if (known.in_path && !known.example.empty()) parameter = known;
        }
        path += '/';
        path += segment.starts_with('{') ? encoding.path_part(any_value(parameter))
                                         : std::string(segment);
        if (segment.size() == rest.size()) break;
        rest.remove_prefix(segment.size() + 1);
    }
    return path + *rc::gen::weightedElement<std::string>(
                      {{30, ""}, {1, "/"}, {1, "/more"}, {1, "%zz"}, {1, "%00"}, {1, "%2541"}});
}

inline Pairs any_query(const DrawnRoute& drawn) {
    Pairs query;
    for (const auto& parameter : drawn.parameters) {
        if (parameter.in_path || !*rc::gen::weightedElement<bool>({{5, false}, {1, true}}))
            continue;
        const auto times = *rc::gen::weightedElement<int>({{5, 1}, {1, 2}});
        for (int at = 0; at < times; ++at) {
            query.emplace_back(parameter.name, any_value(parameter));
        }
    }
    if (*rc::gen::inRange(0, 20) == 0) query.emplace_back(*testing::any_text(), "1");
    return query;
}

inline Pairs any_fields(bool has_body) {
    Pairs fields{{"X-Request-Id", *rc::gen::element<std::string>("mine", "r=1+2/3;4")}};
    std::vector<std::string> types{"*/*", "text/html", "text/*;q=0.5, application/json", "x"};
    for (const auto& format : api::formats) types.emplace_back(format.media_type);
    const auto perhaps = [&](std::string name, std::vector<std::string> values) {
        if (*rc::gen::arbitrary<bool>()) {
            fields.emplace_back(std::move(name), *rc::gen::elementOf(values));
        }
    };
    perhaps("Accept", types);
    if (*rc::gen::inRange(0, 8) == 0) fields.emplace_back("accept", *rc::gen::elementOf(types));
    perhaps("Accept-Encoding", {"gzip", "br", "gzip;q=0.5, br;q=0.1", "identity", "*", "*;q=0"});
    perhaps("Origin", {"https://genes.example"});
    perhaps("Access-Control-Request-Method", {"GET", "POST"});
    perhaps("User-Agent", {"curl/8.14.1"});
    if (*rc::gen::inRange(0, 6) == 0) fields.emplace_back("If-None-Match", "\"1\", *");
    if (!has_body) return fields;
    perhaps("Content-Type", {"application/json", "application/json; charset=utf-8", "text/plain"});
    if (*rc::gen::inRange(0, 8) == 0) fields.emplace_back("Content-Encoding", "gzip");
    return fields;
}

inline std::string any_method(service::Method method) {
    if (method == service::Method::post) {
        return *rc::gen::weightedElement<std::string>({{6, "POST"}, {1, "OPTIONS"}, {1, "GET"}});
    }
    return *rc::gen::weightedElement<std::string>(
        {{20, "GET"}, {4, "HEAD"}, {4, "OPTIONS"}, {1, "POST"}, {1, "DELETE"}});
}

inline std::string any_body() {
    return *rc::gen::element<std::string>(R"({"names":["DYRK1A","nothing","\u00e9","染"]})",
                                          R"({"ids":["ENSG00000157540","ENSG00000142168.17"]})",
                                          R"({"inputs":["SOD1"],"more":1})",
                                          "{\"names\":[\"\xFF\"]}",
                                          "not JSON",
                                          std::string("\0\x1F\x8B", 3),
                                          "");
}

inline LogicalRequest any_request() {
    static const auto routes = all_routes();
    const auto drawn = *rc::gen::elementOf(routes);
    SomeEncoding encoding(*rc::gen::arbitrary<std::uint32_t>());
    LogicalRequest request{.method = any_method(drawn.route.method),
                           .path = any_path(drawn, encoding),
                           .query = any_query(drawn)};
    for (const auto& [name, value] : request.query) {
        if (!request.raw_query.empty()) request.raw_query += '&';
        request.raw_query += encoding.query_part(name) + "=" + encoding.query_part(value);
    }
    if (request.method == "POST") request.body = any_body();
    request.fields = any_fields(request.method == "POST");
    return request;
}

}  // namespace chr21::events
