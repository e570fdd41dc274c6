#include "text/url_secrets.hpp"

#include <gtest/gtest.h>

namespace chr21::text {
namespace {

TEST(UrlSecrets, AreLeftOutOrHidden) {
    struct Case {
        std::string_view url, without, hidden;
    };
    for (const auto& [url, without, hidden] : {
             Case{"", "", ""},
             Case{"https://host/a.csv", "https://host/a.csv", "https://host/a.csv"},
             Case{"https://host:8443/a?", "https://host:8443/a?", "https://host:8443/a?"},
             Case{"https://host/a?key=1", "https://host/a", "https://host/a?***"},
             Case{"HTTPS://u:p@host/a#k", "HTTPS://host/a", "HTTPS://***@host/a#***"},
             Case{"https://u:w@host:1/a/b?c#d", "https://host:1/a/b", "https://***@host:1/a/b?***"},
             Case{"https://word@u@host", "https://host", "https://***@host"},
             Case{"no/url?word", "no/url", "no/url?***"},
             Case{"https://host/a@b.csv", "https://host/a@b.csv", "https://host/a@b.csv"},
             Case{"https://u:p/w@host/a", "https://host/a", "https://***@host/a"},
             Case{"https://host/a?to=b@c", "https://host/a", "https://host/a?***"},
             Case{"mysql://u:p/w?x@host/d", "mysql://host/d", "mysql://***@host/d"},
             Case{"mysql://u:p@w@host/d?x=y", "mysql://host/d", "mysql://***@host/d?***"},
             Case{"mysql://[::1]:3306/d", "mysql://[::1]:3306/d", "mysql://[::1]:3306/d"},
             Case{"mysql://user:word", "mysql://", "mysql://***"},
             Case{"mysql://user:word/d", "mysql:///d", "mysql://***/d"},
             Case{"user:word@host/d", "host/d", "***@host/d"},
             Case{"sqlite:///a@b.db", "sqlite:///a@b.db", "sqlite:///a@b.db"},
             Case{"DATABASE_URL=mysql://u:p@h/d",
                  "DATABASE_URL=mysql://h/d",
                  "DATABASE_URL=mysql://***@h/d"},
         }) {
        EXPECT_EQ(without_secrets(url), without) << url;
        EXPECT_EQ(with_secrets_hidden(url), hidden) << url;
    }
}

TEST(UrlSecrets, AreViewsIntoTheUrl) {
    const std::string_view url = "mysql://user:word@host:port/d?x=y";
    const auto [credentials, host, query] = find_secrets(url);
    EXPECT_EQ(credentials, "user:word");
    EXPECT_EQ(host, "host:port");
    EXPECT_EQ(query, "x=y");
    EXPECT_EQ(credentials.data(), url.data() + 8);
    EXPECT_EQ(query.end(), url.end());
}

}  // namespace
}  // namespace chr21::text
