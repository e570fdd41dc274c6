#include "api/pasted_list.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::api {
namespace {

using Texts = std::vector<std::string>;

TEST(PastedList, IsPartedByWhatNoNameHas) {
    struct Case {
        std::string_view text;
        Texts entries;
    };
    for (const auto& [text, entries] : {
             Case{"APP,SOD1", {"APP", "SOD1"}},
             Case{"APP, SOD1 ;TP53", {"APP", "SOD1", "TP53"}},
             Case{"APP\tSOD1\r\nTP53\r\n", {"APP", "SOD1", "TP53"}},
             Case{"APP|\u00A0SOD1", {"APP", "SOD1"}},
             Case{"APP", {}},
             Case{"BRCA 1", {}},
             Case{"APP,", {}},
             Case{",;", {}},
             Case{"", {}},
             Case{"a,b,c,d,e", {"a", "b", "c", "d"}},
         }) {
        EXPECT_EQ(entries_of_list(text, 4), entries) << text;
    }
}

}  // namespace
}  // namespace chr21::api
