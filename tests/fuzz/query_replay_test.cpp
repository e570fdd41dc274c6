#include "tests/fuzz/query_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(QueryCorpus, HoldsInEveryFile) { replay_corpus("query", query_complaint); }

}  // namespace
}  // namespace chr21::fuzz
