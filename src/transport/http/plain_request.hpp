#pragma once

#include "service/request.hpp"
#include "transport/http/request_reader.hpp"

#include <cstddef>
#include <string_view>

namespace chr21::http {

// Reads what clients send nearly always without Boost.Beast, at a fraction of its cost: a whole
// head of GET or HEAD with HTTP/1.1, a path as its target, one Host, no body, and no header but
// those listed in plain_request.cpp, each once and written in visible ASCII and spaces. Beast would
// read the same from it. Returns the bytes of the head; 0 for all else, which is Beast's to read or
// to refuse, and then `request` is not to be used.
std::size_t read_plain_request(std::string_view bytes,
                               const RequestLimits& limits,
                               service::Request& request);

}  // namespace chr21::http
