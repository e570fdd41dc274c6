#include "store/sql/question/gene_types.hpp"

#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/query.hpp"
#include "text/fold.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace chr21::sql {
namespace {

struct ListedType {
    std::string folded;
    std::optional<std::int64_t> first_gene;  // absent where too many genes have it
};

std::vector<ListedType> listed_types(Session& session, const NumberedDataset& dataset) {
    const Sql sql{.text =
                      "SELECT folded_type, gene_orders FROM dataset_gene_type WHERE dataset_id = "
                      "? ORDER BY type_number",
                  .values = {dataset.id}};
    std::string folded;
    Nullable<std::string> list;
    Query query(session, sql);
    query.into(folded, list);
    std::vector<ListedType> types;
    while (query.next()) {
        ListedType type{.folded = folded, .first_gene = {}};
        if (const auto genes = list.take()) type.first_gene = to_gene_orders(*genes).front();
        types.push_back(std::move(type));
    }
    return types;
}

// As the first gene of the type has it.
std::string spelling_of(Session& session, const NumberedDataset& dataset, const ListedType& type) {
    Sql sql{.text = "SELECT gene_type FROM gene WHERE dataset_id = ?", .values = {dataset.id}};
    if (type.first_gene) {
        sql.append(" AND gene_order = ?", {*type.first_gene});
    } else {
        sql.append(" AND folded_type = ? ORDER BY gene_order LIMIT 1", {type.folded});
    }
    std::string spelling = type.folded;
    Query query(session, sql);
    query.into(spelling);
    query.next();
    return spelling;
}

std::vector<std::string> types_of_all_genes(Session& session, const NumberedDataset& dataset) {
    const Sql sql{.text =
                      "SELECT gene_type, min(gene_order) FROM gene WHERE dataset_id = ? AND "
                      "gene_type IS NOT NULL GROUP BY gene_type",
                  .values = {dataset.id}};
    std::string type;
    std::int64_t first_gene = 0;
    std::map<std::string, std::pair<std::int64_t, std::string>> first;  // by fold
    Query query(session, sql);
    query.into(type, first_gene);
    while (query.next()) {
        const auto [at, is_new] = first.try_emplace(fold(type), first_gene, type);
        if (!is_new && first_gene < at->second.first) at->second = {first_gene, type};
    }
    std::vector<std::string> types;
    types.reserve(first.size());
    for (auto& [folded, found] : first) types.push_back(std::move(found.second));
    return types;
}

}  // namespace

std::vector<std::string> select_gene_types(Session& session, const NumberedDataset& dataset) {
    if (!dataset.has_lists) return types_of_all_genes(session, dataset);
    const auto listed = listed_types(session, dataset);
    std::vector<std::string> types;
    types.reserve(listed.size());
    for (const auto& type : listed) {
        types.push_back(spelling_of(session, dataset, type));
    }
    return types;
}

}  // namespace chr21::sql
