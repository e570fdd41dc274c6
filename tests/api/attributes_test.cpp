#include "api/gene_field.hpp"
#include "api/representation.hpp"
#include "tests/api/sample_service.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::api {
namespace {

using testing::SampleService;
using testing::store_with_attributes;

struct AnnotatedService : SampleService {
    AnnotatedService() : SampleService({.version = "1"}, store_with_attributes()) {}

    std::string body(std::string_view target) const {
        const auto response = get(target);
        EXPECT_EQ(response.status, 200) << target << ": " << response.body;
        return response.body;
    }

    // The last digits of the stable IDs that a query finds, "13".
    std::string found(std::string_view query) const {
        const auto page = boost::json::parse(body("/genes?" + std::string(query)));
        std::string digits;
        for (const auto& item : page.at("items").as_array()) {
            digits += item.at("gene_stable_id").as_string().back();
        }
        return digits;
    }
};

TEST(Attributes, AreListedWithTheDataset) {
    const AnnotatedService sample;
    EXPECT_NE(sample.body("/dataset")
                  .find(R"("attributes":[{"name":"go_id","header":"GO term accession"},)"
                        R"({"name":"hgnc_id","header":"HGNC ID"},)"
                        R"({"name":"mart_band","header":"Karyotype band"}]})"),
              std::string::npos);
    EXPECT_NE(SampleService().get("/dataset").body.find(R"("attributes":[]})"), std::string::npos);
}

TEST(Attributes, ComeAsArraysWhereTheyAreAskedFor) {
    const AnnotatedService sample;
    EXPECT_EQ(sample.body("/genes?page_size=200&fields=go_id,gene_name,hgnc_id"),
              R"({"total":3,"page":1,"page_size":200,"items":[)"
              R"({"go_id":["GO:0005524","GO:0004672"],"gene_name":"ALPHA1","hgnc_id":[]},)"
              R"({"go_id":["GO:0004672"],"gene_name":null,"hgnc_id":["HGNC:1, old \"A\""]},)"
              R"({"go_id":[],"gene_name":"beta2","hgnc_id":[]}]})");
    EXPECT_EQ(sample.body("/genes?format=ndjson&fields=go_id"),
              "{\"go_id\":[\"GO:0005524\",\"GO:0004672\"]}\n{\"go_id\":[\"GO:0004672\"]}\n"
              "{\"go_id\":[]}\n");
    for (const std::string_view path :
         {"/genes/ENSG00000000001", "/genes/by-name/ALPHA1", "/genes/ensg00000000001.3"}) {
        EXPECT_EQ(sample.body(std::string(path) + "?fields=gene_name,go_id"),
                  R"({"gene_name":"ALPHA1","go_id":["GO:0005524","GO:0004672"]})");
    }
}

TEST(Attributes, ComeWithNeighborsAndLookUpsToo) {
    const AnnotatedService sample;
    EXPECT_EQ(sample.body("/genes/ENSG00000000001/neighbors?fields=hgnc_id"),
              R"({"gene":{"hgnc_id":[]},"overlapping":[{"distance":0,"gene":)"
              R"({"hgnc_id":["HGNC:1, old \"A\""]}}],"upstream":[],"downstream":[]})");
    const auto looked_up = sample.service.answer({.method = service::Method::post,
                                                  .method_text = "POST",
                                                  .target = "/genes/lookup?fields=hgnc_id",
                                                  .body = R"({"names":["beta2"]})",
                                                  .content_type = "application/json"});
    EXPECT_EQ(looked_up.body,
              R"({"results":[{"input":"beta2","gene":{"hgnc_id":[]},"reason":null,)"
              R"("reason_code":null,"matched":"name",)"
              R"("attribute":null,"also":[],"also_count":0,"suggestions":[],"version":null}],)"
              R"("found":1,"missing":0})");
}

TEST(Attributes, LeaveAGeneItsEightKeysUnlessAskedFor) {
    const AnnotatedService annotated;
    const SampleService plain;
    for (const std::string_view target :
         {"/genes", "/genes?format=csv", "/genes/ENSG00000000001", "/genes/by-name/ALPHA1"}) {
        EXPECT_EQ(annotated.body(target), plain.get(target).body) << target;
    }
}

TEST(Attributes, RepeatTheRowOfATableForEveryValue) {
    const AnnotatedService sample;
    const auto csv = sample.get("/genes?format=csv&fields=gene_name,go_id,hgnc_id");
    EXPECT_EQ(csv.headers.find("X-Total-Count"), "3");
    EXPECT_EQ(csv.body,
              "Gene name,GO term accession,HGNC ID\n"
              "ALPHA1,GO:0005524,\n"
              "ALPHA1,GO:0004672,\n"
              ",GO:0004672,\"HGNC:1, old \"\"A\"\"\"\n"
              "beta2,,\n");
    EXPECT_EQ(sample.body("/genes?format=tsv&fields=gene_name,go_id,hgnc_id"),
              "Gene name\tGO term accession\tHGNC ID\n"
              "ALPHA1\tGO:0005524\t\n"
              "ALPHA1\tGO:0004672\t\n"
              "\tGO:0004672\tHGNC:1, old \"A\"\n"
              "beta2\t\t\n");
    EXPECT_EQ(sample.body("/genes?format=csv&fields=go_id&name=beta2"),
              "GO term accession\n\"\"\n");
}

TEST(Attributes, AreAllOfThemAfterTheEightColumnsOfAll) {
    const AnnotatedService sample;
    const auto header = [&](std::string_view fields) {
        const auto table = sample.body("/genes?format=csv&fields=" + std::string(fields));
        return table.substr(0, table.find('\n'));
    };
    const std::string eight =
        "Gene stable ID,Gene name,Gene description,Chromosome/scaffold name,Gene start (bp),"
        "Gene end (bp),Strand,Gene type";
    EXPECT_EQ(header("all"), eight + ",GO term accession,HGNC ID,Karyotype band");
    EXPECT_EQ(header("go_id,all,length"),
              "GO term accession," + eight + ",HGNC ID,Karyotype band,Gene length (bp)");
    EXPECT_EQ(header("all,go_id"), eight + ",HGNC ID,Karyotype band,GO term accession");
}

TEST(Attributes, NarrowAListByWholeValuesIgnoringCase) {
    const AnnotatedService sample;
    struct Case {
        std::string_view query, genes;
    };
    for (const auto& [query, genes] : {
             Case{"attribute.go_id=go:0004672", "12"},
             Case{"attribute.go_id=GO:0005524", "1"},
             Case{"attribute.go_id=GO:000", ""},
             Case{"attribute.go_id=GO:0005524&attribute.go_id=GO:0004672", "12"},
             Case{"attribute.go_id=GO:0004672&attribute.hgnc_id=hgnc:1,+old+%22a%22", "2"},
             Case{"attribute.go_id=GO:0005524&attribute.hgnc_id=hgnc:1,+old+%22a%22", ""},
             Case{"attribute%2Ego_id=GO:0005524&strand=1", "1"},
             Case{"search=0004672&search_in=go_id", "12"},
             Case{"search=0004672", ""},
             Case{"search=000001&search_in=gene_stable_id,hgnc_id", "1"},
             Case{"search=alpha&search_in=gene_name", "1"},
             Case{"search=alpha&search_in=gene_description", "12"},
         }) {
        EXPECT_EQ(sample.found(query), genes) << query;
    }
    EXPECT_NE(sample.body("/stats?attribute.go_id=GO:0005524").find(R"("total":1,)"),
              std::string::npos);
    EXPECT_NE(sample.body("/density?search=0004672&search_in=go_id").find(R"("total":2,)"),
              std::string::npos);
}

TEST(Attributes, AreNamedWhereTheCallerNamesNone) {
    const AnnotatedService sample;
    struct Case {
        std::string_view query, parameter, complaint;
    };
    for (const auto& [query, parameter, complaint] : {
             Case{"fields=go_idd", "fields", R"(has no field "go_idd"; did you mean go_id?)"},
             Case{"fields=zzzzzzzzzzzz",
                  "fields",
                  "there are: gene_stable_id, gene_name, gene_description, chromosome, gene_start, "
                  "gene_end, strand, gene_type, length, band, go_id, hgnc_id, mart_band, all"},
             Case{"fields=go_id,go_id", "fields", "names go_id twice"},
             Case{"fields=all,length,all", "fields", "names all twice"},
             Case{"fields=go_id&format=bed", "fields", "does not go with bed"},
             Case{"search_in=go_id", "search_in", "goes only with search, which is not given"},
             Case{"search=a&search_in=gene_type",
                  "search_in",
                  R"(cannot search in "gene_type"; did you mean gene_name?)"},
             Case{"search=a&search_in=zzzzzzzzzzzz",
                  "search_in",
                  "there are: gene_stable_id, gene_name, gene_description, go_id, hgnc_id, "
                  "mart_band"},
             Case{"search=a&search_in=go_id,go_id", "search_in", "names go_id twice"},
             Case{"search=a&search_in=go_id,", "search_in", "cannot search in \"\""},
             Case{"search=a&search_in=", "search_in", "is empty"},
             Case{"search=&search_in=go_id", "search", "is empty"},
             Case{"attribute.go_id=", "attribute.go_id", "is empty"},
             Case{"attribute.go_id", "attribute.go_id", "is empty"},
             Case{"attribute.go_id=%ff", "attribute.go_id", "is not UTF-8"},
             Case{"attribute.GO_ID=1",
                  "attribute.GO_ID",
                  "is not known to this dataset; did you mean attribute.go_id?"},
             Case{"attribute.hgnc=1",
                  "attribute.hgnc",
                  "is not known to this dataset; did you mean attribute.hgnc_id?"},
             Case{"attribute.band=1", "attribute.band", "did you mean attribute.mart_band?"},
             Case{"attribute.zzzzzzzzzzzz=1",
                  "attribute.zzzzzzzzzzzz",
                  "there are: attribute.go_id, attribute.hgnc_id, attribute.mart_band"},
             Case{"attribute.=1", "attribute.", "is not known to this dataset"},
             Case{"atribute.go_id=1",
                  "atribute.go_id",
                  "is not a parameter here; did you mean attribute.go_id?"},
             Case{"attribute[go_id]=1", "attribute[go_id]", "did you mean attribute.go_id?"},
         }) {
        const auto response = sample.get("/genes?" + std::string(query));
        EXPECT_EQ(response.status, 400) << query;
        const auto problem = boost::json::parse(response.body);
        const auto& errors = problem.at("errors").as_array();
        ASSERT_EQ(errors.size(), 1U) << query;
        EXPECT_EQ(errors[0].at("parameter").as_string(), std::string(parameter)) << query;
        EXPECT_NE(std::string(errors[0].at("message").as_string()).find(complaint),
                  std::string::npos)
            << query << ": " << errors[0];
    }
}

TEST(Attributes, AreNoneWhereTheDatasetHasNone) {
    const auto response = SampleService().get("/genes?attribute.go_id=1");
    EXPECT_EQ(boost::json::parse(response.body).at("detail").as_string(),
              "attribute.go_id is not known to this dataset, which has none");
}

RC_GTEST_PROP(Attributes, StandInATableAsTheDistinctRowsOfTheExportDid, ()) {
    const auto genes = *chr21::testing::any_genes_with_attributes();
    const bool with_go = *rc::gen::arbitrary<bool>();
    const bool with_hgnc = *rc::gen::arbitrary<bool>();
    std::vector fields{to_field(GeneField::gene_stable_id)};
    std::string expected = "Gene stable ID";
    if (with_go) fields.push_back(to_field({.name = "go_id", .header = "GO"}, 0));
    if (with_hgnc) fields.push_back(to_field({.name = "hgnc_id", .header = "HGNC"}, 1));
    expected.append(with_go ? "\tGO" : "").append(with_hgnc ? "\tHGNC" : "").append("\n");
    const GeneRecords records(genes, to_json);
    std::vector<const GeneRecord*> listed;
    for (const auto& record : records.all()) {
        listed.push_back(&record);
        std::vector<std::string> rows;
        for (const auto& [go, hgnc] : chr21::testing::cells_of(record.gene())) {
            std::string row(record.gene_stable_id());
            if (with_go) row += '\t' + go;
            if (with_hgnc) row += '\t' + hgnc;
            if (std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
        }
        for (const auto& row : rows) expected += row + '\n';
    }
    std::string written;
    write_genes(written, Format::tsv, listed, fields, Karyotype{});
    RC_ASSERT(written == expected);
}

TEST(FindField, FindsWhatFieldNamesNames) {
    const auto store = store_with_attributes();
    const auto names = field_names(store->dataset());
    EXPECT_EQ(names.size(), gene_fields.size() + 3);
    for (const auto& name : names) {
        EXPECT_EQ(find_field(name, store->dataset()).value_or(Field{}).name, name);
        EXPECT_EQ(std::ranges::count(names, name), 1);
    }
    EXPECT_FALSE(find_field("", store->dataset()));
    EXPECT_FALSE(find_field("attribute.go_id", store->dataset()));
}

}  // namespace
}  // namespace chr21::api
