#include "tests/fuzz/mart_export_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(MartExportCorpus, HoldsInEveryFile) { replay_corpus("mart_export", mart_export_complaint); }

}  // namespace
}  // namespace chr21::fuzz
