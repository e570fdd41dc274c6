#include "observe/emf_line.hpp"

#include "text/json_writer.hpp"

namespace chr21::observe {
namespace {

// What CloudWatch is to take from the line (the specification's "directive").
void append_directive(text::JsonWriter& json, std::string_view name_space, const EmfGroup& group) {
    json.begin_object();
    json.member("Namespace", name_space);
    json.begin_array("Dimensions");
    json.value(group.dimensions);
    json.end_array();
    json.begin_array("Metrics");
    for (const auto& metric : group.metrics) {
        json.begin_object();
        json.member("Name", metric.name);
        json.member("Unit", metric.unit);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace

std::string to_text(const EmfLine& line) {
    using std::chrono::milliseconds;
    std::string out;
    text::JsonWriter json(out);
    json.begin_object();
    json.begin_object("_aws");
    json.member("Timestamp",
                std::chrono::floor<milliseconds>(line.at).time_since_epoch() / milliseconds(1));
    json.begin_array("CloudWatchMetrics");
    for (const auto& group : line.groups) append_directive(json, line.name_space, group);
    json.end_array();
    json.end_object();
    // Lambda drops lines below the level that the function is set to.
    json.member("level", std::string_view("INFO"));
    json.member("message", std::string_view("metrics"));
    for (const auto& [name, value] : line.members) json.member(name, value);
    for (const auto& group : line.groups) {
        for (const auto& metric : group.metrics) json.member(metric.name, metric.value);
    }
    json.end_object();
    out += '\n';
    return out;
}

}  // namespace chr21::observe
