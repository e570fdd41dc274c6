#include "tests/fuzz/database_url_property.hpp"
#include "tests/fuzz/replay_corpus.hpp"

namespace chr21::fuzz {
namespace {

TEST(DatabaseUrlCorpus, HoldsInEveryFile) { replay_corpus("database_url", database_url_complaint); }

}  // namespace
}  // namespace chr21::fuzz
