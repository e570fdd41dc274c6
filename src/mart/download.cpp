#include "mart/download.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>

#include <curl/curl.h>
#include <dlfcn.h>

namespace chr21::mart {
namespace {

std::unexpected<Error> refuse(std::string_view url, std::string_view why) {
    const auto shown = without_secrets(url);
    return fault("export", shown, shown + " " + std::string(why));
}

std::string_view authority_of(std::string_view url) {
    url.remove_prefix(std::min(url.size(), url.find("://") + 3));
    return url.substr(0, url.find_first_of("/?#"));
}

std::string_view host_of(std::string_view url) {
    auto host = authority_of(url);
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    const auto bracket = host.find(']');
    return bracket == std::string_view::npos ? host.substr(0, host.find(':'))
                                             : host.substr(0, bracket + 1);
}

bool is_loopback(std::string_view host) {
    const auto is_number = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
    const bool is_127 = host.starts_with("127.") && std::ranges::all_of(host, is_number) &&
                        std::ranges::count(host, '.') == 3;
    return is_127 || host == "localhost" || host == "[::1]";
}

bool has_scheme(std::string_view url, std::string_view scheme) {
    return url.size() > scheme.size() &&
           std::ranges::equal(url.substr(0, scheme.size()), scheme, [](char given, char lower) {
               return std::tolower(static_cast<unsigned char>(given)) == lower;
           });
}

// libcurl pulls in two dozen libraries. A program that is seldom asked to download starts sooner
// without them.
struct Curl {
    decltype(&curl_easy_init) init;
    decltype(&curl_easy_setopt) set;
    decltype(&curl_easy_perform) perform;
    decltype(&curl_easy_getinfo) answer;
    decltype(&curl_easy_cleanup) cleanup;
    decltype(&curl_easy_strerror) error;
};

template <class Function>
bool find_symbol(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

const Curl* load_curl() {
    static const Curl* const loaded = []() -> const Curl* {
        static Curl curl{};
        void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
        const bool is_there = library != nullptr &&
                              find_symbol(library, "curl_easy_init", curl.init) &&
                              find_symbol(library, "curl_easy_setopt", curl.set) &&
                              find_symbol(library, "curl_easy_perform", curl.perform) &&
                              find_symbol(library, "curl_easy_getinfo", curl.answer) &&
                              find_symbol(library, "curl_easy_cleanup", curl.cleanup) &&
                              find_symbol(library, "curl_easy_strerror", curl.error);
        return is_there ? &curl : nullptr;
    }();
    return loaded;
}

struct Body {
    std::string bytes;
    std::uint64_t most = 0;
    bool is_too_long = false;
};

std::size_t take(const char* bytes, std::size_t one, std::size_t count, void* target) {
    auto& body = *static_cast<Body*>(target);
    body.is_too_long = body.bytes.size() + one * count > body.most;
    if (body.is_too_long) return 0;
    body.bytes.append(bytes, one * count);
    return one * count;
}

void set_limits(const Curl& curl, CURL* transfer) {
    curl.set(transfer, CURLOPT_CONNECTTIMEOUT, 10L);
    curl.set(transfer, CURLOPT_LOW_SPEED_LIMIT, 1000L);
    curl.set(transfer, CURLOPT_LOW_SPEED_TIME, 30L);
    curl.set(transfer, CURLOPT_TIMEOUT, 15L * 60L);
    curl.set(transfer, CURLOPT_NOSIGNAL, 1L);
}

void set_rules(const Curl& curl, CURL* transfer, bool is_http) {
    curl.set(transfer, CURLOPT_PROTOCOLS_STR, is_http ? "http,https" : "https");
    curl.set(transfer, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl.set(transfer, CURLOPT_FOLLOWLOCATION, 1L);
    curl.set(transfer, CURLOPT_MAXREDIRS, 5L);
    curl.set(transfer, CURLOPT_USERAGENT, "chr21");
    if (const char* const authorities = std::getenv("SSL_CERT_FILE")) {
        curl.set(transfer, CURLOPT_CAINFO, authorities);
    }
}

Result<std::string> check_answer(
    const Curl& curl, CURL* transfer, CURLcode code, Body body, const std::string& url) {
    if (body.is_too_long) {
        return refuse(url,
                      "is longer than " + std::to_string(body.most) + " bytes, which is the limit");
    }
    if (code != CURLE_OK) {
        return refuse(url, std::string("cannot be read: ").append(curl.error(code)));
    }
    long status = 0;
    curl.answer(transfer, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) return std::move(body.bytes);
    return refuse(url,
                  "cannot be read: the server answered with status " + std::to_string(status) +
                      (status == 403 ? "; a presigned URL may have expired" : ""));
}

}  // namespace

bool is_url(std::string_view where) {
    const auto colon = where.find("://");
    return colon != std::string_view::npos && colon > 0 &&
           std::ranges::all_of(where.substr(0, colon), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-';
           });
}

std::string without_secrets(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const auto authority = authority_of(url);
    const auto before = url.substr(0, static_cast<std::size_t>(authority.data() - url.data()));
    const auto path = url.substr(before.size() + authority.size());
    const auto at = authority.rfind('@');
    const auto host = at == std::string_view::npos ? authority : authority.substr(at + 1);
    return std::string(before).append(host).append(path);
}

Result<void> check_url(const std::string& url) {
    const auto is_bad = [](unsigned char c) { return c <= ' ' || c == '\\' || c >= 0x7f; };
    if (std::ranges::any_of(url, is_bad)) {
        return fault("export", "", "a URL must not hold spaces, backslashes or other than ASCII");
    }
    if (host_of(url).empty()) return refuse(url, "names no host");
    if (has_scheme(url, "https://")) return {};
    if (!has_scheme(url, "http://")) {
        return refuse(url, "cannot be read: only https:// URLs can, a presigned one for S3");
    }
    if (is_loopback(host_of(url))) return {};
    return refuse(url, "is not encrypted: use https://; http:// is for this machine alone");
}

Result<std::string> download(const std::string& url, std::uint64_t most) {
    if (auto allowed = check_url(url); !allowed) return std::unexpected(allowed.error());
    const auto* const curl = load_curl();
    if (curl == nullptr) {
        return refuse(url, "cannot be read without libcurl.so.4; install the package libcurl4");
    }
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> transfer(curl->init(), curl->cleanup);
    Body body{.bytes = {}, .most = most};
    curl->set(transfer.get(), CURLOPT_URL, url.c_str());
    curl->set(transfer.get(), CURLOPT_WRITEFUNCTION, &take);
    curl->set(transfer.get(), CURLOPT_WRITEDATA, &body);
    set_limits(*curl, transfer.get());
    set_rules(*curl, transfer.get(), has_scheme(url, "http://"));
    const auto code = curl->perform(transfer.get());
    return check_answer(*curl, transfer.get(), code, std::move(body), url);
}

}  // namespace chr21::mart
