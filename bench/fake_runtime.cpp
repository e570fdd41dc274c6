// A fake of AWS Lambda's Runtime API that measures who asks it for events:
//
//     fake_runtime EVENT_FILE EVENTS PROGRAM [ARGUMENT...]
//
// starts the program as a function, answers so many of its requests for an event with that one, and
// kills it when it asks for another. Prints as JSON the milliseconds from its start to its first
// request for an event, the CPU time that it has spent in all, the milliseconds that the events
// took, the most memory that it had, and the bytes of its last answer. `fake_runtime --answer FILE`
// is the least program that can be measured so: it posts the file as each answer, and shows what
// the measurement itself allows.

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(std::string("cannot read ") + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

sockaddr_in loopback(unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// One side of a connection that sends whole messages of HTTP/1.1, each with its Content-Length.
class Peer {
public:
    explicit Peer(int descriptor) : descriptor_(descriptor) {
        const int yes = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    ~Peer() { ::close(descriptor_); }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    Peer(Peer&&) = delete;
    Peer& operator=(Peer&&) = delete;

    // The head of the next message, after which body() is there; empty at the end.
    std::string_view next() {
        read_.erase(0, size_);
        size_ = 0;
        std::size_t head = 0;
        while ((head = read_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_more()) return {};
        }
        head_ = head + 4;
        size_ = head_ + content_length();
        while (read_.size() < size_) {
            if (!read_more()) return {};
        }
        return std::string_view(read_).substr(0, head_);
    }

    std::string_view body() const { return std::string_view(read_).substr(head_, size_ - head_); }

    void send(std::string_view text) const {
        while (!text.empty()) {
            const auto sent = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

private:
    bool read_more() {
        constexpr std::size_t at_once = std::size_t{256} * 1024;
        const auto before = read_.size();
        read_.resize(before + at_once);
        const auto count = ::recv(descriptor_, read_.data() + before, at_once, 0);
        read_.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
        return count > 0;
    }

    std::size_t content_length() const {
        const auto head = std::string_view(read_).substr(0, head_);
        for (const std::string_view name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
            const auto at = head.find(name);
            if (at == std::string_view::npos) continue;
            std::size_t length = 0;
            std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
            return length;
        }
        return 0;
    }

    int descriptor_;
    std::string read_;
    std::size_t head_ = 0;
    std::size_t size_ = 0;
};

std::string message(std::string_view first_line, std::string_view fields, std::string_view body) {
    return std::string(first_line) + "\r\n" + std::string(fields) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

class RuntimeApi {
public:
    RuntimeApi(std::string event, unsigned long events)
        : event_(message("HTTP/1.1 200 OK",
                         "Content-Type: application/json\r\n"
                         "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n"
                         "Lambda-Runtime-Deadline-Ms: 4102444800000\r\n"
                         "Lambda-Runtime-Invoked-Function-Arn: "
                         "arn:aws:lambda:eu-west-1:123456789012:function:genes\r\n",
                         event)),
          events_(events),
          listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        auto address = loopback(0);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        constexpr int backlog = 64;
        if (::bind(listener_, any, size) != 0 || ::listen(listener_, backlog) != 0 ||
            ::getsockname(listener_, any, &size) != 0) {
            throw std::runtime_error("cannot listen on loopback");
        }
        port_ = ntohs(address.sin_port);
        std::thread([this] {
            for (;;) {
                const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
                if (descriptor >= 0)
                    std::thread([this, descriptor] { serve(descriptor); }).detach();
            }
        }).detach();
    }

    unsigned short port() const { return port_; }

    // Until the program has asked for one event more than there are, or has failed.
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_.has_value(); });
        if (!fault_.empty()) throw std::runtime_error("the program failed: " + fault_);
    }

    Clock::time_point first_asked() const { return *first_asked_; }
    Clock::time_point ended() const { return *ended_; }
    std::size_t answer_bytes() const { return answer_bytes_; }

    void fail(std::string fault) {
        const std::scoped_lock lock(mutex_);
        if (ended_) return;
        fault_ = std::move(fault);
        ended_ = Clock::now();
        changed_.notify_all();
    }

private:
    void serve(int descriptor) {
        Peer peer(descriptor);
        for (auto head = peer.next(); !head.empty(); head = peer.next()) {
            if (head.starts_with("GET ") && head.contains("/invocation/next ")) {
                if (!give_event(peer)) return hold();
            } else if (head.contains("/response ")) {
                answer_bytes_ = peer.body().size();
                peer.send(accepted);
            } else if (head.contains("/extension/register ")) {
                peer.send(message("HTTP/1.1 200 OK", "Lambda-Extension-Identifier: x\r\n", "{}"));
            } else if (head.contains("/extension/event/next ")) {
                return hold();
            } else {
                peer.send(accepted);
                fail(std::string(head.substr(0, head.find("\r\n"))) + ": " +
                     std::string(peer.body()));
            }
        }
    }

    bool give_event(const Peer& peer) {
        const auto now = Clock::now();
        {
            const std::scoped_lock lock(mutex_);
            if (!first_asked_) first_asked_ = now;
            if (given_ == events_) {
                ended_ = now;
                changed_.notify_all();
                return false;
            }
            ++given_;
        }
        peer.send(event_);
        return true;
    }

    [[noreturn]] static void hold() {
        for (;;) ::pause();
    }

    const std::string accepted = message("HTTP/1.1 202 Accepted", "", "{\"status\":\"OK\"}");
    std::string event_;
    unsigned long events_;
    int listener_;
    unsigned short port_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned long given_ = 0;
    std::string fault_;
    std::optional<Clock::time_point> first_asked_;
    std::optional<Clock::time_point> ended_;
    std::atomic<std::size_t> answer_bytes_ = 0;
};

double milliseconds(Clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

double milliseconds(const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
}

int measure(std::string event, unsigned long events, char** command) {
    RuntimeApi api(std::move(event), events);
    const auto address = "127.0.0.1:" + std::to_string(api.port());
    ::setenv("AWS_LAMBDA_RUNTIME_API", address.c_str(), 1);
    const auto begun = Clock::now();
    const auto child = ::fork();
    if (child == 0) {
        ::execvp(*command, command);
        std::perror(*command);
        ::_exit(127);
    }
    rusage spent{};
    std::thread waiter([&] {
        int status = 0;
        ::wait4(child, &status, 0, &spent);
        api.fail("it has ended by itself");
    });
    std::string fault;
    try {
        api.wait();
    } catch (const std::exception& why) {
        fault = why.what();
    }
    ::kill(child, SIGKILL);
    waiter.join();
    if (!fault.empty()) {
        std::fprintf(stderr, "fake_runtime: %s\n", fault.c_str());
        ::_exit(1);
    }
    std::printf(
        "{\"start_ms\":%.3f,\"cpu_ms\":%.3f,\"events_ms\":%.3f,\"peak_kib\":%ld,"
        "\"answer_bytes\":%zu}\n",
        milliseconds(api.first_asked() - begun),
        milliseconds(spent.ru_utime) + milliseconds(spent.ru_stime),
        milliseconds(api.ended() - api.first_asked()),
        spent.ru_maxrss,
        api.answer_bytes());
    std::fflush(stdout);
    ::_exit(0);  // the threads of its connections never end
}

// As a function that has its one answer ready.
int answer(const std::string& text) {
    const std::string_view api = ::getenv("AWS_LAMBDA_RUNTIME_API");
    unsigned short port = 0;
    std::from_chars(api.data() + api.find(':') + 1, api.data() + api.size(), port);
    const auto address = loopback(port);
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect to the Runtime API");
    }
    Peer peer(descriptor);
    const auto ask = message("GET /2018-06-01/runtime/invocation/next HTTP/1.1", "", "");
    const auto post =
        message("POST /2018-06-01/runtime/invocation/8476a536/response HTTP/1.1", "", text);
    for (;;) {
        peer.send(ask);
        if (peer.next().empty()) return 0;
        peer.send(post);
        if (peer.next().empty()) return 0;
    }
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count == 3 && std::string_view(arguments[1]) == "--answer") {
            return answer(read_file(arguments[2]));
        }
        if (count < 4) throw std::runtime_error("usage: fake_runtime EVENT_FILE EVENTS PROGRAM...");
        return measure(read_file(arguments[1]), std::stoul(arguments[2]), arguments + 3);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "fake_runtime: %s\n", fault.what());
        return 1;
    }
}
