#include "observe/exposition.hpp"

#include "observe/process.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace chr21::observe {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily family(std::string_view name, std::string_view help, MetricType type) {
    return {.name = std::string(name), .help = std::string(help), .type = type, .metric = {}};
}

void add_counter(MetricFamily& counters, Labels labels, double value) {
    auto& metric = counters.metric.emplace_back();
    metric.label = std::move(labels);
    metric.counter.value = value;
}

MetricFamily counter(std::string_view name, std::string_view help, double value) {
    auto counters = family(name, help, MetricType::Counter);
    add_counter(counters, {}, value);
    return counters;
}

MetricFamily gauge(std::string_view name, std::string_view help, double value, Labels labels = {}) {
    auto gauges = family(name, help, MetricType::Gauge);
    auto& metric = gauges.metric.emplace_back();
    metric.label = std::move(labels);
    metric.gauge.value = value;
    return gauges;
}

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

Sum answer_count(const RouteCounts<Sum>& route) {
    Sum all = 0;
    for (const Sum some : route.durations) all += some;
    return all;
}

std::string status_label(std::size_t place) {
    return place < counted_statuses.size() ? std::to_string(counted_statuses[place]) : "other";
}

void add_answers(MetricFamily& requests, const std::string& name, const RouteCounts<Sum>& route) {
    for (std::size_t method = 0; method < route.answers.size(); ++method) {
        for (std::size_t status = 0; status < route.answers[method].size(); ++status) {
            const Sum answers = route.answers[method][status];
            if (answers == 0) continue;
            add_counter(requests,
                        {{"method", std::string(counted_methods[method])},
                         {"route", name},
                         {"status", status_label(status)}},
                        static_cast<double>(answers));
        }
    }
}

// `counts` has durations in buckets and their sum in nanoseconds.
template <class Counts>
void add_durations(MetricFamily& durations, Labels labels, const Counts& counts) {
    auto& metric = durations.metric.emplace_back();
    metric.label = std::move(labels);
    auto& histogram = metric.histogram;
    histogram.sample_sum = static_cast<double>(counts.nanoseconds) / 1e9;
    for (std::size_t i = 0; i < duration_bounds.size(); ++i) {
        histogram.sample_count += counts.durations[i];
        histogram.bucket.push_back({.cumulative_count = histogram.sample_count,
                                    .upper_bound = seconds(duration_bounds[i])});
    }
    histogram.sample_count += counts.durations.back();  // the serializer adds +Inf
}

void add_routes(std::vector<MetricFamily>& families, const Scrape& scrape) {
    auto requests = family("chr21_http_requests_total",
                           "Requests answered, by method, route template and status.",
                           MetricType::Counter);
    auto durations = family("chr21_http_request_duration_seconds",
                            "Time from a request read to its answer made.",
                            MetricType::Histogram);
    auto bytes = family("chr21_http_response_bytes_total",
                        "Bytes of response bodies as sent.",
                        MetricType::Counter);
    for (std::size_t i = 0; i < scrape.routes.size(); ++i) {
        const auto& name = scrape.routes[i];
        const auto& route = scrape.totals.routes[i];
        if (answer_count(route) == 0) continue;
        add_answers(requests, name, route);
        add_durations(durations, {{"route", name}}, route);
        add_counter(bytes, {{"route", name}}, static_cast<double>(route.bytes));
    }
    families.push_back(std::move(requests));
    families.push_back(std::move(durations));
    families.push_back(std::move(bytes));
}

void add_connections(std::vector<MetricFamily>& families, const ServerCounts<Sum>& server) {
    auto ended = family("chr21_http_connections_ended_total",
                        "Connections ended, by what ended them.",
                        MetricType::Counter);
    auto open = static_cast<double>(server.opened);
    for (std::size_t end = 0; end < server.ended.size(); ++end) {
        const auto count = static_cast<double>(server.ended[end]);
        add_counter(ended, {{"end", std::string(connection_end_names[end])}}, count);
        open -= count;
    }
    families.push_back(gauge("chr21_http_connections", "Connections open now.", open));
    families.push_back(std::move(ended));
}

void add_database(std::vector<MetricFamily>& families, const ServerCounts<Sum>& server) {
    auto durations = family("chr21_database_duration_seconds",
                            "Time that the database took, by what was asked of it.",
                            MetricType::Histogram);
    auto rows = family("chr21_database_rows_total",
                       "Rows that came from the database, or were added to it in bulk.",
                       MetricType::Counter);
    auto failures = family("chr21_database_failures_total",
                           "Times it failed, by what was asked of it.",
                           MetricType::Counter);
    for (std::size_t i = 0; i < server.database.size(); ++i) {
        const auto& counts = server.database[i];
        const Labels labels{{"work", std::string(database_work_names[i])}};
        add_durations(durations, labels, counts);
        add_counter(rows, labels, static_cast<double>(counts.rows));
        add_counter(failures, labels, static_cast<double>(counts.failures));
    }
    families.push_back(std::move(durations));
    families.push_back(std::move(rows));
    families.push_back(std::move(failures));
}

void add_lanes(std::vector<MetricFamily>& families, const ServerCounts<Sum>& server) {
    auto queued = family("chr21_http_queue_length",
                         "Requests that wait for a worker now, by why they need one.",
                         MetricType::Gauge);
    auto taken = family("chr21_http_queue_taken_total",
                        "Requests that a worker has taken, by why they needed one.",
                        MetricType::Counter);
    auto refused = family("chr21_http_queue_refused_total",
                          "Requests told 503 because as many waited as may.",
                          MetricType::Counter);
    for (std::size_t i = 0; i < server.lanes.size(); ++i) {
        const auto& lane = server.lanes[i];
        const Labels labels{{"lane", std::string(lane_names[i])}};
        auto& length = queued.metric.emplace_back();
        length.label = labels;
        // A sum may miss the one and see the other.
        length.gauge.value = static_cast<double>(lane.queued - std::min(lane.queued, lane.taken));
        add_counter(taken, labels, static_cast<double>(lane.taken));
        add_counter(refused, labels, static_cast<double>(lane.refused));
    }
    families.push_back(std::move(queued));
    families.push_back(std::move(taken));
    families.push_back(std::move(refused));
}

void add_process(std::vector<MetricFamily>& families, const Scrape& scrape) {
    if (scrape.process_start_time) {
        families.push_back(gauge("process_start_time_seconds",
                                 "Start of the process, in seconds since 1970.",
                                 *scrape.process_start_time));
    }
    if (const auto memory = resident_memory_bytes()) {
        families.push_back(gauge("process_resident_memory_bytes",
                                 "Resident memory in bytes.",
                                 static_cast<double>(*memory)));
    }
    families.push_back(counter(
        "process_cpu_seconds_total", "User and system CPU time in seconds.", cpu_seconds()));
    if (const auto descriptors = open_file_descriptors()) {
        families.push_back(
            gauge("process_open_fds", "Open file descriptors.", static_cast<double>(*descriptors)));
    }
}

}  // namespace

std::string to_exposition(const Scrape& scrape) {
    const auto& server = scrape.totals.server;
    std::vector<MetricFamily> families;
    add_routes(families, scrape);
    add_connections(families, server);
    add_lanes(families, server);
    add_database(families, server);
    families.push_back(counter("chr21_store_failures_total",
                               "Times the store could not answer.",
                               static_cast<double>(server.store_failures)));
    families.push_back(counter(
        "chr21_bugs_total", "Exceptions that nobody expected.", static_cast<double>(server.bugs)));
    families.push_back(gauge("chr21_dataset_genes",
                             "Genes in the dataset being served.",
                             static_cast<double>(scrape.gene_count)));
    families.push_back(counter("chr21_dataset_switches_total",
                               "Times another dataset became the one that is served.",
                               static_cast<double>(scrape.dataset_switches)));
    families.push_back(gauge("chr21_dataset_stale",
                             "1 while nobody can look whether another dataset is active.",
                             scrape.dataset_stale ? 1 : 0));
    families.push_back(
        gauge("chr21_build_info",
              "The version and commit of the program; always 1.",
              1,
              {{"version", std::string(scrape.version)}, {"commit", std::string(scrape.commit)}}));
    add_process(families, scrape);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace chr21::observe
