#pragma once

#include <array>
#include <string_view>

namespace chr21::service {

// What a request is called in its answer and in the log: the caller's own X-Request-Id where it is
// fit to be written there (1 to 128 visible ASCII characters other than quotes and backslash), else
// 16 hexadecimal digits that no other request of this process has.
class RequestId {
public:
    // `given` must outlive this.
    explicit RequestId(std::string_view given);
    RequestId(const RequestId&) = delete;
    RequestId& operator=(const RequestId&) = delete;
    ~RequestId() = default;

    std::string_view text() const { return text_; }

private:
    std::array<char, 16> made_{};
    std::string_view text_;
};

}  // namespace chr21::service
