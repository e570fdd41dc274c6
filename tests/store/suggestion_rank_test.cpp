#include "store/suggestion_rank.hpp"

#include <gtest/gtest.h>

namespace chr21 {
namespace {

TEST(SuggestionKind, IsTheBestThatTheGeneOffers) {
    struct Case {
        std::string_view text, id, name, description;
        std::optional<SuggestionKind> kind;
    };
    for (const auto& [text, id, name, description, kind] : {
             Case{"app", "ensg1", "app", "app word", SuggestionKind::exact},
             Case{"ensg1", "ensg1", "app", "", SuggestionKind::exact},
             Case{"ap", "ensg1", "app", "", SuggestionKind::prefix},
             Case{"ens", "ensg1", "app", "", SuggestionKind::prefix},
             Case{"amy", "ensg1", "app", "amyloid", SuggestionKind::description},
             Case{"apx", "ensg1", "app", "", SuggestionKind::typo},
             Case{"apx", "ensg1", "app", "the apx", SuggestionKind::description},
             Case{"pp", "ensg1", "app", "", std::nullopt},
             Case{"", "ensg1", "app", "word", std::nullopt},
             Case{"", "ensg1", "", "", std::nullopt},
             Case{"abc", "ensg1", "", "", std::nullopt},
             Case{"nsg1", "ensg1", "", "", std::nullopt},
         }) {
        EXPECT_EQ(suggestion_kind(text, id, name, description), kind)
            << text << " for " << id << ", " << name << ", " << description;
    }
}

TEST(HasWordPrefix, BeginsAWordAfterAnythingButLettersAndDigits) {
    struct Case {
        std::string_view description;
        bool has;
    };
    for (const auto& [description, has] : {
             Case{"kinase", true},
             Case{"alpha kinase", true},
             Case{"alpha-kinase", true},
             Case{"alpha (kinase)", true},
             Case{"alpha_kinase", true},
             Case{"alphakinase", false},
             Case{"2kinase", false},
             Case{"ékinase", false},
             Case{"alphakinase, kinases", true},
             Case{"kinas", false},
             Case{"", false},
         }) {
        EXPECT_EQ(has_word_prefix(description, "kinase"), has) << description;
    }
}

TEST(SuggestionLength, PutsAGeneWithoutANameLast) {
    EXPECT_LT(suggestion_length("app"), suggestion_length("dyrk1a"));
    EXPECT_LT(suggestion_length("dyrk1a"), suggestion_length(""));
}

}  // namespace
}  // namespace chr21
