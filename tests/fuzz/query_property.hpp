#pragma once

#include "service/query.hpp"
#include "tests/api/sample_service.hpp"
#include "text/percent_coding.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chr21::fuzz {

// What fails to hold for a service that is asked for `target`; empty when all does: every request
// has an answer of a known kind, each fault says something, and text survives encoding and
// decoding.
inline std::string query_complaint(std::string_view target) {
    static const testing::SampleService sample({.version = "1"}, testing::store_with_attributes());
    const auto response = sample.get(target);
    if (response.status >= 500) return "a request broke the service";
    if (response.status == 200 && response.headers.find("ETag").empty() &&
        response.headers.find("Cache-Control") != "no-store") {
        return "a good answer has no entity tag";
    }
    const auto decoded = service::percent_decode(target, service::Plus::stays);
    if (!decoded) return decoded.error().empty() ? "a refusal without a reason" : "";
    const auto again =
        service::percent_decode(text::percent_encoded(*decoded), service::Plus::stays);
    return again == decoded ? "" : "text does not survive percent-encoding";
}

}  // namespace chr21::fuzz
