#include "tests/fuzz/assert_property.hpp"
#include "tests/fuzz/lambda_event_property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    return chr21::fuzz::assert_property(bytes, size, chr21::fuzz::lambda_event_complaint);
}
