#include "api/contract.hpp"
#include "cli/end_signals.hpp"
#include "cli/serving.hpp"
#include "datasets/dataset_watch.hpp"
#include "observe/metrics.hpp"
#include "service/router.hpp"
#include "text/version.hpp"
#include "transport/http/listener.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {

namespace {

int fail(const std::string& message) {
    fmt::print(stderr, "chr21: {}\n", message);
    return 1;
}

// Of an address.
int fail(const Error& error) {
    return fail(fmt::format("--{} {}: {}", error.parameter, error.value, error.message));
}

// What somebody who has started it by hand wants to know.
void help_person(std::string_view address,
                 const datasets::DatasetSource& source,
                 const observe::Observer& observer) {
    observer(
        observe::Notice{fmt::format("the reference is at {}/docs; Ctrl-C stops; the data is in {}",
                                    address,
                                    sql::describe(source.database()))});
}

}  // namespace

int serve(const ServeSettings& settings) {
    if (settings.lambda) return serve_lambda(settings, *settings.lambda);
    block_minded_signals();
    const std::array dialects{&api::contract()};
    observe::Metrics metrics(
        service::Router(dialects).names(), std::string(version), std::string(commit));
    const auto log = observe::make_log(settings.log);
    const observe::Observer observer = [&metrics, &log](const observe::Event& event) {
        metrics.observe(event);
        log(event);
    };
    // Before a database is made or waited for.
    if (const auto address = http::Listener::open(settings.server.host, settings.server.port);
        !address) {
        return fail(address.error());
    }
    auto start = begin_with_patience(settings, observer);
    if (!start) return fail(start.error());
    const auto& source = *start->source;
    datasets::LiveShelf shelf(std::move(start->dataset), source.others());

    auto options = settings.service;
    options.version = version;
    options.body_limit = settings.server.body_limit;
    options.request_deadline = settings.request_deadline;
    options.metrics = [&metrics] { return metrics.text(); };
    const service::Service service(shelf, dialects, options, observer);
    auto server = http::Server::listen(settings.server, service, observer);
    if (!server) return fail(server.error());

    const auto& dataset = shelf.active()->store->dataset();
    observer(observe::Started{.address = server->address(),
                              .dataset = dataset.name,
                              .gene_count = dataset.gene_count,
                              .threads = settings.server.threads});
    if (isatty(STDERR_FILENO) == 1) help_person(server->address(), source, observer);
    const auto unfinished = [&] {
        // Threads without requests would keep the old catalog for as long as they have none.
        const observe::Observer of_switches = [&](const observe::Event& event) {
            if (std::holds_alternative<observe::DatasetSwitched>(event))
                server->let_go_of_old_dataset();
            observer(event);
        };
        datasets::DatasetWatch watch(
            source, shelf, start->active, settings.poll_interval, of_switches);
        shelf.when_asked_to_look([&watch] { watch.look_and_wait(); });
        const EndSignals signals(
            [&](std::string_view name) {
                observer(observe::Stopping{name});
                server->stop();
            },
            [&] { watch.look_now(); });
        return server->run();
    }();
    observer(observe::Stopped{unfinished});
    if (server->is_answering()) _exit(0);  // for a client that has gone; nobody waits for it
    return 0;
}

}  // namespace chr21::cli
