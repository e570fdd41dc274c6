#include "store/sql/dataset/digest_table.hpp"

#include "store/sql/dataset/gene_digest.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/row_writer.hpp"

#include <array>
#include <string_view>

namespace chr21::sql {

void insert_digest(Session& session,
                   std::int64_t dataset_id,
                   const Dataset& dataset,
                   std::span<const Gene* const> genes) {
    constexpr std::array<std::string_view, 5> columns{
        "dataset_id", "sha256", "loaded_at", "scheme", "digest"};
    GeneDigest digest;
    for (const auto* gene : genes) digest.add(*gene);
    const auto digits = digest.text();
    const auto row = session.engine().write_rows(session, "dataset_digest", columns);
    row->number(dataset_id);
    row->text(dataset.sha256);
    row->text(dataset.loaded_at);
    row->text(GeneDigest::scheme);
    row->text(digits);
    row->end_row();
    row->finish();
}

std::optional<std::string> read_digest(Session& session, const NumberedDataset& dataset) {
    if (schema_version(session) < schema_of_lists) return {};
    const Sql sql{
        .text = "SELECT sha256, loaded_at, scheme, digest FROM dataset_digest WHERE dataset_id = ?",
        .values = {dataset.id}};
    std::string sha256;
    std::string loaded_at;
    std::string scheme;
    std::string digest;
    if (!Query(session, sql).into(sha256, loaded_at, scheme, digest).next()) return {};
    const auto& facts = dataset.dataset;
    const bool is_its_own = sha256 == facts.sha256 && loaded_at == facts.loaded_at;
    if (!is_its_own || scheme != GeneDigest::scheme) return {};
    return digest;
}

}  // namespace chr21::sql
