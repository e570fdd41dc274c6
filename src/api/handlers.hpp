#pragma once

#include "api/call.hpp"

// One function for each operation, named as the operation is. What each answers is told by the
// route table.
namespace chr21::api {

Answer list_genes(const Call& call);
Answer find_gene(const Call& call);
Answer find_gene_by_name(const Call& call);
Answer list_neighbors(const Call& call);
Answer look_up_genes(const Call& call);
Answer suggest_genes(const Call& call);
Answer summarise_genes(const Call& call);
Answer count_gene_density(const Call& call);
Answer list_chromosomes(const Call& call);
Answer find_chromosome(const Call& call);
Answer describe_dataset(const Call& call);
Answer welcome(const Call& call);
Answer report_health(const Call& call);
Answer report_readiness(const Call& call);
Answer report_metrics(const Call& call);
Answer show_openapi_json(const Call& call);
Answer show_openapi_yaml(const Call& call);
Answer show_reference(const Call& call);
Answer show_reference_file(const Call& call);

}  // namespace chr21::api
