#pragma once

#include "api/contract.hpp"
#include "api/representation.hpp"
#include "datasets/live_shelf.hpp"
#include "service/service.hpp"
#include "store/memory/catalog.hpp"
#include "tests/transport/http/client.hpp"
#include "transport/http/server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace chr21::http::testing {

using namespace std::chrono_literals;

// Genes ENSG00000000001 and on, one behind the other.
inline std::vector<Gene> numbered_genes(std::size_t count) {
    std::vector<Gene> genes;
    for (std::size_t i = 1; i <= count; ++i) {
        const auto number = std::to_string(i);
        genes.push_back({.gene_stable_id = "ENSG" + std::string(11 - number.size(), '0') + number,
                         .gene_name = "GENE" + number,
                         .gene_description = "gene number " + number,
                         .chromosome = "21",
                         .gene_start = static_cast<Position>(10 * i),
                         .gene_end = static_cast<Position>((10 * i) + 5),
                         .strand = Strand::forward,
                         .gene_type = "protein_coding"});
    }
    return genes;
}

inline std::string gene_target(std::size_t number) {
    return "/genes/" + numbered_genes(number).back().gene_stable_id;
}

inline OpenDataset numbered_dataset(std::size_t gene_count) {
    return {memory::make_catalog({.name = "numbered",
                                  .source = "numbered",
                                  .sha256 = std::string(64, '0'),
                                  .gene_count = gene_count,
                                  .loaded_at = "2026-11-22T00:00:00Z"},
                                 numbered_genes(gene_count),
                                 [](const Gene& gene) { return api::to_json(gene); })};
}

// The real API over a catalog of numbered genes, and a server over it in a thread of its own.
// Listens on a free port of 127.0.0.1; stops when it goes.
class RunningServer {
public:
    explicit RunningServer(ServerOptions options = {}, std::size_t gene_count = 30)
        : RunningServer(std::move(options), numbered_dataset(gene_count)) {}

    RunningServer(ServerOptions options, OpenDataset dataset)
        : RunningServer(std::move(options), contracts(), {.version = "0"}, std::move(dataset)) {}

    // Other contracts; they must outlive it.
    RunningServer(ServerOptions options,
                  std::span<const service::Dialect* const> dialects,
                  service::ServiceOptions service_options,
                  std::size_t gene_count = 30)
        : RunningServer(std::move(options),
                        dialects,
                        std::move(service_options),
                        numbered_dataset(gene_count)) {}

    RunningServer(ServerOptions options,
                  std::span<const service::Dialect* const> dialects,
                  service::ServiceOptions service_options,
                  OpenDataset dataset)
        : shelf_(std::move(dataset),
                 {.names = [] { return std::vector<std::string>{"numbered"}; }}),
          service_(shelf_, dialects, std::move(service_options), [](const observe::Event&) {}),
          server_(Server::listen(on_free_port(std::move(options)),
                                 service_,
                                 [this](const observe::Event& event) { note(event); })
                      .value()),
          thread_([this] { unfinished_ = server_.run(); }) {}

    ~RunningServer() { stop_and_wait(); }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    std::uint16_t port() const { return server_.port(); }
    Client connect() const { return Client(port()); }
    Server& server() { return server_; }
    datasets::LiveShelf& shelf() { return shelf_; }

    // What the service itself says to a GET.
    std::string body_of(std::string_view target) const {
        return service_.answer_whole({.target = target}).body;
    }

    // How many connections were cut.
    std::uint64_t stop_and_wait() {
        server_.stop();
        if (thread_.joinable()) {
            thread_.join();
        }
        return unfinished_;
    }

    // Waits for the next connection to end; `closed` when none does for five seconds.
    observe::ConnectionEnd next_end() {
        std::unique_lock lock(mutex_);
        const bool came = changed_.wait_for(lock, 5s, [&] { return told_ < ends_.size(); });
        return came ? ends_.at(told_++) : observe::ConnectionEnd::closed;
    }

    // Waits for a notice, but no longer than that.
    bool has_noticed(std::chrono::milliseconds patience = 5s) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return noticed_; });
    }

    // Waits until that many of these events have been told.
    template <class Kind>
    bool hears_of(std::size_t count) {
        std::unique_lock lock(mutex_);
        const auto& heard = heard_.at(observe::Event(Kind{}).index());
        return changed_.wait_for(lock, 5s, [&] { return heard >= count; });
    }

    std::size_t opened() const {
        const std::scoped_lock lock(mutex_);
        return opened_;
    }
    // How many connections each thread has taken that took any.
    std::vector<std::size_t> opened_by_thread() const {
        const std::scoped_lock lock(mutex_);
        std::vector<std::size_t> counts;
        std::ranges::copy(opened_by_thread_ | std::views::values, std::back_inserter(counts));
        return counts;
    }
    std::size_t ended() const {
        const std::scoped_lock lock(mutex_);
        return ends_.size();
    }

private:
    static std::span<const service::Dialect* const> contracts() {
        static const std::array dialects{&api::contract()};
        return dialects;
    }

    static ServerOptions on_free_port(ServerOptions options) {
        options.port = 0;
        return options;
    }

    void note(const observe::Event& event) {
        const std::scoped_lock lock(mutex_);
        if (const auto* end = std::get_if<observe::ConnectionEnded>(&event)) {
            ends_.push_back(end->end);
        }
        if (std::holds_alternative<observe::ConnectionOpened>(event)) {
            ++opened_;
            ++opened_by_thread_[std::this_thread::get_id()];
        }
        ++heard_.at(event.index());
        noticed_ = noticed_ || std::holds_alternative<observe::Notice>(event);
        changed_.notify_all();
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<observe::ConnectionEnd> ends_;
    std::size_t told_ = 0;
    std::size_t opened_ = 0;
    std::map<std::thread::id, std::size_t> opened_by_thread_;
    bool noticed_ = false;
    std::array<std::size_t, std::variant_size_v<observe::Event>> heard_{};

    datasets::LiveShelf shelf_;
    service::Service service_;
    Server server_;
    std::uint64_t unfinished_ = 0;
    std::thread thread_;
};

}  // namespace chr21::http::testing
