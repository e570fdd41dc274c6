#include "https/proxy.hpp"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::https {
namespace {

using Environment = std::map<std::string, std::string>;

// The proxy as host and port, "none", or why it cannot be used.
std::string proxy_for(const std::string& url, const Environment& environment) {
    const auto proxy = find_proxy(*parse_url(url), [&](const char* name) -> const char* {
        const auto found = environment.find(name);
        return found == environment.end() ? nullptr : found->second.c_str();
    });
    if (!proxy) return proxy.error().message;
    return *proxy ? (*proxy)->user + "@" + (*proxy)->host + ":" + (*proxy)->port : "none";
}

TEST(Proxy, ComesFromTheFirstOfItsVariables) {
    struct Case {
        Environment environment;
        std::string proxy;
    };
    for (const auto& [environment, proxy] : {
             Case{{}, "none"},
             Case{{{"https_proxy", ""}}, "none"},
             Case{{{"https_proxy", "http://p:3128"}}, "@p:3128"},
             Case{{{"HTTPS_PROXY", "p:3128"}}, "@p:3128"},
             Case{{{"all_proxy", "http://me:pw@p:1/"}}, "me:pw@p:1"},
             Case{{{"ALL_PROXY", "http://p"}, {"https_proxy", "q:1"}}, "@q:1"},
             Case{{{"http_proxy", "http://p:3128"}}, "none"},
         }) {
        EXPECT_EQ(proxy_for("https://example.org/", environment), proxy);
        EXPECT_EQ(proxy_for("http://localhost/", environment), "none");
    }
}

TEST(Proxy, ThatIsNotSpokenToInHttpIsRefusedWithoutItsSecrets) {
    EXPECT_EQ(proxy_for("https://example.org/", {{"https_proxy", "socks5://me:pw@p:1080"}}),
              "the proxy socks5://p:1080 cannot be used: only http:// proxies can, which see "
              "nothing but encrypted bytes");
    EXPECT_EQ(proxy_for("https://example.org/", {{"https_proxy", "http://me:pw@p:none"}}),
              "http:// has a port that is not a number from 1 to 65535");
}

TEST(Proxy, IsLeftOutForWhatNoProxyNames) {
    struct Case {
        std::string host, list;
        bool is_named;
    };
    for (const auto& [host, list, is_named] : {
             Case{"example.org", "*", true},
             Case{"example.org", "example.org", true},
             Case{"example.org", "a.test, EXAMPLE.org", true},
             Case{"example.org", "a.test b.test .example.org", true},
             Case{"www.example.org", "example.org", true},
             Case{"www.example.org", ".example.org", true},
             Case{"badexample.org", "example.org", false},
             Case{"example.org", "www.example.org", false},
             Case{"example.org", "", false},
             Case{"example.org", ",,. ,", false},
             Case{"10.1.2.3", "10.1.2.3", true},
             Case{"10.1.2.3", "10.0.0.0/8", true},
             Case{"10.1.2.3", "10.1.2.2/31", true},
             Case{"10.1.2.3", "10.1.2.0/31", false},
             Case{"11.1.2.3", "10.0.0.0/7", true},
             Case{"11.1.2.3", "10.0.0.0/8", false},
             Case{"11.1.2.3", "0.0.0.0/0", true},
             Case{"11.1.2.3", "11.1.2.3/33", false},
             Case{"11.1.2.3", "11.1.2.3/x", false},
             Case{"[fd00::1]", "fd00::/8", true},
             Case{"[fd00::1]", "[fd00::1]", true},
             Case{"[fd00::1]", "10.0.0.0/8", false},
         }) {
        const auto proxy =
            proxy_for("https://" + host + "/", {{"https_proxy", "http://p:1"}, {"no_proxy", list}});
        EXPECT_EQ(proxy == "none", is_named) << host << " in " << list;
    }
    EXPECT_EQ(proxy_for("https://a/", {{"https_proxy", "http://p:1"}, {"NO_PROXY", "a"}}), "none");
}

}  // namespace
}  // namespace chr21::https
