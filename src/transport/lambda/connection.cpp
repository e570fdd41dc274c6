#include "transport/lambda/connection.hpp"

#include "text/ascii.hpp"
#include "text/version.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <system_error>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace chr21::lambda {

// Why an exchange failed, and whether the server may not have seen it at all.
struct Connection::Broken {
    std::string why;
    bool got_nothing = true;
};

namespace {

namespace http = boost::beast::http;
using Parser = http::response_parser<http::string_body>;

constexpr std::uint64_t most_body = 64UL << 20U;  // events have 6 MB at most
constexpr std::size_t piece = 64UL * 1024UL;
// A chunk's header is shown to Beast only once so many bytes have come; it asserts as much.
constexpr std::size_t least_chunk = std::string_view("0\r\n\r\n").size();

std::string system_fault(std::string_view what) {
    return std::string(what) + ": " + std::generic_category().message(errno);
}

int open_socket(const addrinfo& address) {
    const int number =
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol);
    if (number < 0) return number;
    const int on = 1;
    ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (::connect(number, address.ai_addr, address.ai_addrlen) == 0) return number;
    const int fault = errno;
    ::close(number);
    errno = fault;
    return -1;
}

// Takes what it can off the front of `received`.
boost::beast::error_code feed(Parser& parser, std::string& received) {
    std::size_t used = 0;
    boost::beast::error_code fault;
    while (!parser.is_done() && !fault) {
        const auto left = received.size() - used;
        if (left < (parser.is_header_done() && parser.chunked() ? least_chunk : 1)) break;
        used += parser.put(boost::asio::const_buffer(received.data() + used, left), fault);
    }
    received.erase(0, used);
    if (fault == http::error::need_more) fault = {};
    return fault;
}

ApiAnswer to_answer(Parser& parser) {
    auto& message = parser.get();
    ApiAnswer answer{.status = static_cast<int>(message.result_int())};
    for (const auto& field : message) {
        answer.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    answer.body = std::move(message.body());
    return answer;
}

}  // namespace

std::string_view ApiAnswer::find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        fields, [name](const auto& field) { return text::equal_ignoring_case(name, field.first); });
    return found == fields.end() ? std::string_view() : found->second;
}

Connection::Connection(Address address) : address_(std::move(address)) {}

Connection::~Connection() { close(); }

std::expected<ApiAnswer, std::string> Connection::exchange(const ApiRequest& request,
                                                           Interruptible wait) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::seconds soon{1};
    const auto began = Clock::now();
    const bool may_be_dead = was_used_;
    auto answer = try_exchange(request, wait);
    if (!answer && may_be_dead && answer.error().got_nothing && Clock::now() - began < soon) {
        answer = try_exchange(request, wait);
    }
    if (answer) return *std::move(answer);
    return std::unexpected("the Runtime API at " + to_text(address_) + ": " + answer.error().why);
}

std::expected<ApiAnswer, Connection::Broken> Connection::try_exchange(const ApiRequest& request,
                                                                      Interruptible wait) {
    if (socket_ < 0) {
        if (const auto opened = open(); !opened) return std::unexpected(opened.error());
    }
    if (!begin_wait(wait)) return std::unexpected(Broken{.why = "interrupted"});
    const auto sent = send(request);
    auto answer = receive();  // also where not all was taken: 413 may be why
    if (!answer && !sent) answer = std::unexpected(sent.error());
    end_wait();
    if (!answer) close();
    return answer;
}

std::expected<void, Connection::Broken> Connection::open() {
    addrinfo* list = nullptr;
    const addrinfo wanted{.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    if (const int fault =
            ::getaddrinfo(address_.host.c_str(), address_.port.c_str(), &wanted, &list)) {
        return std::unexpected(Broken{.why = ::gai_strerror(fault)});
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(list, &::freeaddrinfo);
    for (const auto* one = list; one != nullptr && socket_ < 0; one = one->ai_next) {
        socket_ = open_socket(*one);
    }
    was_used_ = false;
    if (socket_ >= 0) return {};
    return std::unexpected(Broken{.why = system_fault("cannot connect")});
}

std::expected<void, Connection::Broken> Connection::send(const ApiRequest& request) {
    std::string head;
    head.append(request.method).append(" ").append(request.path).append(" HTTP/1.1\r\nHost: ");
    head.append(to_text(address_)).append("\r\nUser-Agent: chr21/").append(version);
    head.append("\r\n").append(request.fields);
    if (request.method != "GET") {
        head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    head.append("\r\n");
    // sendmsg() only reads, but its pointers are not to const.
    std::string_view body = request.body;
    std::string_view rest = head;
    while (!rest.empty() || !body.empty()) {
        std::array<iovec, 2> parts{
            iovec{.iov_base = const_cast<char*>(rest.data()), .iov_len = rest.size()},
            iovec{.iov_base = const_cast<char*>(body.data()), .iov_len = body.size()}};
        const msghdr message{.msg_iov = parts.data(), .msg_iovlen = parts.size()};
        const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return std::unexpected(Broken{.why = system_fault("cannot send")});
        const auto of_head = std::min(rest.size(), static_cast<std::size_t>(sent));
        rest.remove_prefix(of_head);
        body.remove_prefix(static_cast<std::size_t>(sent) - of_head);
    }
    return {};
}

std::expected<ApiAnswer, Connection::Broken> Connection::receive() {
    Parser parser;
    parser.eager(true);
    parser.body_limit(most_body);
    std::string received;
    std::array<char, piece> buffer{};
    bool got_nothing = true;
    while (!parser.is_done()) {
        const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            return std::unexpected(
                Broken{.why = system_fault("no answer"), .got_nothing = got_nothing});
        }
        boost::beast::error_code fault;
        if (count == 0) {
            if (got_nothing || !parser.is_header_done()) fault = http::error::partial_message;
            if (!fault) parser.put_eof(fault);
        } else {
            got_nothing = false;
            received.append(buffer.data(), static_cast<std::size_t>(count));
            fault = feed(parser, received);
        }
        if (fault) {
            const auto why = count == 0 ? "the connection was closed" : fault.message();
            return std::unexpected(Broken{.why = "no answer: " + why, .got_nothing = got_nothing});
        }
    }
    was_used_ = true;
    const bool stays_open = parser.keep_alive() && received.empty();
    auto answer = to_answer(parser);
    if (!stays_open) close();
    return answer;
}

bool Connection::begin_wait(Interruptible wait) {
    const std::scoped_lock lock(mutex_);
    may_be_cut_ = wait == Interruptible::yes;
    return !may_be_cut_ || !is_interrupted_;
}

void Connection::end_wait() {
    const std::scoped_lock lock(mutex_);
    may_be_cut_ = false;
}

void Connection::interrupt() noexcept {
    const std::scoped_lock lock(mutex_);
    is_interrupted_ = true;
    if (may_be_cut_) ::shutdown(socket_, SHUT_RDWR);
}

void Connection::close() {
    const std::scoped_lock lock(mutex_);
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    was_used_ = false;
}

}  // namespace chr21::lambda
