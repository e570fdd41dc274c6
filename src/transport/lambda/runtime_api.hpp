#pragma once

#include "transport/lambda/connection.hpp"
#include "transport/lambda/invocation.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace chr21::lambda {

// What became of an answer or a failure that was posted. All but the first are the platform's word
// on this one invocation; the next one may come.
enum class Posted : std::uint8_t {
    accepted,
    too_late,   // 403, 410: it has been answered, or ended, meanwhile
    too_large,  // 413
    refused,    // 400
};

// AWS Lambda's Runtime API, version 2018-06-01, as a client sees it. For one thread, but for
// interrupt(). An error is one line for people, after which the process has to end.
class RuntimeApi {
public:
    explicit RuntimeApi(const Address& address) : connection_(address) {}

    // Waits for an event without a limit. Of the invocation, what the platform says is set.
    std::expected<Invocation, std::string> next();

    std::expected<Posted, std::string> answer(const Invocation& invocation, std::string_view json);
    std::expected<Posted, std::string> fail(const Invocation& invocation, const Failure& failure);

    // Tells why the start failed, before the first next(). The process has to end afterwards.
    std::expected<Posted, std::string> fail_start(const Failure& failure);

    // Ends a next() under way, and every later one at once. From any thread.
    void interrupt() noexcept { connection_.interrupt(); }

private:
    std::expected<Posted, std::string> post(const ApiRequest& request);
    std::expected<Posted, std::string> post_failure(ApiRequest request, const Failure& failure);

    Connection connection_;
};

// {"errorType": ..., "errorMessage": ..., "stackTrace": []}, in UTF-8.
std::string to_json(const Failure& failure);

}  // namespace chr21::lambda
