#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::service {

// Something that a caller should know about an answer and that its body has no place for, such as
// a value of the request that names nothing. Answers carry notices in the header field X-Notice.
// They depend on the request and the dataset alone, as the body does, so entity tags hold.
struct Notice {
    struct Parameter {
        std::string_view key;  // an RFC 9651 key, "nearest"; outlives the answer
        // Any text. Of several the first is the likeliest; none: the parameter is left out.
        std::vector<std::string> values;
    };
    std::string_view kind;  // an RFC 9651 token, "names-nothing"; outlives the answer
    // What is needed most comes first.
    std::vector<Parameter> parameters = {};
};

// No value of X-Notice is longer, in bytes.
inline constexpr std::size_t longest_notice_field = 512;

// The value of X-Notice: an RFC 9651 list of tokens, whose parameters are strings. Values are
// percent-encoded UTF-8; several in one parameter are parted by commas:
//   names-nothing;parameter="chromosome";value="chr22";nearest="21,X"
// Notices that find no room are left out whole and counted by a last one, `more;count=3`. One that
// is too long by itself goes without the parameters, from the last on, that find no room. Empty
// where there are no notices.
std::string to_field_value(std::span<const Notice> notices);

}  // namespace chr21::service
