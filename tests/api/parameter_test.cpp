#include "api/parameter.hpp"

#include "api/gene_parameters.hpp"
#include "api/nearest_name.hpp"
#include "api/operation.hpp"
#include "service/router.hpp"
#include "tests/api/sample_service.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::api {
namespace {

struct Parsed {
    Arguments arguments;
    std::vector<Error> faults;
    std::size_t more_faults = 0;
};

constexpr Represent represent = api::to_json;

// Reads a query as the route of `path` does.
Parsed parse(std::string_view query,
             std::string_view path = "/genes",
             const std::unique_ptr<const GeneStore>& store = testing::small_store()) {
    const auto karyotype = testing::small_karyotype();
    const auto match = service::Router(testing::contracts()).match(Method::get, path);
    const auto row = static_cast<std::size_t>(match.route - match.dialect->routes.data());
    Parsed parsed;
    Faults faults;
    parsed.arguments = parse_arguments(operations()[row].parameters,
                                       std::span(match.path_values).first(match.path_value_count),
                                       service::split_query(query),
                                       {*store, karyotype},
                                       faults);
    parsed.faults = faults.told();
    parsed.more_faults = faults.untold();
    return parsed;
}

TEST(ParseArguments, MakesAFilterOfWhatIsRight) {
    const auto parsed = parse(
        "chromosome=21&gene_type=RNA&gene_type=Coding&search=Kinase&name=App&gene_stable_id=ensg1.4"
        "&biotype=LncRNA&region=chr21:1-2&band=p1&strand=-1&min_length=5&max_length=9");
    EXPECT_EQ(parsed.faults, std::vector<Error>{});
    const auto filter = to_filter(parsed.arguments);
    EXPECT_EQ(filter.chromosomes, std::vector<std::string>{"21"});
    EXPECT_EQ(filter.gene_types, (std::vector<std::string>{"rna", "coding"}));
    EXPECT_EQ(filter.biotypes, std::vector<std::string>{"lncrna"});
    EXPECT_EQ(filter.searches, std::vector<std::string>{"kinase"});
    EXPECT_EQ(filter.gene_names, std::vector<std::string>{"app"});
    EXPECT_EQ(filter.gene_stable_ids, (std::vector<std::string>{"ensg1.4", "ensg1"}));
    EXPECT_EQ(filter.regions, std::vector<Region>{parse_region("21:1-2").value()});
    EXPECT_EQ(filter.bands, std::vector<Region>{parse_region("21:1-175").value()});
    EXPECT_EQ(filter.strand, Strand::reverse);
    EXPECT_EQ(filter.min_length, 5U);
    EXPECT_EQ(filter.max_length, 9U);
}

TEST(ParseArguments, TakesAPlusAsTheForwardStrandHoweverItIsSent) {
    for (const std::string_view query : {"strand=+", "strand=%2B", "strand=1"}) {
        EXPECT_EQ(to_filter(parse(query).arguments).strand, Strand::forward) << query;
    }
}

TEST(ParseArguments, DoesNotTakeThePathForAFilter) {
    const auto parsed = parse("", "/genes/ENSG1/neighbors");
    EXPECT_EQ(*parsed.arguments.text("gene_stable_id"), "ENSG1");
    EXPECT_TRUE(to_filter(parsed.arguments).empty());
}

TEST(ParseArguments, NamesTheParameterAndWhatIsAllowed) {
    struct Case {
        std::string_view query, parameter, complaint;
    };
    const std::string_view whole = "must be a whole number from 1 to ";
    for (const auto& [query, parameter, complaint] : {
             Case{"page=0", "page", "must be a whole number from 1 to 2147483647"},
             Case{"page=1e9999", "page", whole},
             Case{"page=-1", "page", whole},
             Case{"page=%2B1", "page", whole},
             Case{"page=1.0", "page", whole},
             Case{"page=123456789012345678901234567890", "page", whole},
             Case{"page_size=201", "page_size", "must be a whole number from 1 to 200"},
             Case{"page_size=0x10", "page_size", whole},
             Case{"page=1&page=2", "page", "is given more than once"},
             Case{"search=", "search", "is empty"},
             Case{"search", "search", "is empty"},
             Case{"searhc=a", "searhc", "did you mean search?"},
             Case{"qqqqqqqqqq=a", "qqqqqqqqqq", "there are: chromosome, gene_type"},
             Case{"gene_name=APP", "gene_name", "did you mean name?"},
             Case{"Gene_Name=APP", "Gene_Name", "did you mean name?"},
             Case{"gene_id=ENSG1", "gene_id", "did you mean gene_stable_id?"},
             Case{"chr=21", "chr", "did you mean chromosome?"},
             Case{"limit=10", "limit", "did you mean page_size?"},
             Case{"offset=5", "offset", "did you mean page?"},
             Case{"q=app", "q", "did you mean search?"},
             Case{"biotype=lncrn",
                  "biotype",
                  "there is no gene type \"lncrn\"; the nearest are lncRNA"},
             Case{"search=%20&name=%20", "name", "is empty"},
             Case{"name=%C2%A0%E2%80%8B%EF%BB%BF", "name", "is empty"},
             Case{"=a", "", "is not a parameter here"},
             Case{"%zz=a", "%zz", "the name has a %"},
             Case{"search=%zz", "search", "has a % without two hexadecimal digits"},
             Case{"search=%00", "search", "holds a NUL"},
             Case{"search=%ff", "search", "is not UTF-8"},
             Case{"region=21", "region", "chromosome:first-last"},
             Case{"region=21:9-3", "region", "first position is after the last"},
             Case{"region=21:999-1001", "region", "which ends at 1000"},
             Case{"region=99:1-2", "region", "the nearest are 21, X"},
             Case{"band=q9", "band", "there is no band \"q9\"; the nearest are q1, p1"},
             Case{"strand=2", "strand", "must be 1, -1, + or -"},
             Case{"sort=gene_strat", "sort", "did you mean gene_start?"},
             Case{"sort=gene_start,", "sort", "cannot sort by \"\""},
             Case{"fields=gene_nam", "fields", "did you mean gene_name?"},
             Case{"fields=biotypes_of_any_gene", "fields", "there are: "},
             Case{"fields=descr", "fields", "did you mean gene_description?"},
             Case{"fields=strand,strand", "fields", "names strand twice"},
             Case{"format=xml", "format", "is not one of its values"},
             Case{"min_length=0", "min_length", whole},
         }) {
        const auto faults = parse(query).faults;
        ASSERT_EQ(faults.size(), 1U) << query;
        EXPECT_EQ(faults.front().parameter, parameter) << query;
        EXPECT_NE(faults.front().message.find(complaint), std::string::npos)
            << query << ": " << faults.front().message;
    }
}

TEST(ParseArguments, ListsEveryFaultInTheOrderOfTheRequest) {
    const auto faults = parse("page=0&foo=1&region=x&search=a&page_size=0").faults;
    std::vector<std::string> parameters;
    parameters.reserve(faults.size());
    for (const auto& fault : faults) parameters.push_back(fault.parameter);
    EXPECT_EQ(parameters, (std::vector<std::string>{"page", "foo", "region", "page_size"}));
}

TEST(ParseArguments, MissesWhatMustBeThere) {
    const auto faults = parse("limit=3", "/suggest").faults;
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front(), (Error{"q", "", "is missing"}));
}

TEST(ParseArguments, ReadsSortAndFieldsInTheirOrder) {
    const auto parsed = parse("sort=-length,gene_name&fields=band,gene_name");
    EXPECT_EQ(std::get<Sort>(parsed.arguments.find("sort")->value),
              (Sort{{SortField::length, true}, {SortField::gene_name, false}}));
    EXPECT_EQ(std::get<std::vector<Field>>(parsed.arguments.find("fields")->value),
              (std::vector<Field>{to_field(GeneField::band), to_field(GeneField::gene_name)}));
}

TEST(ParseArguments, IgnoresWhatIsNotSeenRoundAValueButOfASearch) {
    for (const std::string_view query :
         {"name=APP",
          "name=%20APP",
          "name=APP+",
          "name=%09APP%0D",
          "name=%C2%A0APP%E2%80%8B",
          "name=%EF%BB%BFAPP",
          "name=APP%20&page=%201%20",
          "name=APP&strand=%201",
          "name=APP&fields=gene_name,%20strand&sort=+gene_name,+-length+"}) {
        const auto parsed = parse(query);
        EXPECT_EQ(parsed.faults, std::vector<Error>{}) << query;
        EXPECT_EQ(to_filter(parsed.arguments).gene_names, std::vector<std::string>{"app"}) << query;
    }
    EXPECT_EQ(to_filter(parse("search=%20kinase+").arguments).searches,
              std::vector<std::string>{" kinase "});
    EXPECT_EQ(*parse("", "/genes/by-name/%20APP%C2%A0").arguments.text("name"), "APP");
}

TEST(ParseArguments, TakesOtherDashesForPlainOnesWhereNothingIsWrittenSo) {
    const std::unique_ptr<const GeneStore> store = std::make_unique<const testing::PlainModel>(
        Dataset{.name = "dashes"},
        std::vector<Gene>{{.gene_stable_id = "A", .gene_name = "NKX2-5"},
                          {.gene_stable_id = "B", .gene_name = "HLA\u2013A"},
                          {.gene_stable_id = "C", .gene_name = "HLA-A"}},
        represent);
    struct Case {
        std::string_view query, name;
    };
    for (const auto& [query, name] : {Case{"name=NKX2%E2%80%935", "nkx2-5"},
                                      Case{"name=nkx2%E2%88%925", "nkx2-5"},
                                      Case{"name=HLA%E2%80%93A", "hla\u2013a"},
                                      Case{"name=HLA%E2%80%94A", "hla-a"}}) {
        EXPECT_EQ(to_filter(parse(query, "/genes", store).arguments).gene_names,
                  std::vector<std::string>{std::string(name)})
            << query;
    }
    EXPECT_EQ(to_filter(parse("region=21:1%E2%80%93100").arguments).regions,
              std::vector<Region>{parse_region("21:1-100").value()});
    EXPECT_EQ(to_filter(parse("strand=%E2%88%921").arguments).strand, Strand::reverse);
    EXPECT_EQ(to_filter(parse("search=a%E2%80%93b").arguments).searches,
              std::vector<std::string>{"a\u2013b"});
}

TEST(ParseArguments, NamesChromosomesAsTheDatasetDoes) {
    struct Case {
        std::string_view query;
        std::string chromosome;
        std::size_t notices;
    };
    for (const auto& [query, chromosome, notices] : {Case{"chromosome=21", "21", 0},
                                                     Case{"chromosome=chr21", "21", 1},
                                                     Case{"chromosome=x", "X", 1},
                                                     Case{"chromosome=CHRX", "X", 1},
                                                     Case{"chromosome=chr22", "chr22", 1}}) {
        const auto parsed = parse(query);
        EXPECT_EQ(to_filter(parsed.arguments).chromosomes, std::vector{chromosome}) << query;
        EXPECT_EQ(parsed.arguments.notices().size(), notices) << query;
    }
    for (const std::string_view query : {"region=x:1-9", "region=chrX:1-9", "region=CHRx:1-9"}) {
        EXPECT_EQ(to_filter(parse(query).arguments).regions,
                  std::vector<Region>{parse_region("X:1-9").value()})
            << query;
    }
}

TEST(ParseArguments, RefusesAChromosomeThatMayBeEither) {
    const std::unique_ptr<const GeneStore> store = std::make_unique<const testing::PlainModel>(
        Dataset{.name = "both"},
        std::vector<Gene>{{.gene_stable_id = "A", .chromosome = "21"},
                          {.gene_stable_id = "B", .chromosome = "chr21"}},
        represent);
    EXPECT_TRUE(parse("chromosome=21&region=chr21:1-2", "/genes", store).faults.empty());
    for (const std::string_view query : {"chromosome=CHR21", "region=Chr21:1-2"}) {
        const auto faults = parse(query, "/genes", store).faults;
        ASSERT_EQ(faults.size(), 1U) << query;
        EXPECT_EQ(faults.front().message, "may mean 21, chr21: write the one that is meant");
    }
}

}  // namespace
}  // namespace chr21::api
