#pragma once

#include "observe/event.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::observe {

// Counts events and shows them in the Prometheus text format. Counting is a few atomic additions
// in a shard of the calling thread, without a lock; showing adds the shards up. Safe to use from
// many threads.
//
// chr21_http_requests_total{method,route,status},
// chr21_http_request_duration_seconds{route} (a histogram), chr21_http_response_bytes_total{route},
// chr21_http_connections (open now), chr21_http_connections_ended_total{end},
// chr21_http_queue_length{lane}, chr21_http_queue_taken_total{lane},
// chr21_http_queue_refused_total{lane}, chr21_database_duration_seconds{work} (a histogram),
// chr21_database_rows_total{work}, chr21_database_failures_total{work},
// chr21_store_failures_total, chr21_bugs_total, chr21_dataset_genes,
// chr21_dataset_switches_total, chr21_dataset_stale,
// chr21_build_info{version,commit}, process_start_time_seconds, process_resident_memory_bytes,
// process_cpu_seconds_total, process_open_fds.
//
// Every ConnectionEnded needs its ConnectionOpened, or the number of open connections is wrong. A
// method or status that the service never sends is "other".
class Metrics {
public:
    // The templates of the route table, in its order: Answered::route_index counts into them.
    Metrics(std::vector<std::string> routes, std::string version, std::string commit);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void observe(const Event& event);

    // The exposition, text format version 0.0.4.
    std::string text() const;

private:
    struct Interior;
    std::unique_ptr<Interior> interior_;
};

}  // namespace chr21::observe
