#include "tests/fuzz/https_answer_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(HttpsAnswerCorpus, HoldsInEveryFile) { replay_corpus("https_answer", https_answer_complaint); }

}  // namespace
}  // namespace chr21::fuzz
