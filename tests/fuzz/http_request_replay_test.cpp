#include "tests/fuzz/http_request_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(HttpRequestCorpus, HoldsInEveryFile) { replay_corpus("http_request", http_request_complaint); }

}  // namespace
}  // namespace chr21::fuzz
