#include "transport/http/response_writer.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

namespace chr21::http {
namespace {

std::string_view line_of(Connecting connecting) {
    switch (connecting) {
        case Connecting::stays:
            return "";
        case Connecting::stays_http_1_0:
            return "Connection: keep-alive\r\n";
        case Connecting::closes:
            return "Connection: close\r\n";
    }
    return "";
}

}  // namespace

std::string http_date(std::time_t time) {
    constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(),
                                   text.size(),
                                   "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   days.at(static_cast<std::size_t>(utc.tm_wday)),
                                   utc.tm_mday,
                                   months.at(static_cast<std::size_t>(utc.tm_mon)),
                                   utc.tm_year + 1900,
                                   utc.tm_hour,
                                   utc.tm_min,
                                   utc.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

void ResponseWriter::tick() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (std::exchange(second_, now.tv_sec) != now.tv_sec) {
        date_ = "Date: " + http_date(now.tv_sec) + "\r\n";
        ok_date_ = "HTTP/1.1 200 OK\r\n" + date_;
    }
}

void ResponseWriter::write(Outbox& outbox,
                           service::Response&& response,
                           Connecting connecting,
                           Framing framing) const {
    const auto connection = line_of(connecting);
    const std::string_view transfer =
        framing == Framing::chunked ? "Transfer-Encoding: chunked\r\n" : "";
    const auto lines = response.headers.lines();
    if (response.status == 200) {
        outbox.append(ok_date_, connection, transfer, lines, "\r\n");
    } else {
        outbox.append("HTTP/1.1 ",
                      std::to_string(response.status),
                      " ",
                      service::reason_phrase(response.status),
                      "\r\n",
                      date_,
                      connection,
                      transfer,
                      lines,
                      "\r\n");
    }
    outbox.append_body(std::move(response.body));
}

// RFC 9112 section 7.1.
void ResponseWriter::write_piece(Outbox& outbox, std::string&& piece, Framing framing) {
    if (framing == Framing::as_told) {
        outbox.append_body(std::move(piece));
        return;
    }
    std::array<char, 16> digits{};
    constexpr int hexadecimal = 16;
    const auto* const end =
        std::to_chars(digits.begin(), digits.end(), piece.size(), hexadecimal).ptr;
    outbox.append(std::string_view(digits.data(), end), "\r\n");
    outbox.append_body(std::move(piece));
    outbox.append("\r\n");
}

void ResponseWriter::write_end(Outbox& outbox, Framing framing) {
    if (framing == Framing::chunked) outbox.append("0\r\n\r\n");
}

}  // namespace chr21::http
