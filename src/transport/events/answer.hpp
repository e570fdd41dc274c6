#pragma once

#include "service/response.hpp"
#include "transport/events/sender.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace chr21::events {

// Whether a load balancer was told to give each header field a list of values; API Gateway always
// does or never.
enum class HeaderLists : bool { no, yes };

// The response as the JSON that the sender turns into HTTP; absent where it would have more than
// `limit` bytes. What belongs to the connection is left to the sender, with Content-Length.
std::optional<std::string> write_answer(Sender sender,
                                        HeaderLists lists,
                                        const service::Response& response,
                                        std::size_t limit);

}  // namespace chr21::events
