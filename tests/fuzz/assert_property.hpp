#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace chr21::fuzz {

// Ends the program with the complaint, if there is one, so that libFuzzer keeps the input.
inline int assert_property(const std::uint8_t* bytes,
                           std::size_t size,
                           std::string (*complaint_about)(std::string_view)) {
    const auto complaint =
        complaint_about(std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (complaint.empty()) return 0;
    std::fprintf(stderr, "%s\n", complaint.c_str());
    std::abort();
}

}  // namespace chr21::fuzz
