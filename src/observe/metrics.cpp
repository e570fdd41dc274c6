#include "observe/metrics.hpp"

#include "observe/counts.hpp"
#include "observe/exposition.hpp"
#include "observe/process.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace chr21::observe {

struct Metrics::Interior {
    Interior(std::vector<std::string> templates, std::string version_text, std::string commit_text)
        : routes(std::move(templates)),
          version(std::move(version_text)),
          commit(std::move(commit_text)),
          shards(routes.size()) {}

    std::vector<std::string> routes;
    std::string version;
    std::string commit;
    // Read once: the clocks it is made from drift apart.
    std::optional<double> start_time = process_start_time();
    Shards shards;
    std::atomic<std::uint64_t> gene_count{0};
    std::atomic<std::uint64_t> dataset_switches{0};
    std::atomic<bool> dataset_stale{false};

    void operator()(const Answered& event) { count(shards.own(), event); }
    void operator()(const ConnectionEnded& event) { count(shards.own(), event); }
    void operator()(const ConnectionOpened& /*event*/) { ++shards.own().server.opened; }
    void operator()(const StoreFailed& /*event*/) { ++shards.own().server.store_failures; }
    void operator()(const Bug& /*event*/) { ++shards.own().server.bugs; }
    void operator()(const DatabaseAsked& event) { count(shards.own(), event); }
    void operator()(const TaskQueued& event) { ++shards.own().server.lane(event.lane).queued; }
    void operator()(const TaskTaken& event) { ++shards.own().server.lane(event.lane).taken; }
    void operator()(const TaskRefused& event) { ++shards.own().server.lane(event.lane).refused; }
    void operator()(const Started& event) { gene_count = event.gene_count; }
    void operator()(const DatasetSwitched& event) {
        gene_count = event.gene_count;
        ++dataset_switches;
    }
    void operator()(const DatasetStale& /*event*/) { dataset_stale = true; }
    void operator()(const DatasetFresh& /*event*/) { dataset_stale = false; }
    void operator()(const InvocationFailed& /*event*/) {}
    void operator()(const InvocationOverdue& /*event*/) {}
    void operator()(const AnswerRefused& /*event*/) {}
    void operator()(const Stopping& /*event*/) {}
    void operator()(const Stopped& /*event*/) {}
    void operator()(const Notice& /*event*/) {}
};

Metrics::Metrics(std::vector<std::string> routes, std::string version, std::string commit) {
    routes.emplace_back("unmatched");
    interior_ =
        std::make_unique<Interior>(std::move(routes), std::move(version), std::move(commit));
}

Metrics::~Metrics() = default;

void Metrics::observe(const Event& event) { std::visit(*interior_, event); }

std::string Metrics::text() const {
    return to_exposition({.totals = interior_->shards.add_up(),
                          .routes = interior_->routes,
                          .version = interior_->version,
                          .commit = interior_->commit,
                          .gene_count = interior_->gene_count,
                          .dataset_switches = interior_->dataset_switches,
                          .dataset_stale = interior_->dataset_stale,
                          .process_start_time = interior_->start_time});
}

}  // namespace chr21::observe
