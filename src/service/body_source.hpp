#pragma once

#include <cstddef>
#include <string>

namespace chr21::service {

// About so many bytes are made at once of a body that comes in pieces.
inline constexpr std::size_t piece_size = std::size_t{64} * 1024;

// A body of at most so many bytes, before it is compressed, is made whole; a longer one in pieces.
inline constexpr std::size_t whole_body_limit = std::size_t{256} * 1024;

// Where a body comes from that is made while it is sent. The pieces depend on the request and the
// dataset alone, never on who takes them or when. For one thread at a time.
class BodySource {
public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    BodySource(BodySource&&) = delete;
    BodySource& operator=(BodySource&&) = delete;
    virtual ~BodySource() = default;

    // Appends the next piece to `text`: at least one byte, and about piece_size where that many are
    // left. False, with nothing appended, at the end. May throw what a handler may throw; there is
    // no next piece then.
    virtual bool next(std::string& text) = 0;

    // Bytes of memory that it holds until it is destroyed.
    virtual std::size_t bytes_held() const = 0;
};

}  // namespace chr21::service
