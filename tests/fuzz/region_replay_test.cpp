#include "tests/fuzz/region_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(RegionCorpus, HoldsInEveryFile) { replay_corpus("region", region_complaint); }

}  // namespace
}  // namespace chr21::fuzz
