#pragma once

#include <string>
#include <string_view>

namespace chr21::http {

// Why bytes were no request, as Service::refuse wants it.
struct Refusal {
    int status = 0;
    std::string detail;
};

// 400: no method, no target, or not put together as they should be.
Refusal bad_request_line();

// `head` holds a request line that ends in no version of HTTP/1: 505 when it is another version,
// 400 when it is none.
Refusal bad_version(std::string_view head);

// `head` is as long as a head may be and has not ended: 414 when not even its first line has.
Refusal overlong_head(std::string_view head);

}  // namespace chr21::http
