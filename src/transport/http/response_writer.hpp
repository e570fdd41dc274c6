#pragma once

#include "service/response.hpp"
#include "transport/http/outbox.hpp"

#include <cstdint>
#include <ctime>
#include <string>

namespace chr21::http {

// What becomes of the connection behind an answer. HTTP/1.0 clients have to be told that it stays.
enum class Connecting : std::uint8_t { stays, stays_http_1_0, closes };

// How a client finds the end of a body: by Content-Length, or by the end of the connection; or each
// piece tells its length.
enum class Framing : std::uint8_t { as_told, chunked };

// Writes answers as HTTP/1.1 messages. Knows the time as of the last tick().
class ResponseWriter {
public:
    ResponseWriter() { tick(); }

    // Reads the clock; once for each round of a loop is enough.
    void tick();

    // What a long body begins with, where it has one, or the whole answer.
    void write(Outbox& outbox,
               service::Response&& response,
               Connecting connecting,
               Framing framing = Framing::as_told) const;

    // A piece of a long body, which is not empty, and what stands behind the last.
    static void write_piece(Outbox& outbox, std::string&& piece, Framing framing);
    static void write_end(Outbox& outbox, Framing framing);

private:
    std::time_t second_ = -1;
    std::string date_;     // "Date: Sun, 22 Nov 2026 14:33:19 GMT\r\n"
    std::string ok_date_;  // the status line of 200 and the date
};

// The IMF-fixdate of RFC 9110 section 5.6.7.
std::string http_date(std::time_t time);

}  // namespace chr21::http
