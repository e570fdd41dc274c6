#include "mart/download.hpp"

#include "https/client.hpp"
#include "https/url.hpp"
#include "text/url_secrets.hpp"

#include <utility>

namespace chr21::mart {
namespace {

std::unexpected<Error> refuse(std::string_view url, std::string_view why) {
    const auto shown = text::without_secrets(url);
    return fault("export", shown, shown + " " + std::string(why));
}

std::unexpected<Error> about_the_export(Error error) {
    error.parameter = "export";
    return std::unexpected(std::move(error));
}

}  // namespace

Result<void> check_url(const std::string& url) {
    if (url.starts_with("file://")) {
        return refuse(url, "cannot be read: give the path of a file without file://");
    }
    const auto parsed = https::parse_url(url);
    if (!parsed) return about_the_export(parsed.error());
    if (parsed->scheme != "https" && parsed->scheme != "http") {
        return refuse(url, "cannot be read: only https:// URLs can, a presigned one for S3");
    }
    if (parsed->is_secure() || https::is_loopback(parsed->host)) return {};
    return refuse(url, "is not encrypted: use https://; http:// is for this machine alone");
}

Result<std::string> download(const std::string& url, std::uint64_t most) {
    if (auto allowed = check_url(url); !allowed) return std::unexpected(allowed.error());
    auto answer = https::send({.url = url, .limits = {.most = most}, .allows_loopback_http = true});
    if (!answer) return about_the_export(answer.error());
    if (answer->status == 200) return std::move(answer->body);
    return refuse(url,
                  "cannot be read: the server answered with status " +
                      std::to_string(answer->status) +
                      (answer->status == 403 ? "; a presigned URL may have expired" : ""));
}

}  // namespace chr21::mart
