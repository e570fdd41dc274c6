#include "service/service.hpp"

#include "datasets/live_shelf.hpp"
#include "service/delivery.hpp"
#include "tests/api/sample_service.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::SampleService;

boost::json::value body_of(const Response& response) { return boost::json::parse(response.body); }

// What every problem has in common; returns its body.
boost::json::object expect_problem(const Response& response, int status, std::string_view target) {
    EXPECT_EQ(response.status, status) << target;
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json") << target;
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-store") << target;
    EXPECT_EQ(response.headers.find("Access-Control-Allow-Origin"), "*") << target;
    auto problem = body_of(response).as_object();
    EXPECT_EQ(problem.at("status").as_int64(), status) << target;
    EXPECT_EQ(problem.at("instance").as_string(), std::string(target));
    EXPECT_EQ(problem.at("message"), problem.at("detail")) << target;
    return problem;
}

TEST(Service, AnswersAGeneWithItsEightKeysInOrder) {
    const SampleService sample;
    const auto response = sample.get("/genes/ensg00000000001.7");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body,
              R"({"gene_stable_id":"ENSG00000000001","gene_name":"ALPHA1",)"
              R"("gene_description":"alpha kinase 1","chromosome":"21","gene_start":100,)"
              R"("gene_end":200,"strand":1,"gene_type":"protein_coding"})");
    EXPECT_EQ(response.headers.find("Content-Length"), std::to_string(response.body.size()));
    EXPECT_EQ(sample.get("/genes/by-name/alpha1").body, response.body);
}

TEST(Service, AnswersAPageWithTotalAndLinks) {
    const SampleService sample;
    const auto response = sample.get("/genes?page_size=1&page=2");
    const auto page = body_of(response);
    EXPECT_EQ(page.at("total").as_int64(), 3);
    EXPECT_EQ(page.at("page").as_int64(), 2);
    EXPECT_EQ(page.at("page_size").as_int64(), 1);
    EXPECT_EQ(page.at("items").at(0).at("gene_stable_id").as_string(), "ENSG00000000002");
    EXPECT_EQ(response.headers.find("X-Total-Count"), "3");
    EXPECT_EQ(
        response.headers.find("Link"),
        R"(</genes?page_size=1&page=1>; rel="first", </genes?page_size=1&page=1>; rel="prev", )"
        R"(</genes?page_size=1&page=3>; rel="next", </genes?page_size=1&page=3>; rel="last")");
}

TEST(Service, HasNoItemsBeyondTheLastPage) {
    const SampleService sample;
    for (const std::string_view target :
         {"/genes?page=2", "/genes?page=2147483647&page_size=200"}) {
        const auto page = body_of(sample.get(target));
        EXPECT_EQ(page.at("total").as_int64(), 3) << target;
        EXPECT_TRUE(page.at("items").as_array().empty()) << target;
    }
}

TEST(Service, TellsEveryFaultOfARequest) {
    const SampleService sample;
    const std::string_view target = "/genes?page=0&colour=red";
    const auto problem = expect_problem(sample.get(target), 400, target);
    EXPECT_EQ(problem.at("type").as_string(), "urn:chr21:problem:invalid-request");
    EXPECT_EQ(problem.at("errors").as_array().size(), 2U);
    EXPECT_EQ(problem.at("errors").at(0).at("parameter").as_string(), "page");
    EXPECT_EQ(problem.at("errors").at(1).at("value").as_string(), "red");
}

TEST(Service, NamesTheClosestThatExistWhereSomethingIsMissing) {
    const SampleService sample;
    const auto problem =
        expect_problem(sample.get("/genes/by-name/ALPHA12"), 404, "/genes/by-name/ALPHA12");
    EXPECT_EQ(problem.at("suggestions"), boost::json::value(boost::json::array{"ALPHA1"}));
    expect_problem(sample.get("/nothing"), 404, "/nothing");
    EXPECT_EQ(sample.answered.back(), std::pair(std::string("unmatched"), 404));
}

TEST(Service, SaysWhichRouteToAskWhereSomethingIsOfTheOtherKind) {
    const SampleService sample;
    const auto detail_of = [&](std::string_view target) {
        const auto problem = expect_problem(sample.get(target), 404, target);
        EXPECT_FALSE(problem.contains("suggestions")) << target;
        return std::string(problem.at("detail").as_string());
    };
    EXPECT_THAT(detail_of("/genes/alpha1"),
                HasSubstr("it is the name of a gene: ask for /genes/by-name/ALPHA1"));
    EXPECT_THAT(detail_of("/genes/by-name/ensg00000000002.4"),
                HasSubstr("it is a stable ID: ask for /genes/ENSG00000000002"));
    EXPECT_EQ(detail_of("/genes/ENSG00000000009"),
              "There is no gene with the stable ID \"ENSG00000000009\"");
    EXPECT_EQ(detail_of("/genes/by-name/TNF%CE%B1"), "There is no gene named \"TNFα\"");
}

TEST(Service, CorrectsAStableId) {
    const SampleService sample;
    const std::string_view target = "/genes/ENSGOO2/neighbors";
    const auto problem = expect_problem(sample.get(target), 404, target);
    EXPECT_EQ(problem.at("suggestions"), boost::json::value(boost::json::array{"ENSG00000000002"}));
}

TEST(Service, TellsAHundredFaultsAndHowManyMoreThereAre) {
    const SampleService sample;
    std::string target = "/genes?a";
    for (int at = 1; at < 250; ++at) target += "&a";
    const auto response = sample.get(target);
    const auto problem = expect_problem(response, 400, target);
    EXPECT_EQ(problem.at("errors").as_array().size(), 100U);
    EXPECT_EQ(problem.at("more_errors").as_int64(), 150);
    EXPECT_THAT(std::string(problem.at("detail").as_string()), HasSubstr("; and 150 more faults"));
    EXPECT_FALSE(expect_problem(sample.get("/genes?a"), 400, "/genes?a").contains("more_errors"));
}

TEST(Service, MakesNoLargeProblemOfASmallRequest) {
    const SampleService sample;
    std::string target = "/genes?band=x";
    while (target.size() < 8000) target += "&band=x&region=99:1-2&sort=x";
    EXPECT_LT(sample.get(target).body.size(), 16 * target.size());
}

TEST(Service, RefusesTextThatIsLongerThanAnyGenes) {
    const SampleService sample;
    std::string long_text;
    for (int at = 0; at < 256; ++at) long_text += "%CE%B1";
    for (const std::string before : {"/genes?search=",
                                     "/genes?name=",
                                     "/genes?gene_stable_id=",
                                     "/genes?gene_type=",
                                     "/suggest?q="}) {
        EXPECT_EQ(sample.get(before + long_text).status, 200) << before;
        EXPECT_EQ(sample.get(before + long_text + "a").status, 400) << before;
    }
    for (const std::string before : {"/genes/", "/genes/by-name/"}) {
        EXPECT_EQ(sample.get(before + long_text).status, 404) << before;
        const auto target = before + long_text + "a";
        const auto problem = expect_problem(sample.get(target), 400, target);
        EXPECT_EQ(problem.at("errors").at(0).at("message").as_string(),
                  "is longer than 256 characters");
    }
}

TEST(Service, TakesAHundredTextsToSearchForAndRefusesOneMore) {
    const SampleService sample;
    std::string target = "/genes?search=kinase";
    for (int at = 1; at < 100; ++at) target += "&search=kinase";
    EXPECT_EQ(sample.get(target).status, 200);
    target += "&search=kinase&search=kinase";
    const auto problem = expect_problem(sample.get(target), 400, target);
    ASSERT_EQ(problem.at("errors").as_array().size(), 1U);
    EXPECT_EQ(problem.at("errors").at(0).at("message").as_string(), "is given more than 100 times");
}

// Whoever stands before the program may take a head of 4 KB.
TEST(Service, LinksToFewerPagesWhereTheTargetIsLong) {
    const SampleService sample;
    std::string target = "/genes?page_size=1";
    const auto relations = [&] {
        const auto response = sample.get(target);
        std::size_t head = 0;
        response.headers.for_each([&](std::string_view name, std::string_view value) {
            head += name.size() + value.size() + 4;
        });
        EXPECT_LT(head, 3900U) << target.size();
        return std::string(response.headers.find("Link"));
    };
    EXPECT_THAT(relations(), HasSubstr("rel=\"first\""));
    bool was_alone = false;
    while (target.size() < 8000) {
        target += "&gene_type=coding&gene_type=RNA";
        const auto link = relations();
        const bool is_alone = link.starts_with("</genes?page_size=1&gene_type") &&
                              link.ends_with("page=2>; rel=\"next\"");
        was_alone = was_alone || is_alone;
        if (target.size() > 1024) {
            EXPECT_THAT(link, Not(HasSubstr("rel=\"first\"")));
        }
    }
    EXPECT_TRUE(was_alone);
    EXPECT_EQ(relations(), "");
}

TEST(Service, NamesTheDatasetsThatThereAre) {
    const SampleService sample;
    for (const std::string_view target : {"/genes?dataset=other", "/genes?d%61tas%65t=other"}) {
        const auto problem = expect_problem(sample.get(target), 404, target);
        EXPECT_EQ(problem.at("detail").as_string(),
                  "There is no dataset \"other\"; there are: sample");
        EXPECT_EQ(problem.at("suggestions"), boost::json::value(boost::json::array{"sample"}));
    }
}

TEST(Service, AnswersHeadLikeGetWithoutABody) {
    const SampleService sample;
    for (const std::string_view target : {"/genes", "/genes/ENSG00000000001", "/genes/nobody"}) {
        const auto get = sample.get(target);
        const auto head = sample.service.answer({.method = Method::head, .target = target});
        EXPECT_EQ(head.status, get.status);
        EXPECT_EQ(head.body, "");
        EXPECT_EQ(head.headers.find("Content-Length"), std::to_string(get.body.size()));
        EXPECT_EQ(head.headers.find("ETag"), get.headers.find("ETag"));
    }
}

TEST(Service, TellsWhichMethodsWork) {
    const SampleService sample;
    const auto options = sample.service.answer({.method = Method::options,
                                                .method_text = "OPTIONS",
                                                .target = "/genes",
                                                .access_control_request_method = "GET"});
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.headers.find("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(options.headers.find("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
    const auto refused = sample.service.answer(
        {.method = Method::other, .method_text = "DELETE", .target = "/genes"});
    expect_problem(refused, 405, "/genes");
    EXPECT_EQ(refused.headers.find("Allow"), "GET, HEAD, OPTIONS");
}

TEST(Service, AnswersAConditionalRequestWith304) {
    const SampleService sample;
    const auto first = sample.get("/genes");
    const std::string tag(first.headers.find("ETag"));
    for (const auto& header : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
        const auto again = sample.service.answer({.target = "/genes", .if_none_match = header});
        EXPECT_EQ(again.status, 304) << header;
        EXPECT_EQ(again.body, "");
        EXPECT_EQ(again.headers.find("ETag"), tag);
        EXPECT_EQ(again.headers.find("Vary"), "Accept, Accept-Encoding");
    }
    const auto other = sample.service.answer({.target = "/genes", .if_none_match = "\"x\""});
    EXPECT_EQ(other.status, 200);
    const auto missing = sample.service.answer({.target = "/genes/nobody", .if_none_match = "*"});
    EXPECT_EQ(missing.status, 404);
}

TEST(Service, TagsEachRepresentationDifferently) {
    const SampleService sample;
    const auto json = sample.get("/genes");
    const auto csv = sample.service.answer({.target = "/genes", .accept = "text/csv"});
    EXPECT_EQ(csv.headers.find("Content-Type"), "text/csv");
    EXPECT_NE(csv.headers.find("ETag"), json.headers.find("ETag"));
    const SampleService newer({.version = "2"});
    EXPECT_NE(newer.get("/genes").headers.find("ETag"), json.headers.find("ETag"));
    EXPECT_EQ(SampleService().get("/genes").headers.find("ETag"), json.headers.find("ETag"));
}

TEST(Service, SaysThatItsDataMayBeStale) {
    datasets::LiveShelf shelf({testing::small_store(), testing::small_karyotype()}, {});
    const service::Service service(
        shelf, testing::contracts(), {.version = "1"}, [](const observe::Event&) {});
    const auto since = [&] {
        return std::string(
            service.answer({.target = "/genes"}).headers.find("X-Dataset-Stale-Since"));
    };
    EXPECT_EQ(since(), "");
    shelf.mark_stale("2026-11-22T14:03:09Z");
    EXPECT_EQ(since(), "2026-11-22T14:03:09Z");
    shelf.mark_fresh();
    EXPECT_EQ(since(), "");
}

TEST(Service, TellsWhichDatasetAnAnswerIsMadeFrom) {
    const SampleService sample;
    const auto told = [](const service::Response& response) {
        return std::string(response.headers.find("X-Dataset"));
    };
    const auto sha256 = std::string(64, 'a');
    for (const std::string_view target : {"/",
                                          "/genes",
                                          "/genes?format=csv",
                                          "/genes?dataset=sample",
                                          "/genes?page=0",
                                          "/genes/ENSG9",
                                          "/dataset",
                                          "/stats"}) {
        const auto get = sample.get(target);
        EXPECT_EQ(told(get), sha256) << target;
        const auto head = sample.service.answer(
            {.method = service::Method::head, .method_text = "HEAD", .target = target});
        EXPECT_EQ(told(head), sha256) << target;
        const auto tag = get.headers.find("ETag");
        if (tag.empty()) continue;
        const auto unchanged = sample.service.answer({.target = target, .if_none_match = tag});
        EXPECT_EQ(unchanged.status, 304);
        EXPECT_EQ(told(unchanged), sha256) << target;
    }
    EXPECT_EQ(told(sample.service.answer({.method = service::Method::post,
                                          .method_text = "POST",
                                          .target = "/genes/lookup",
                                          .body = R"({"names":["BETA2"]})",
                                          .content_type = "application/json"})),
              sha256);
    for (const std::string_view target :
         {"/health", "/metrics", "/openapi.json", "/docs", "/nothing", "/genes?dataset=nothing"}) {
        EXPECT_EQ(told(sample.get(target)), "") << target;
    }
}

TEST(Service, RefusesWhatItCannotWrite) {
    const SampleService sample;
    for (const std::string_view target : {"/genes", "/dataset", "/metrics"}) {
        expect_problem(
            sample.service.answer({.target = target, .accept = "image/png"}), 406, target);
    }
    EXPECT_EQ(sample.service.answer({.target = "/genes?format=json", .accept = "image/png"}).status,
              200);
}

TEST(Service, TakesOrMakesARequestId) {
    const SampleService sample;
    const auto named = sample.service.answer({.target = "/health", .request_id = "trace-1"});
    EXPECT_EQ(named.headers.find("X-Request-Id"), "trace-1");
    const std::string long_id(129, 'a');
    for (const auto& unfit : {std::string(), std::string("a b"), std::string("a\"b"), long_id}) {
        const auto made = sample.service.answer({.target = "/health", .request_id = unfit});
        EXPECT_EQ(made.headers.find("X-Request-Id").size(), 16U) << unfit;
    }
    EXPECT_NE(sample.get("/health").headers.find("X-Request-Id"),
              sample.get("/health").headers.find("X-Request-Id"));
}

TEST(Service, LooksUpIdsThenNamesOneSlotEach) {
    const SampleService sample;
    const auto response = sample.service.answer(
        {.method = Method::post,
         .method_text = "POST",
         .target = "/genes/lookup",
         .body = R"({"names":["BETA2","alpha"],"ids":["ENSG00000000002.1","ENSG9"]})",
         .content_type = "application/json; charset=utf-8"});
    ASSERT_EQ(response.status, 200) << response.body;
    const auto answer = body_of(response);
    EXPECT_EQ(answer.at("found").as_int64(), 2);
    EXPECT_EQ(answer.at("missing").as_int64(), 2);
    EXPECT_EQ(answer.at("results").as_array().size(), 4U);
}

boost::json::array slots_of(const SampleService& sample, const std::string& body) {
    const auto response = sample.service.answer({.method = Method::post,
                                                 .method_text = "POST",
                                                 .target = "/genes/lookup",
                                                 .body = body,
                                                 .content_type = "application/json"});
    EXPECT_EQ(response.status, 200) << response.body;
    return body_of(response).at("results").as_array();
}

TEST(Service, AdvisesInALookupWhatMayHaveBeenMeant) {
    const SampleService sample;
    const auto slots = slots_of(
        sample,
        R"({"ids":["ENSG2","ALPHA1","ENSG9"],"names":["ALPHA2","ENSG00000000002","none"]})");
    const std::vector<std::string> reasons{
        "no gene has this stable ID; closest: ENSG00000000002",
        "no gene has this stable ID; it is a gene name, for \"names\"",
        "no gene has this stable ID",
        "no gene has this name; closest: ALPHA1",
        "no gene has this name; it is a stable ID, for \"ids\"",
        "no gene has this name"};
    ASSERT_EQ(slots.size(), reasons.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        EXPECT_EQ(slots[i].at("reason").as_string(), reasons[i]);
    }
}

TEST(Service, AdvisesOnTheFirstTwentyMissesOfALookup) {
    const SampleService sample;
    std::string body = R"({"names":["ALPHA1")";
    for (int at = 0; at < 30; ++at) body += R"(,"ALPHA2")";
    const auto slots = slots_of(sample, body + "]}");
    EXPECT_TRUE(slots.at(0).at("reason").is_null());
    for (std::size_t at = 1; at < slots.size(); ++at) {
        EXPECT_EQ(slots.at(at).at("reason").as_string(),
                  at <= 20 ? "no gene has this name; closest: ALPHA1"
                           : "no gene has this name; the closest were looked for of the first 20 "
                             "alone");
    }
}

// A megabyte of what is wrong makes an answer of a few kilobytes.
TEST(Service, CountsTheInputsOfALookupBeforeItLooksAtThem) {
    const SampleService sample;
    std::string many = R"({"names":[""])";
    many.insert(many.size() - 1, [] {
        std::string rest;
        for (int at = 0; at < 300'000; ++at) rest += ",\"\"";
        return rest;
    }());
    const auto ask = [&](const std::string& body) {
        return sample.service.answer({.method = Method::post,
                                      .method_text = "POST",
                                      .target = "/genes/lookup",
                                      .body = body,
                                      .content_type = "application/json"});
    };
    const auto refused = ask(many + "}");
    EXPECT_LT(refused.body.size(), 1000U);
    const auto problem = expect_problem(refused, 400, "/genes/lookup");
    EXPECT_EQ(problem.at("errors").at(0).at("value").as_string(), "300001");

    std::string faulty = R"({"names":[1)";
    for (int at = 1; at < 1000; ++at) faulty += ",1";
    const auto told = expect_problem(ask(faulty + "]}"), 400, "/genes/lookup");
    EXPECT_EQ(told.at("errors").as_array().size(), 100U);
    EXPECT_EQ(told.at("more_errors").as_int64(), 900);

    const auto long_name = R"({"names":[")" + std::string(257, 'a') + R"("]})";
    EXPECT_EQ(expect_problem(ask(long_name), 400, "/genes/lookup").at("detail").as_string(),
              "names[0] is longer than 256 characters");
}

TEST(Service, SaysWhatIsWrongWithALookup) {
    const SampleService sample;
    std::string many = R"({"ids":["a")";
    for (int at = 0; at < 10'000; ++at) many += R"(,"a")";
    many += "]}";
    struct Case {
        std::string_view body, complaint;
    };
    for (const auto& [body, complaint] : {
             Case{"", "is not JSON"},
             Case{"{", "is not JSON"},
             Case{"[]", "must be an object"},
             Case{"{}", "must be an object"},
             Case{R"({"ids":"a"})", "must be an array of strings"},
             Case{R"({"ids":[1]})", "ids[0] must be a string"},
             Case{R"({"names":["a",""]})", "names[1] must be a string"},
             Case{R"({"id":["a"]})", "there are: ids, names, inputs"},
             Case{"{\"ids\":[\"\xff\"]}", "is not UTF-8"},
             Case{many, "asks for more than 10000 genes"},
         }) {
        const auto response = sample.service.answer({.method = Method::post,
                                                     .method_text = "POST",
                                                     .target = "/genes/lookup",
                                                     .body = body,
                                                     .content_type = "application/json"});
        const auto problem = expect_problem(response, 400, "/genes/lookup");
        EXPECT_THAT(std::string(problem.at("detail").as_string()),
                    HasSubstr(std::string(complaint)));
    }
    expect_problem(sample.service.answer({.method = Method::post,
                                          .target = "/genes/lookup",
                                          .body = "{}",
                                          .content_type = "text/plain"}),
                   415,
                   "/genes/lookup");
}

TEST(Service, CountsByBandInEveryBandThatAGeneTouches) {
    const SampleService sample;
    const auto stats = body_of(sample.get("/stats?by=band"));
    ASSERT_EQ(stats.at("groups").as_array().size(), 3U);
    EXPECT_EQ(stats.at("groups").at(0).at("value").as_string(), "21p1");
    EXPECT_EQ(stats.at("groups").at(0).at("count").as_int64(), 2);
    EXPECT_EQ(stats.at("groups").at(1).at("count").as_int64(), 2);
    EXPECT_TRUE(stats.at("groups").at(2).at("value").is_null());
    EXPECT_EQ(body_of(sample.get("/genes?band=p1")).at("total").as_int64(), 2);
}

TEST(Service, CountsAGeneInTheWindowWhereItStarts) {
    const SampleService sample;
    const auto density = body_of(sample.get("/density?bins=10&chromosome=21"));
    const auto& chromosome = density.at("chromosomes").at(0);
    EXPECT_EQ(chromosome.at("bin_size").as_int64(), 100);
    EXPECT_EQ(boost::json::serialize(chromosome.at("counts")), "[1,1,0,0,0,0,0,0,0,0]");
}

enum class Break : std::uint8_t { away, dropped, bug, without_dataset };

// A store that answers nothing.
class BrokenStore final : public GeneStore {
public:
    explicit BrokenStore(Break how) : how_(how) {}
    const Dataset& dataset() const override {
        if (how_ == Break::without_dataset) fail();
        return dataset_;
    }
    FoundGene find(std::string_view /*id*/) const override { fail(); }
    FoundGene find_by_name(std::string_view /*name*/) const override { fail(); }
    Matches look_up(std::span<const Wanted> /*wanted*/) const override { fail(); }
    std::vector<Advice> nearest(std::span<const Wanted> /*missed*/) const override { fail(); }
    GenePage list(const GeneFilter& /*filter*/,
                  const Sort& /*sort*/,
                  Window /*window*/) const override {
        fail();
    }
    Neighbors neighbors(const Gene& /*gene*/,
                        const GeneFilter& /*filter*/,
                        std::uint32_t /*limit*/) const override {
        fail();
    }
    Suggestions suggest(std::string_view /*text*/, std::uint32_t /*limit*/) const override {
        fail();
    }
    std::vector<ChromosomeCount> chromosomes() const override { fail(); }
    std::vector<std::string> gene_types() const override { fail(); }

private:
    [[noreturn]] void fail() const {
        if (how_ == Break::bug) throw std::runtime_error("password=secret");
        if (how_ == Break::dropped) throw DatasetDropped("password=secret");
        throw StoreUnavailable("password=secret");
    }
    Dataset dataset_;
    Break how_;
};

TEST(Service, AnswersWithoutDetailsWhenTheStoreFails) {
    const SampleService down({.version = "1"}, std::make_unique<BrokenStore>(Break::away));
    const auto unavailable = down.get("/genes");
    expect_problem(unavailable, 503, "/genes");
    EXPECT_EQ(unavailable.headers.find("Retry-After"), "5");
    EXPECT_EQ(unavailable.body.find("secret"), std::string::npos);
    EXPECT_EQ(down.store_failures, 1);
    expect_problem(down.get("/health/ready"), 503, "/health/ready");
    EXPECT_EQ(down.get("/health").status, 200);

    const SampleService broken({.version = "1"}, std::make_unique<BrokenStore>(Break::bug));
    const auto fault = broken.get("/genes");
    expect_problem(fault, 500, "/genes");
    EXPECT_EQ(fault.body.find("secret"), std::string::npos);
    EXPECT_EQ(broken.bugs, 1);
}

TEST(Service, AnswersWhatTheProgramDecidesWithoutADataset) {
    const SampleService without({.version = "1"},
                                std::make_unique<BrokenStore>(Break::without_dataset));
    const SampleService sample;
    for (const std::string_view target :
         {"/openapi.json", "/openapi.yaml", "/docs", "/docs/reference.js"}) {
        const auto response = without.get(target);
        EXPECT_EQ(response.status, 200) << target;
        EXPECT_EQ(response.body, sample.get(target).body) << target;
        const std::string tag(response.headers.find("ETag"));
        EXPECT_EQ(tag, sample.get(target).headers.find("ETag")) << target;
        const SampleService newer({.version = "2"});
        EXPECT_NE(tag, newer.get(target).headers.find("ETag")) << target;
        EXPECT_EQ(without.service.answer({.target = target, .if_none_match = tag}).status, 304);
    }
    EXPECT_EQ(without.store_failures, 0);
    for (const std::string_view target : {"/", "/dataset", "/genes"}) {
        expect_problem(without.get(target), 503, target);
    }
    EXPECT_EQ(without.get("/health").status, 200);
}

TEST(Service, AnswersFromTheNextDatasetWhereTheActiveOneHasBeenDropped) {
    datasets::LiveShelf shelf({std::make_unique<BrokenStore>(Break::dropped)});
    int looks = 0;
    shelf.when_asked_to_look([&] {
        ++looks;
        shelf.switch_to({testing::small_store()});
    });
    int failures = 0;
    const Service service(
        shelf, testing::contracts(), {.version = "1"}, [&](const observe::Event& event) {
            if (std::holds_alternative<observe::StoreFailed>(event)) ++failures;
        });
    const auto first = service.answer({.target = "/genes"});
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, SampleService().get("/genes").body);
    EXPECT_EQ(service.answer({.target = "/genes"}).status, 200);
    EXPECT_EQ(looks, 1);
    EXPECT_EQ(failures, 0);
}

TEST(Service, IsUnavailableWhereNoDatasetFollowsOneThatHasBeenDropped) {
    datasets::LiveShelf shelf({std::make_unique<BrokenStore>(Break::dropped)});
    int looks = 0;
    shelf.when_asked_to_look([&] { ++looks; });
    const Service service(
        shelf, testing::contracts(), {.version = "1"}, [](const observe::Event&) {});
    EXPECT_EQ(service.answer({.target = "/genes"}).status, 503);
    EXPECT_EQ(looks, 1);  // once for each request
}

TEST(Service, AnswersAtOnceFromAPinnedDatasetThatIsAtHand) {
    using Opened = std::shared_ptr<const OpenDataset>;
    auto other = std::make_shared<const OpenDataset>(OpenDataset{testing::small_store()});
    datasets::LiveShelf::Others others{
        .find = [&](std::string_view) { return other; },
        .at_hand = [&](std::string_view pin) { return pin == "here" ? other : Opened(); }};
    // The active one answers by itself, and may wait.
    const datasets::LiveShelf shelf(
        {.store = std::make_unique<BrokenStore>(Break::dropped), .may_wait = true},
        std::move(others));
    const Service service(
        shelf, testing::contracts(), {.version = "1"}, [](const observe::Event&) {});
    const auto since = Service::Clock::now();
    const auto at_once = service.answer_at_once({.target = "/genes?dataset=here"}, since);
    ASSERT_TRUE(at_once);
    EXPECT_EQ(at_once->status, 200);
    EXPECT_FALSE(service.answer_at_once({.target = "/genes?dataset=there"}, since));
    EXPECT_EQ(service.answer({.target = "/genes?dataset=there"}).status, 200);
    EXPECT_FALSE(service.answer_at_once({.target = "/genes"}, since));
}

TEST(Service, RefusesForATransport) {
    const SampleService sample;
    const auto response =
        sample.service.refuse(431, "The header fields have more than 16384 bytes");
    EXPECT_EQ(response.status, 431);
    EXPECT_EQ(body_of(response).at("type").as_string(), "urn:chr21:problem:headers-too-large");
    EXPECT_EQ(sample.service.refuse(503, "busy").headers.find("Retry-After"), "1");
}

}  // namespace
}  // namespace chr21::service
