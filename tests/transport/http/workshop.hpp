#pragma once

#include "service/dialect.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::http::testing {

using namespace std::chrono_literals;

// A contract whose answers cost what a test wants: /quick costs little; /slow/{name} is thought to
// take long, and is not answered before the gate is open; /spin says that it costs little, and
// takes a millisecond. POST /echo, thought to take long, says what it was asked.
class Workshop {
public:
    // One at a time, because answers are made by plain functions.
    Workshop() { current() = this; }
    ~Workshop() { current() = nullptr; }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    static std::array<const service::Dialect*, 1> dialects() { return {&dialect()}; }

    void open() {
        {
            const std::scoped_lock lock(mutex_);
            open_ = true;
        }
        changed_.notify_all();
    }

    // The names of the slow answers that have been begun, once there are that many of them.
    std::vector<std::string> begun(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, 5s, [&] { return begun_.size() >= count; });
        return begun_;
    }

    std::size_t spins() const { return spins_; }

private:
    static Workshop*& current() {
        static Workshop* one = nullptr;
        return one;
    }

    static std::chrono::nanoseconds long_time(const service::Outlook& /*outlook*/) { return 1s; }

    void wait(std::string_view name) {
        std::unique_lock lock(mutex_);
        begun_.emplace_back(name);
        changed_.notify_all();
        changed_.wait_for(lock, 5s, [this] { return open_; });
    }

    static std::string echo(const service::Request& request) {
        std::string body(request.method_text);
        for (const auto part : {request.target,
                                request.body,
                                request.accept,
                                request.accept_encoding,
                                request.content_type,
                                request.if_none_match,
                                request.origin,
                                request.request_id,
                                request.host,
                                request.forwarded_proto}) {
            body.append("|").append(part);
        }
        return body;
    }

    static service::Answer answer(const service::Call& call) {
        enum Row : std::uint8_t { quick, slow, spin };
        service::Content content{.media_type = "text/plain"};
        if (call.row == quick) {
            content.body = "quick";
        } else if (call.row == slow) {
            current()->wait(call.path_values.front());
            content.body = call.path_values.front();
        } else if (call.row == spin) {
            ++current()->spins_;
            const auto end = std::chrono::steady_clock::now() + 1ms;
            while (std::chrono::steady_clock::now() < end) continue;
            content.body = "spun";
        } else {
            content.body = echo(call.request);
        }
        return content;
    }

    static service::Content write(const service::Problem& problem,
                                  const service::Request& /*request*/) {
        return {.body = problem.detail, .media_type = "text/plain", .status = problem.status};
    }

    static const service::Dialect& dialect() {
        using service::Freshness;
        using service::Method;
        static constexpr auto moment = Freshness::moment;
        static constexpr std::array<service::Route, 5> routes{{
            {.method = Method::get, .path = "/quick", .freshness = moment},
            {.method = Method::get,
             .path = "/slow/{name}",
             .freshness = moment,
             .estimate = long_time},
            {.method = Method::get, .path = "/spin", .freshness = moment},
            {.method = Method::get, .path = "/echo", .freshness = moment, .estimate = long_time},
            {.method = Method::post, .path = "/echo", .freshness = moment, .estimate = long_time},
        }};
        static constexpr service::Dialect one{
            .name = "workshop", .routes = routes, .answer = answer, .write = write};
        return one;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;               // under mutex_
    std::vector<std::string> begun_;  // likewise
    std::atomic<std::size_t> spins_ = 0;
};

}  // namespace chr21::http::testing
