#include "transport/http/request_target.hpp"

#include "service/header_fields.hpp"

#include <algorithm>

#include <boost/beast/core/string.hpp>

namespace chr21::http {
namespace {

std::optional<TargetForm> cut_behind_authority(std::string_view rest,
                                               std::forward_list<std::string>& texts) {
    const auto path = std::min(rest.find_first_of("/?#"), rest.size());
    const auto authority = rest.substr(0, path);
    if (authority.empty() || !service::valid_host(authority)) return std::nullopt;
    rest.remove_prefix(path);
    if (rest.starts_with('/')) return TargetForm{rest, authority};
    return TargetForm{texts.emplace_front("/" + std::string(rest)), authority};
}

}  // namespace

std::optional<TargetForm> split_at_authority(std::string_view method,
                                             std::string_view target,
                                             std::forward_list<std::string>& texts) {
    if (target.starts_with('/') || method == "CONNECT" || (target == "*" && method == "OPTIONS")) {
        return TargetForm{target};
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (boost::beast::iequals(target.substr(0, scheme.size()), scheme)) {
            return cut_behind_authority(target.substr(scheme.size()), texts);
        }
    }
    return std::nullopt;
}

}  // namespace chr21::http
