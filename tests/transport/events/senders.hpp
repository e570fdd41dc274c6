#pragma once

// What API Gateway, function URLs and load balancers make of a client's request, and of an answer.

#include "tests/transport/events/logical_request.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"
#include "transport/events/base64.hpp"

#include <map>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace chr21::events {

enum class Shape : std::uint8_t {
    rest_api,
    http_api,
    http_api_with_stage,
    function_url,
    load_balancer,
    load_balancer_with_lists,
};

inline constexpr std::array shapes{Shape::rest_api,
                                   Shape::http_api,
                                   Shape::http_api_with_stage,
                                   Shape::function_url,
                                   Shape::load_balancer,
                                   Shape::load_balancer_with_lists};

inline void append_to(boost::json::object& map, std::string_view name, std::string_view value) {
    auto& list = map[name];
    if (list.is_null()) list.emplace_array();
    list.as_array().emplace_back(value);
}

// Each name with the list of its values, in order.
inline boost::json::object lists_of(const Pairs& pairs) {
    boost::json::object map;
    for (const auto& [name, value] : pairs) append_to(map, name, value);
    return map;
}

// Each name, in lower case, with its values joined.
inline boost::json::object joined_fields(const Pairs& fields) {
    boost::json::object map;
    for (const auto& [name, value] : fields) {
        auto& joined = map[text::lower_case(name)];
        const auto before = joined.is_null() ? "" : std::string(joined.as_string()) + ",";
        joined = before + value;
    }
    return map;
}

inline boost::json::object lasts_of(const Pairs& pairs) {
    boost::json::object map;
    for (const auto& [name, value] : pairs) map[name] = value;
    return map;
}

// The parts of a query as they were sent.
inline Pairs raw_parts(std::string_view query) {
    Pairs parts;
    for (const auto& part : service::split_query(query)) {
        parts.emplace_back(part.name, part.value.value_or(""));
    }
    return parts;
}

inline void add_body(boost::json::object& event, const std::string& body, bool as_base64) {
    if (body.empty()) {
        event["body"] = nullptr;
        event["isBase64Encoded"] = false;
        return;
    }
    std::string encoded;
    append_base64(encoded, body);
    event["body"] = as_base64 ? encoded : body;
    event["isBase64Encoded"] = as_base64;
}

inline boost::json::object rest_api_event(const LogicalRequest& request, const Pairs& fields) {
    return {{"resource", "/{proxy+}"},
            {"path", request.path},
            {"httpMethod", request.method},
            {"headers", lasts_of(fields)},
            {"multiValueHeaders", lists_of(fields)},
            {"queryStringParameters", lasts_of(request.query)},
            {"multiValueQueryStringParameters", lists_of(request.query)},
            {"pathParameters", {{"proxy", request.path.substr(1)}}},
            {"stageVariables", nullptr},
            {"requestContext",
             {{"resourcePath", "/{proxy+}"},
              {"httpMethod", request.method},
              {"path", "/prod" + request.path},
              {"stage", "prod"},
              {"requestId", "e1506fd5-9e7b-434f-bd42-4f8fa224b599"},
              {"identity", {{"sourceIp", "203.0.113.9"}, {"userAgent", nullptr}}},
              {"domainName", "abcdefghij.execute-api.eu-west-1.amazonaws.com"}}}};
}

inline boost::json::object payload_2_event(const LogicalRequest& request,
                                           const Pairs& fields,
                                           std::string_view stage,
                                           std::string_view domain) {
    const auto path = stage == "$default" ? request.path : "/" + std::string(stage) + request.path;
    return {{"version", "2.0"},
            {"routeKey", "$default"},
            {"rawPath", path},
            {"rawQueryString", request.raw_query},
            {"cookies", {"a=1", "b=2"}},
            {"headers", joined_fields(fields)},
            {"queryStringParameters", {{"joined", "1,2"}}},
            {"requestContext",
             {{"domainName", domain},
              {"http",
               {{"method", request.method},
                {"path", path},
                {"protocol", "HTTP/1.1"},
                {"sourceIp", "203.0.113.9"}}},
              {"requestId", "JKJaXmPLvHcESHA="},
              {"stage", stage}}}};
}

inline boost::json::object load_balancer_event(const LogicalRequest& request,
                                               const Pairs& fields,
                                               bool has_lists) {
    Pairs lowered;
    for (const auto& [name, value] : fields) lowered.emplace_back(text::lower_case(name), value);
    const auto query = raw_parts(request.raw_query);
    boost::json::object event{
        {"requestContext", {{"elb", {{"targetGroupArn", "arn:aws:elasticloadbalancing"}}}}},
        {"httpMethod", request.method},
        {"path", request.path}};
    if (has_lists) {
        event["multiValueHeaders"] = lists_of(lowered);
        event["multiValueQueryStringParameters"] = lists_of(query);
    } else {
        event["headers"] = joined_fields(fields);
        event["queryStringParameters"] = lasts_of(query);
    }
    return event;
}

inline std::string event_of(Shape shape, const LogicalRequest& request, bool as_base64) {
    auto fields = request.fields;
    for (const auto& [name, value] :
         {std::pair("Host", "genes.example"),
          std::pair("X-Forwarded-For", "203.0.113.9"),
          std::pair("X-Forwarded-Proto", "https"),
          std::pair("X-Amzn-Trace-Id", "Root=1-5bdb40ca-556d8b0c50dc")}) {
        fields.emplace_back(name, value);
    }
    auto event = [&] {
        switch (shape) {
            case Shape::rest_api:
                return rest_api_event(request, fields);
            case Shape::http_api:
                return payload_2_event(request, fields, "$default", "a.execute-api.example");
            case Shape::http_api_with_stage:
                return payload_2_event(request, fields, "genes", "a.execute-api.example");
            case Shape::function_url:
                return payload_2_event(
                    request, fields, "$default", "a.lambda-url.eu-west-1.on.aws");
            case Shape::load_balancer:
                return load_balancer_event(request, fields, false);
            case Shape::load_balancer_with_lists:
                return load_balancer_event(request, fields, true);
        }
        throw std::logic_error("no such shape");
    }();
    add_body(event, request.body, as_base64 || find_invalid_utf8(request.body).has_value());
    return boost::json::serialize(event);
}

// What a client is given.
struct Given {
    int status = 0;
    std::map<std::string, std::string> fields = {};  // by names in lower case
    std::string body = {};

    void add(std::string_view name, std::string_view value) {
        auto& joined = fields[text::lower_case(name)];
        joined += joined.empty() ? std::string(value) : ", " + std::string(value);
    }

    friend bool operator==(const Given&, const Given&) = default;
};

inline void showValue(const Given& given, std::ostream& out) {
    out << given.status << '\n';
    for (const auto& [name, value] : given.fields) out << name << ": " << value << '\n';
    out << '\n' << rc::toString(given.body.substr(0, 1000)) << '\n';
}

// What the sender of an event gives its client of an answer; throws where it would be a 502.
inline Given given_by_sender(Shape shape, std::string_view answer) {
    const auto json = boost::json::parse(answer).as_object();
    Given given{.status = static_cast<int>(json.at("statusCode").to_number<int>())};
    const bool has_lists = shape == Shape::rest_api || shape == Shape::load_balancer_with_lists;
    for (const auto& field : json.at(has_lists ? "multiValueHeaders" : "headers").as_object()) {
        if (!has_lists) {
            given.add(field.key(), std::string(field.value().as_string()));
            continue;
        }
        for (const auto& value : field.value().as_array()) {
            given.add(field.key(), std::string(value.as_string()));
        }
    }
    given.body = json.at("body").as_string();
    if (json.at("isBase64Encoded").as_bool()) given.body = base64_decoded(given.body).value();
    const bool is_balanced =
        shape == Shape::load_balancer || shape == Shape::load_balancer_with_lists;
    if (is_balanced != json.contains("statusDescription")) throw std::logic_error("description");
    return given;
}

}  // namespace chr21::events
