#include "tests/fuzz/assert_property.hpp"
#include "tests/fuzz/http_request_property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    return chr21::fuzz::assert_property(bytes, size, chr21::fuzz::http_request_complaint);
}
