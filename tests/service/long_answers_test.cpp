// Answers of more than 256 KiB, whose bodies are made while they are sent.

#include "datasets/live_shelf.hpp"
#include "service/coding.hpp"
#include "service/delivery.hpp"
#include "store/sql/database.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/api/sample_service.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/forwarding_store.hpp"
#include "tests/store/temporary_directory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::service {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;

constexpr std::size_t gene_count = 12'000;

// Some without a place, some on a chromosome of unknown length.
std::vector<Gene> many_genes(std::size_t count = gene_count) {
    std::vector<Gene> genes;
    for (std::size_t i = 0; i < count; ++i) {
        Gene gene{.gene_stable_id = "ENSG" + std::to_string(1'000'000 + i),
                  .gene_name = "NAME" + std::to_string(i * 7919 % 10'007),
                  .gene_description = "number " + std::to_string(i) + ", \"quoted\"",
                  .chromosome = i % 3 == 0 ? "X" : "21",
                  .gene_start = static_cast<Position>(i % 400) + 1,
                  .gene_end = static_cast<Position>(i % 400) + 50,
                  .strand = Strand::reverse};
        if (i % 7 == 0) gene.gene_end.reset();
        if (i % 11 == 0) gene.chromosome = "KI270711.1";
        genes.push_back(std::move(gene));
    }
    return genes;
}

Dataset many_genes_dataset(std::size_t count = gene_count) {
    return {.name = "many",
            .assembly = "small",
            .source = "many.csv",
            .sha256 = std::string(64, 'c'),
            .gene_count = count,
            .loaded_at = "2026-11-22T14:03:09Z"};
}

std::unique_ptr<const GeneStore> many_in_memory(std::size_t count = gene_count) {
    return memory::make_catalog(many_genes_dataset(count), many_genes(count), api::to_json);
}

// Counts the portions that are read of lists; fails from the `fault_at`-th on.
class WatchedStore final : public testing::ForwardingStore {
public:
    enum class Fault : std::uint8_t { none, away, dropped, bug };

    explicit WatchedStore(std::size_t fault_at = 0, Fault fault = Fault::none)
        : ForwardingStore(many_in_memory()), fault_at_(fault_at), fault_(fault) {}

    std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const override {
        return std::make_unique<Cursor>(*this, ForwardingStore::cursor(filter, sort));
    }

    mutable std::size_t portions = 0;

private:
    class Cursor final : public GeneCursor {
    public:
        Cursor(const WatchedStore& store, std::unique_ptr<GeneCursor> cursor)
            : store_(store), cursor_(std::move(cursor)) {}
        std::uint64_t total() const override { return cursor_->total(); }
        GenePage next() override {
            store_.count();
            return cursor_->next();
        }
        std::vector<std::string> placed_chromosomes() const override {
            return cursor_->placed_chromosomes();
        }
        std::size_t bytes_held() const override { return cursor_->bytes_held(); }

    private:
        const WatchedStore& store_;
        std::unique_ptr<GeneCursor> cursor_;
    };

    void count() const {
        ++portions;
        if (fault_ == Fault::none || portions < fault_at_) return;
        if (fault_ == Fault::bug) throw std::runtime_error("password=secret");
        if (fault_ == Fault::dropped) throw DatasetDropped("password=secret");
        throw StoreUnavailable("password=secret");
    }

    std::size_t fault_at_;
    Fault fault_;
};

// A service over many genes, and what it reported of answers.
struct LongService {
    struct Told {
        std::string method;
        std::string route;
        int status;
        std::uint64_t bytes;
        bool is_whole;
        friend bool operator==(const Told&, const Told&) = default;
    };

    explicit LongService(std::unique_ptr<const GeneStore> genes = many_in_memory())
        : shelf({std::move(genes), testing::small_karyotype()}),
          service(
              shelf, testing::contracts(), {.version = "1"}, [this](const observe::Event& event) {
                  hear(event);
              }) {}

    void hear(const observe::Event& event) const {
        if (const auto* one = std::get_if<observe::Answered>(&event)) {
            told.push_back({std::string(one->method),
                            std::string(one->route),
                            one->status,
                            one->bytes,
                            one->is_whole});
        }
        if (std::holds_alternative<observe::StoreFailed>(event)) ++store_failures;
        if (std::holds_alternative<observe::Bug>(event)) ++bugs;
    }

    testing::FixedShelf shelf;
    mutable std::vector<Told> told;  // also where nothing else of it changes
    mutable int store_failures = 0;
    mutable int bugs = 0;
    Service service;
};

std::vector<std::string> pieces_of(Response& response) {
    std::vector<std::string> pieces;
    if (response.long_body == nullptr) return pieces;
    for (;;) {
        std::string piece;
        const auto what = response.long_body->next(piece);
        if (what != Piece::given) {
            EXPECT_EQ(what, Piece::end);
            EXPECT_EQ(piece, "");
            return pieces;
        }
        EXPECT_NE(piece, "");
        pieces.push_back(std::move(piece));
    }
}

std::string joined(const std::vector<std::string>& pieces) {
    std::string all;
    for (const auto& piece : pieces) all += piece;
    return all;
}

std::string unbrotli(std::string_view packed) {
    std::string original(std::size_t{8} << 20U, '\0');
    std::size_t size = original.size();
    if (BrotliDecoderDecompress(packed.size(),
                                reinterpret_cast<const std::uint8_t*>(packed.data()),
                                &size,
                                reinterpret_cast<std::uint8_t*>(original.data())) !=
        BROTLI_DECODER_RESULT_SUCCESS) {
        throw std::runtime_error("brotli: damaged");
    }
    original.resize(size);
    return original;
}

std::string decoded(const Response& response, const std::string& body) {
    const auto coding = response.headers.find("Content-Encoding");
    if (coding == "gzip") return gunzip(body);
    return coding == "br" ? unbrotli(body) : body;
}

std::string written_at_once(const GeneStore& store, api::Format format, const GeneFilter& filter) {
    std::string whole;
    const auto all = store.list(filter, {}, {});
    const auto karyotype = testing::small_karyotype();
    api::write_genes(whole, format, all.genes, {}, karyotype);
    return whole;
}

TEST(LongAnswer, IsTheWholeInPiecesInEachFormatAndCoding) {
    const LongService sample;
    const auto& store = *sample.shelf.active()->store;
    for (const auto& facts : api::formats) {
        if (facts.format == api::Format::json) continue;
        for (const std::string_view coding : {"", "gzip", "br"}) {
            for (const std::string_view filter : {"", "&strand=-1"}) {
                const auto target = std::string("/genes?format=").append(facts.name).append(filter);
                auto response =
                    sample.service.answer({.target = target, .accept_encoding = coding});
                EXPECT_EQ(response.status, 200) << target;
                EXPECT_EQ(response.body, "") << target;
                EXPECT_EQ(response.headers.find("Content-Length"), "") << target;
                EXPECT_EQ(response.headers.find("Content-Encoding"), coding) << target;
                EXPECT_EQ(response.headers.find("X-Total-Count"), std::to_string(gene_count))
                    << target;
                const auto pieces = pieces_of(response);
                EXPECT_GT(pieces.size(), 1U) << target;
                EXPECT_THAT(pieces, Each(::testing::SizeIs(Le(piece_size * 2)))) << target;
                EXPECT_TRUE(decoded(response, joined(pieces)) ==
                            written_at_once(store, facts.format, {}))
                    << target << coding;
            }
        }
    }
}

TEST(LongAnswer, HasTheSameBytesWhereItIsWantedWhole) {
    const LongService sample;
    for (const std::string_view coding : {"", "gzip", "br"}) {
        const Request request{.target = "/genes?format=csv", .accept_encoding = coding};
        auto in_pieces = sample.service.answer(request);
        const auto whole = sample.service.answer_whole(request);
        EXPECT_TRUE(whole.long_body == nullptr);
        EXPECT_TRUE(whole.body == joined(pieces_of(in_pieces))) << coding;
        EXPECT_EQ(whole.headers.find("Content-Length"), std::to_string(whole.body.size()));
        EXPECT_EQ(whole.headers.find("ETag"), in_pieces.headers.find("ETag"));
    }
}

TEST(LongAnswer, IsRefusedAsAWholeWhereItIsLongerThanCanBeSent) {
    const LongService sample;
    for (const std::string_view coding : {"", "gzip"}) {
        const Request request{.target = "/genes?format=csv", .accept_encoding = coding};
        const auto whole = sample.service.answer_whole(request);
        const auto size = whole.body.size();
        const auto now = Service::Clock::now();
        EXPECT_TRUE(sample.service.answer_whole(request, now, size).body == whole.body);
        const auto refused = sample.service.answer_whole(request, now, size - 1);
        EXPECT_EQ(refused.status, 413);
        EXPECT_THAT(refused.body, HasSubstr(std::to_string(size - 1) + " bytes"));
        EXPECT_EQ(refused.headers.find("Content-Encoding"), "");
        EXPECT_EQ(refused.headers.find("ETag"), "");
    }
}

TEST(LongAnswer, IsNotMadeToItsEndWhereItIsLongerThanCanBeSent) {
    const LongService sample(std::make_unique<WatchedStore>(3, WatchedStore::Fault::away));
    const Request request{.target = "/genes?format=ndjson"};
    EXPECT_EQ(sample.service.answer_whole(request, Service::Clock::now(), 1000).status, 413);
    EXPECT_EQ(sample.store_failures, 0);
}

TEST(LongAnswer, HasTheSamePiecesFromSql) {
    const testing::TemporaryDirectory directory;
    const sql::DatabaseUrl url{directory.file("genes.sqlite3")};
    ASSERT_TRUE(sql::Database::open(url).load(many_genes_dataset(), many_genes()));
    const LongService memory;
    const LongService database(sql::open_sql_store(url, api::to_json));
    for (const std::string_view target : {"/genes?format=ndjson",
                                          "/genes?format=gff3",
                                          "/genes?format=gff3&chromosome=21&chromosome=X",
                                          "/genes?format=bed&chromosome=21",
                                          "/genes?format=tsv&search=number&sort=-gene_name"}) {
        for (const std::string_view coding : {"", "gzip", "br"}) {
            const Request request{.target = target, .accept_encoding = coding};
            auto one = memory.service.answer(request);
            auto other = database.service.answer(request);
            const auto pieces = pieces_of(one);
            EXPECT_FALSE(pieces.empty() && one.body.empty()) << target;
            EXPECT_TRUE(pieces == pieces_of(other)) << target << coding;
            EXPECT_TRUE(one.body == other.body) << target << coding;
        }
    }
}

TEST(LongAnswer, BeginsAt256KiB) {
    const auto store = many_in_memory();
    const auto all = store->list({}, {}, {}).genes;
    std::size_t count = 0;
    std::size_t size = 0;
    while (size + all[count]->json.size() + 1 <= whole_body_limit) {
        size += all[count++]->json.size() + 1;
    }
    auto genes = many_genes();
    std::ranges::sort(genes, genome_before);
    for (const std::size_t wanted : {count, count + 1}) {
        auto dataset = many_genes_dataset(wanted);
        const std::vector<Gene> some(genes.begin(),
                                     genes.begin() + static_cast<std::ptrdiff_t>(wanted));
        const LongService sample(memory::make_catalog(dataset, some, api::to_json));
        const auto response = sample.service.answer({.target = "/genes?format=ndjson"});
        const auto head =
            sample.service.answer({.method = Method::head, .target = "/genes?format=ndjson"});
        EXPECT_EQ(response.long_body == nullptr, wanted == count) << wanted;
        EXPECT_EQ(response.headers.find("Content-Length"),
                  wanted == count ? std::to_string(size) : "");
        EXPECT_EQ(head.headers.find("Content-Length"), response.headers.find("Content-Length"));
    }
}

TEST(LongAnswer, ReadsNoGeneForHeadAndForAConditionalRequest) {
    auto watched = std::make_unique<const WatchedStore>();
    const auto& store = *watched;
    LongService sample(std::move(watched));
    std::string tag;
    {
        const auto get = sample.service.answer({.target = "/genes?format=ndjson"});
        tag = get.headers.find("ETag");
        EXPECT_EQ(store.portions, 1U);
    }
    const auto head = sample.service.answer(
        {.method = Method::head, .method_text = "HEAD", .target = "/genes?format=ndjson"});
    EXPECT_EQ(head.status, 200);
    EXPECT_TRUE(head.long_body == nullptr);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.headers.find("ETag"), tag);
    EXPECT_EQ(head.headers.find("X-Total-Count"), std::to_string(gene_count));
    EXPECT_EQ(head.headers.find("Content-Type"), "application/x-ndjson");
    const auto same =
        sample.service.answer({.target = "/genes?format=ndjson", .if_none_match = tag});
    EXPECT_EQ(same.status, 304);
    EXPECT_TRUE(same.long_body == nullptr);
    EXPECT_EQ(store.portions, 1U);
    EXPECT_EQ(sample.told.back(), (LongService::Told{"GET", "/genes", 304, 0, true}));
}

TEST(LongAnswer, TellsAFaultOfTheFirstPieceByItsStatus) {
    const LongService down(std::make_unique<WatchedStore>(1, WatchedStore::Fault::away));
    const auto unavailable = down.service.answer({.target = "/genes?format=ndjson"});
    EXPECT_EQ(unavailable.status, 503);
    EXPECT_TRUE(unavailable.long_body == nullptr);
    EXPECT_EQ(down.store_failures, 1);

    const LongService broken(std::make_unique<WatchedStore>(1, WatchedStore::Fault::bug));
    EXPECT_EQ(broken.service.answer({.target = "/genes?format=bed"}).status, 500);
    EXPECT_EQ(broken.bugs, 1);
}

TEST(LongAnswer, EndsWithAFaultOfALaterPiece) {
    for (const auto fault :
         {WatchedStore::Fault::away, WatchedStore::Fault::dropped, WatchedStore::Fault::bug}) {
        const LongService sample(std::make_unique<WatchedStore>(3, fault));
        auto response = sample.service.answer({.target = "/genes?format=ndjson"});
        EXPECT_EQ(response.status, 200);
        std::string sent;
        auto what = Piece::given;
        while (what == Piece::given) what = response.long_body->next(sent);
        EXPECT_EQ(what, Piece::fault);
        EXPECT_EQ(response.long_body->next(sent), Piece::fault);
        const auto whole = written_at_once(*many_in_memory(), api::Format::ndjson, {});
        EXPECT_TRUE(!sent.empty() && whole.starts_with(sent));
        EXPECT_EQ(sample.store_failures, fault == WatchedStore::Fault::bug ? 0 : 1);
        EXPECT_EQ(sample.bugs, fault == WatchedStore::Fault::bug ? 1 : 0);
        EXPECT_THAT(sample.told, IsEmpty());
        response.long_body.reset();
        EXPECT_THAT(sample.told,
                    ElementsAre(LongService::Told{"GET", "/genes", 200, sent.size(), false}));
    }
}

TEST(LongAnswer, IsUnavailableAsAWholeWhereAnyPieceFails) {
    const LongService sample(std::make_unique<WatchedStore>(3, WatchedStore::Fault::away));
    const auto response = sample.service.answer_whole({.target = "/genes?format=ndjson"});
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.headers.find("Content-Length"), std::to_string(response.body.size()));
    EXPECT_EQ(sample.store_failures, 1);
}

TEST(LongAnswer, IsReportedWithWhatWasSent) {
    LongService sample;
    auto response = sample.service.answer({.target = "/genes?format=csv"});
    EXPECT_THAT(sample.told, IsEmpty());
    const auto size = joined(pieces_of(response)).size();
    response.long_body.reset();
    EXPECT_THAT(sample.told, ElementsAre(LongService::Told{"GET", "/genes", 200, size, true}));

    auto cut = sample.service.answer({.target = "/genes?format=csv"});
    std::string piece;
    ASSERT_EQ(cut.long_body->next(piece), Piece::given);
    cut.long_body->not_sent(1000);
    cut.long_body.reset();
    EXPECT_EQ(sample.told.back(),
              (LongService::Told{"GET", "/genes", 200, piece.size() - 1000, false}));
}

TEST(LongAnswer, ComesInPiecesWhereItWasMadeAtOnce) {
    const LongService sample;
    std::string body = R"({"ids":[")";
    for (int i = 0; i < 999; ++i) {
        body += "ENSG" + std::to_string(1'000'000 + i) + std::string(200, 'x') + "\",\"";
    }
    body += "x\"]}";
    const Request request{.method = Method::post,
                          .method_text = "POST",
                          .target = "/genes/lookup",
                          .body = body,
                          .content_type = "application/json"};
    auto response = sample.service.answer(request);
    ASSERT_EQ(response.status, 200);
    const auto pieces = pieces_of(response);
    EXPECT_GT(pieces.size(), 4U);
    EXPECT_TRUE(joined(pieces) == sample.service.answer_whole(request).body);
}

TEST(LongAnswer, GoesOnFromTheDatasetThatItBeganWith) {
    const auto expected = written_at_once(*many_in_memory(), api::Format::ndjson, {});
    datasets::LiveShelf shelf({many_in_memory(), testing::small_karyotype()});
    const Service service(
        shelf, testing::contracts(), {.version = "1"}, [](const observe::Event&) {});
    auto response = service.answer({.target = "/genes?format=ndjson"});
    const std::weak_ptr<const OpenDataset> old = shelf.active();
    shelf.switch_to({testing::small_store()});
    service.let_go_of_old_dataset();
    EXPECT_FALSE(old.expired());
    EXPECT_TRUE(joined(pieces_of(response)) == expected);
    response.long_body.reset();
    EXPECT_TRUE(old.expired());
}

TEST(LongAnswer, TellsWhatItHolds) {
    const LongService sample;
    auto unfiltered = sample.service.answer({.target = "/genes?format=ndjson"});
    EXPECT_LE(unfiltered.long_body->bytes_held(), std::size_t{256} << 10U);
    const auto filtered = sample.service.answer({.target = "/genes?format=ndjson&strand=-1"});
    EXPECT_GE(filtered.long_body->bytes_held(),
              unfiltered.long_body->bytes_held() + (gene_count * sizeof(void*)) - piece_size);
    EXPECT_FALSE(pieces_of(unfiltered).empty());
    EXPECT_EQ(unfiltered.long_body->bytes_held(), 0U);
}

class Text final : public BodySource {
public:
    explicit Text(std::string_view text) : rest_(text) {}
    bool next(std::string& text) override {
        const auto piece = rest_.substr(0, piece_size);
        rest_.remove_prefix(piece.size());
        text += piece;
        return !piece.empty();
    }
    std::size_t bytes_held() const override { return 0; }

private:
    std::string_view rest_;
};

std::string unpacked(const std::string& packed, Coding coding) {
    if (coding == Coding::gzip) return gunzip(packed);
    return coding == Coding::brotli ? unbrotli(packed) : packed;
}

TEST(CodedPieces, ComeBackAsTheyWere) {
    std::string original;
    for (int i = 0; i < 40'000; ++i) original += "gene " + std::to_string(i * 17) + "\n";
    for (const auto coding : {Coding::identity, Coding::gzip, Coding::brotli}) {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, original.size()}) {
            const auto expected = original.substr(0, size);
            const auto source = encode(coding, std::make_unique<Text>(expected));
            std::string packed;
            while (source->next(packed)) {
            }
            EXPECT_FALSE(source->next(packed));
            EXPECT_TRUE(unpacked(packed, coding) == expected) << to_text(coding) << size;
        }
    }
}

}  // namespace
}  // namespace chr21::service
