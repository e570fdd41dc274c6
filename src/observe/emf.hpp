#pragma once

#include "observe/event.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace chr21::observe {

struct EmfOptions {
    std::string name_space = "chr21";
    std::string environment = "local";  // a dimension of every metric: 1 to 255 visible ASCII
};

// Where lines go, each with its line break. Called by one thread at a time.
using EmfSink = std::function<void(std::string_view line)>;
void write_to_standard_output(std::string_view line);

// Writes metrics as log lines that Amazon CloudWatch takes them from (embedded metric format):
// one line when the program can answer, one for each other dataset, and one for each answer, with
// what the database was asked by the same thread since its answer before.
//
// RequestLatency (Milliseconds), Status2xx, Status3xx, Status4xx and Status5xx of each Environment
// and Route; Queries, DbTime (Milliseconds), DbConnects, DbConnectFailures, ColdStart, InitDuration
// (Milliseconds), DatasetGenes and DatasetAgeSeconds of each Environment. A count of none is left
// out, but for Queries.
Observer make_emf(EmfOptions options, EmfSink sink = write_to_standard_output);

}  // namespace chr21::observe
