#pragma once

#include "tests/transport/lambda/tcp_listener.hpp"
#include "transport/lambda/address.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::lambda::testing {

// A fake of the Runtime API: hands out the events it is given, in their order, and keeps what is
// posted.
class FakePlatform {
public:
    FakePlatform() : listener_([this](const Asked& asked) { return answer(asked); }) {}
    ~FakePlatform() {
        {
            const std::scoped_lock lock(mutex_);
            is_over_ = true;
        }
        changed_.notify_all();
    }
    FakePlatform(const FakePlatform&) = delete;
    FakePlatform& operator=(const FakePlatform&) = delete;
    FakePlatform(FakePlatform&&) = delete;
    FakePlatform& operator=(FakePlatform&&) = delete;

    Address address() const { return {.host = "127.0.0.1", .port = listener_.port()}; }

    // `id` is the event as well. The function has an hour for it, or ends after `left`.
    void invoke(std::string_view id, std::chrono::milliseconds left = std::chrono::hours(1)) {
        const auto deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
                                  (std::chrono::system_clock::now() + left).time_since_epoch())
                                  .count();
        std::string text = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: ";
        text.append(id).append("\r\nLambda-Runtime-Deadline-Ms: ");
        text.append(std::to_string(deadline)).append("\r\nContent-Length: ");
        text.append(std::to_string(id.size())).append("\r\n\r\n").append(id);
        {
            const std::scoped_lock lock(mutex_);
            events_.push_back(std::move(text));
        }
        changed_.notify_all();
    }

    // "a/response text" or "a/error {...}" of each post, as soon as there are so many; in at most
    // ten seconds.
    std::vector<std::string> wait_for_posts(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return posts_.size() >= count; });
        return posts_;
    }

    // As soon as so many ask for an event at the same time; false where they do not.
    bool wait_for_pollers(unsigned count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return waiting_ >= count; });
    }

    // What every post is answered from now on: "403 Forbidden".
    void answer_posts_with(std::string status) {
        const std::scoped_lock lock(mutex_);
        status_ = std::move(status);
    }

private:
    std::vector<std::string> answer(const Asked& asked) {
        constexpr std::string_view invocations = "/invocation/";
        const auto line = asked.line();
        const auto what = line.substr(line.find(invocations) + invocations.size());
        std::unique_lock lock(mutex_);
        if (what != "next") {
            posts_.push_back(what + " " + asked.body);
            changed_.notify_all();
            return {"HTTP/1.1 " + status_ + "\r\nContent-Length: 0\r\n\r\n"};
        }
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return is_over_ || !events_.empty(); });
        --waiting_;
        if (events_.empty()) return {};
        auto text = std::move(events_.front());
        events_.pop_front();
        return {std::move(text)};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> events_;
    std::vector<std::string> posts_;
    unsigned waiting_ = 0;
    bool is_over_ = false;
    std::string status_ = "202 Accepted";
    TcpListener listener_;
};

}  // namespace chr21::lambda::testing
