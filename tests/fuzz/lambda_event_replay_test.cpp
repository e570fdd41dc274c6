#include "tests/fuzz/lambda_event_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(LambdaEventCorpus, HoldsInEveryFile) { replay_corpus("lambda_event", lambda_event_complaint); }

}  // namespace
}  // namespace chr21::fuzz
