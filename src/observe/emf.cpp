#include "observe/emf.hpp"

#include "observe/current_invocation.hpp"
#include "observe/emf_line.hpp"
#include "text/utc_time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace chr21::observe {
namespace {

using Clock = std::chrono::system_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

// What one thread asked a database since it was told of last. A request is answered by one thread.
struct DatabaseUse {
    std::uint64_t queries = 0;
    std::uint64_t connects = 0;
    std::uint64_t failed_connects = 0;
    Milliseconds took{};
};
thread_local DatabaseUse use_of_this_thread;

std::string_view status_class(int status) {
    constexpr std::array<std::string_view, 4> names{
        "Status2xx", "Status3xx", "Status4xx", "Status5xx"};
    const auto hundreds = status / 100;
    return hundreds >= 2 && hundreds <= 5 ? names.at(static_cast<std::size_t>(hundreds - 2)) : "";
}

void add_count(std::vector<EmfMetric>& metrics, std::string_view name, std::uint64_t count) {
    if (count > 0) metrics.push_back({name, "Count", static_cast<double>(count)});
}

void add_connects(std::vector<EmfMetric>& metrics, const DatabaseUse& use) {
    add_count(metrics, "DbConnects", use.connects);
    add_count(metrics, "DbConnectFailures", use.failed_connects);
}

void add_use(std::vector<EmfMetric>& metrics, const DatabaseUse& use) {
    metrics.push_back({"Queries", "Count", static_cast<double>(use.queries)});
    if (use.took.count() > 0) metrics.push_back({"DbTime", "Milliseconds", use.took.count()});
    add_connects(metrics, use);
}

class Emf {
public:
    Emf(EmfOptions options, EmfSink sink)
        : options_(std::move(options)), sink_(std::move(sink)), mutex_(new std::mutex) {}

    void operator()(const DatabaseAsked& event) const {
        auto& use = use_of_this_thread;
        use.took += event.took;
        if (event.work == DatabaseWork::select) ++use.queries;
        if (event.work != DatabaseWork::connect) return;
        ++(event.failed ? use.failed_connects : use.connects);
    }

    void operator()(const Answered& event) const {
        EmfGroup of_route{
            .dimensions = {"Environment", "Route"},
            .metrics = {{"RequestLatency", "Milliseconds", Milliseconds(event.took).count()}}};
        if (const auto name = status_class(event.status); !name.empty()) {
            of_route.metrics.push_back({name, "Count", 1});
        }
        EmfGroup of_all{.dimensions = {"Environment"}, .metrics = {}};
        add_use(of_all.metrics, std::exchange(use_of_this_thread, {}));
        auto line = begin_line();
        line.members.emplace_back("Route", event.route);
        if (const auto* const facts = CurrentInvocation::find()) {
            line.members.emplace_back("aws_request_id", facts->request_id);
            if (facts->is_first) add_count(of_all.metrics, "ColdStart", 1);
        }
        line.groups = {std::move(of_route), std::move(of_all)};
        write(line);
    }

    void operator()(const Started& event) const {
        EmfGroup of_all{.dimensions = {"Environment"}, .metrics = {}};
        of_all.metrics.push_back({"DatasetGenes", "Count", static_cast<double>(event.gene_count)});
        if (const auto age = age_of(event.loaded_at)) {
            of_all.metrics.push_back({"DatasetAgeSeconds", "Seconds", *age});
        }
        if (event.took.count() > 0) {
            of_all.metrics.push_back(
                {"InitDuration", "Milliseconds", Milliseconds(event.took).count()});
        }
        // What a start takes is no query of a request.
        add_connects(of_all.metrics, std::exchange(use_of_this_thread, {}));
        write_groups({std::move(of_all)});
    }

    void operator()(const DatasetSwitched& event) const {
        write_groups(
            {{.dimensions = {"Environment"},
              .metrics = {{"DatasetGenes", "Count", static_cast<double>(event.gene_count)}}}});
    }

    template <class Other>
    void operator()(const Other& /*event*/) const {}

private:
    EmfLine begin_line() const {
        return {.name_space = options_.name_space,
                .at = Clock::now(),
                .members = {{"Environment", options_.environment}},
                .groups = {}};
    }

    // Seconds; absent where nobody knows when it was loaded.
    static std::optional<double> age_of(std::string_view loaded_at) {
        const auto then = text::parse_utc_time(loaded_at);
        if (!then) return std::nullopt;
        return std::chrono::duration<double>(Clock::now() - *then).count();
    }

    void write_groups(std::vector<EmfGroup> groups) const {
        auto line = begin_line();
        line.groups = std::move(groups);
        write(line);
    }

    void write(const EmfLine& line) const {
        const auto text = to_text(line);
        const std::scoped_lock lock(*mutex_);
        sink_(text);
    }

    EmfOptions options_;
    EmfSink sink_;
    std::shared_ptr<std::mutex> mutex_;  // shared, because observers are copied
};

}  // namespace

void write_to_standard_output(std::string_view line) {
    // Nobody could be told of a failure in a better way than standard error, where the log goes.
    if (std::fwrite(line.data(), 1, line.size(), stdout) == line.size()) std::fflush(stdout);
}

Observer make_emf(EmfOptions options, EmfSink sink) {
    return [emf = Emf(std::move(options), std::move(sink))](const Event& event) {
        std::visit(emf, event);
    };
}

}  // namespace chr21::observe
