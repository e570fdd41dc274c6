#include "transport/http/plain_request.hpp"

#include "service/header_fields.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include <boost/beast/core/string.hpp>

namespace chr21::http {
namespace {

namespace beast = boost::beast;

// Where the first of eight bytes stands, in the order of memory, that is none of ASCII from `least`
// to '~'; 8 where there is none. Adding makes the top bit of a byte tell how its low bits compare.
std::size_t first_unfit_of_eight(const char* bytes, char least) {
    constexpr std::uint64_t each = 0x0101010101010101U;
    constexpr std::uint64_t top_bits = 0x80 * each;
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, sizeof eight);
    if constexpr (std::endian::native == std::endian::big) eight = std::byteswap(eight);
    const auto low_bits = eight & ~top_bits;
    const auto from_least = low_bits + (0x80 - static_cast<std::uint64_t>(least)) * each;
    const auto beyond_tilde = low_bits + each;
    const auto unfit = (~from_least | beyond_tilde | eight) & top_bits;
    return static_cast<std::size_t>(std::countr_zero(unfit)) / 8;
}

// The first byte of `text` that is none of ASCII from `least` to '~'; the size where there is none.
std::size_t find_unfit(std::string_view text, char least) {
    constexpr std::size_t eight = 8;
    std::size_t at = 0;
    for (; at + eight <= text.size(); at += eight) {
        const auto unfit = first_unfit_of_eight(text.data() + at, least);
        if (unfit < eight) return at + unfit;
    }
    while (at < text.size() && text[at] >= least && text[at] <= '~') ++at;
    return at;
}

// Inlined, so that a beginning that the compiler knows is compared without a call.
[[gnu::always_inline]] inline bool take(std::string_view& rest, std::string_view beginning) {
    if (!rest.starts_with(beginning)) return false;
    rest.remove_prefix(beginning.size());
    return true;
}

std::string_view trim_spaces(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// One head, which is cut from the front as it is read. What returns false found something odd.
class PlainHead {
public:
    PlainHead(std::string_view rest, const RequestLimits& limits, service::Request& request)
        : rest_(rest), limits_(limits), request_(request) {}

    std::string_view rest() const { return rest_; }

    bool read() {
        if (!read_request_line()) return false;
        while (!take(rest_, "\r\n"))
            if (!read_field()) return false;
        return has_host_;
    }

private:
    bool read_request_line() {
        if (rest_.starts_with("GET ")) {
            request_.method = service::Method::get;
        } else if (rest_.starts_with("HEAD ")) {
            request_.method = service::Method::head;
        } else {
            return false;
        }
        request_.method_text = rest_.substr(0, request_.method == service::Method::get ? 3 : 4);
        rest_.remove_prefix(request_.method_text.size() + 1);
        request_.target = rest_.substr(0, find_unfit(rest_, '!'));
        rest_.remove_prefix(request_.target.size());
        return request_.target.starts_with('/') && request_.target.size() <= limits_.target &&
               take(rest_, " HTTP/1.1\r\n");
    }

    bool read_field() {
        const auto line = rest_.substr(0, find_unfit(rest_, ' '));
        rest_.remove_prefix(line.size());
        const auto colon = line.find(':');
        return colon != std::string_view::npos && take(rest_, "\r\n") &&
               keep_field(line.substr(0, colon), trim_spaces(line.substr(colon + 1)));
    }

    bool keep_field(std::string_view name, std::string_view value) {
        if (beast::iequals(name, "host")) return keep_host(value);
        if (beast::iequals(name, "connection")) return beast::iequals(value, "keep-alive");
        const auto* const known = service::find_header_field(name);
        if (known == nullptr) return false;
        if (known->place == nullptr) return true;
        auto& place = request_.*known->place;
        const bool once = place.data() == nullptr;
        place = value;
        return once;
    }

    bool keep_host(std::string_view value) {
        const bool once = !has_host_;
        has_host_ = true;
        request_.host = value;
        return once && service::valid_host(value);
    }

    std::string_view rest_;
    const RequestLimits& limits_;
    service::Request& request_;
    bool has_host_ = false;
};

}  // namespace

std::size_t read_plain_request(std::string_view bytes,
                               const RequestLimits& limits,
                               service::Request& request) {
    const auto within_limit = bytes.substr(0, limits.head);
    PlainHead head(within_limit, limits, request);
    return head.read() ? within_limit.size() - head.rest().size() : 0;
}

}  // namespace chr21::http
