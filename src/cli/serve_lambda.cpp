#include "api/contract.hpp"
#include "cli/end_signals.hpp"
#include "cli/lambda_work.hpp"
#include "cli/serving.hpp"
#include "datasets/dataset_follower.hpp"
#include "observe/emf.hpp"
#include "text/version.hpp"
#include "transport/lambda/extension.hpp"
#include "transport/lambda/loop.hpp"
#include "transport/lambda/runtime_api.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {
namespace {

// About when the loader was done.
const auto program_began = std::chrono::steady_clock::now();

// Why there is nothing to begin with.
class StartFault : public std::runtime_error {
public:
    StartFault(std::string type, const std::string& message)
        : std::runtime_error(message), type_(std::move(type)) {}

    // As in lambda::Failure.
    const std::string& type() const { return type_; }

private:
    std::string type_;
};

lambda::Address address_of(const LambdaEnvironment& environment) {
    const auto address = lambda::parse_address(environment.runtime_api);
    if (address) return *address;
    throw StartFault("Runtime.ConfigInvalid",
                     "AWS_LAMBDA_RUNTIME_API is no host and port: " + environment.runtime_api);
}

// The dataset that is active may be dropped while this process is frozen: then a request looks for
// the one that is active now. There is no thread that looks.
void look_when_asked(datasets::LiveShelf& shelf, datasets::DatasetFollower& follower) {
    shelf.when_asked_to_look([&follower, guard = std::make_shared<std::mutex>()] {
        const std::scoped_lock lock(*guard);
        follower.look();
    });
}

service::ServiceOptions service_options(const ServeSettings& settings) {
    auto options = settings.service;
    options.version = version;
    options.body_limit = settings.server.body_limit;
    options.request_deadline = settings.request_deadline;
    options.metrics = nullptr;  // of one sandbox among many, they would mean nothing
    return options;
}

// How the loop ended, as an exit code.
int run(lambda::Loop& loop, const observe::Observer& observer) {
    const EndSignals signals([&](std::string_view name) {
        observer(observe::Stopping{name});
        loop.stop();
    });
    const auto unfinished = loop.run();
    if (unfinished) {
        observer(observe::Stopped{*unfinished});
    } else {
        fmt::print(stderr, "chr21: {}\n", unfinished.error());
    }
    const int code = unfinished ? 0 : 1;
    if (loop.is_answering()) _exit(code);  // nobody waits for that answer
    return code;
}

int serve_events(const ServeSettings& settings,
                 const LambdaEnvironment& environment,
                 bool& has_started) {
    const auto address = address_of(environment);
    const std::array dialects{&api::contract()};
    const auto log = observe::make_log(settings.log);
    const auto emf = observe::make_emf({.environment = settings.environment});
    const observe::Observer observer = [&log, &emf](const observe::Event& event) {
        log(event);
        emf(event);
    };
    auto start = begin_with_patience(settings, observer);
    if (!start) throw StartFault("Runtime.ConfigInvalid", start.error());
    datasets::LiveShelf shelf(std::move(start->dataset), start->source->others());
    datasets::DatasetFollower follower(*start->source, shelf, start->active, observer);
    look_when_asked(shelf, follower);
    const service::Service service(shelf, dialects, service_options(settings), observer);
    lambda::Loop loop(
        {.runtime_api = address,
         .pollers = environment.most_invocations,
         .request_deadline = settings.request_deadline,
         .shutdown_timeout = settings.server.shutdown_timeout},
        make_lambda_work(
            service, {.target = settings.server.target_limit, .body = settings.server.body_limit}),
        observer);
    const lambda::Extension extension(address, observer);
    const auto& dataset = shelf.active()->store->dataset();
    observer(observe::Started{.address = "http://" + lambda::to_text(address),
                              .dataset = dataset.name,
                              .gene_count = dataset.gene_count,
                              .threads = environment.most_invocations,
                              .loaded_at = dataset.loaded_at,
                              .took = std::chrono::steady_clock::now() - program_began});
    has_started = true;
    return run(loop, observer);
}

}  // namespace

void report_failed_start(const std::string& type, const std::string& message) {
    const auto environment = lambda_environment();
    if (!environment) return;
    const auto address = lambda::parse_address(environment->runtime_api);
    if (!address) return;
    const auto told = lambda::RuntimeApi(*address).fail_start({.type = type, .message = message});
    if (!told) fmt::print(stderr, "chr21: {}\n", told.error());
}

int serve_lambda(const ServeSettings& settings, const LambdaEnvironment& environment) {
    // Whoever reads what is logged may go before this process.
    std::ignore = std::signal(SIGPIPE, SIG_IGN);
    block_minded_signals();
    bool has_started = false;
    const auto report = [&](const std::string& type, const std::string& message) {
        if (!has_started) report_failed_start(type, message);
    };
    try {
        return serve_events(settings, environment, has_started);
    } catch (const StartFault& fault) {
        report(fault.type(), fault.what());
        throw;
    } catch (const StoreUnavailable& fault) {
        report("Runtime.DatabaseUnreachable", fault.what());
        throw;
    } catch (const std::exception& fault) {
        report("Runtime.StartFailed", fault.what());
        throw;
    }
}

}  // namespace chr21::cli
