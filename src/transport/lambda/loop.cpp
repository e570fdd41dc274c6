#include "transport/lambda/loop.hpp"

#include "observe/current_invocation.hpp"
#include "transport/lambda/budget.hpp"
#include "transport/lambda/lane.hpp"
#include "transport/lambda/runtime_api.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace chr21::lambda {
namespace {

using Clock = std::chrono::steady_clock;
using Outcome = std::expected<std::string, Failure>;

// Whoever is still at work on so many invocations that were answered for will never end: a new
// process helps more than another thread.
constexpr int most_left_behind = 16;
constexpr std::string_view unhandled = "Runtime.UnhandledException";

std::string_view reason_of(Posted posted) {
    switch (posted) {
        case Posted::accepted:
            return "";
        case Posted::too_late:
            return "it was answered, or ended, meanwhile";
        case Posted::too_large:
            return "it is too large";
        case Posted::refused:
            return "it is not understood";
    }
    return "";
}

struct Poller {
    std::atomic<bool> has_ended = false;
    std::jthread thread = {};
};

observe::InvocationFacts facts_of(const Invocation& invocation) {
    return {.request_id = invocation.request_id,
            .trace_id = invocation.trace_id,
            .is_first = invocation.is_first};
}

}  // namespace

struct Loop::Interior {
    Interior(LoopOptions how, Work what, const observe::Observer& who);
    ~Interior();
    Interior(const Interior&) = delete;
    Interior& operator=(const Interior&) = delete;
    Interior(Interior&&) = delete;
    Interior& operator=(Interior&&) = delete;

    void start_poller(Lane& lane, const std::shared_ptr<RuntimeApi>& api);
    void poll(Lane& lane, RuntimeApi& api);
    bool answer(Lane& lane, RuntimeApi& api, const std::shared_ptr<const Invocation>& invocation);
    Outcome call(const Handler& handler, const Invocation& invocation);
    bool post(RuntimeApi& api, const Invocation& invocation, const Outcome& outcome);

    void watch(std::optional<Clock::time_point> until);
    void answer_overdue(Lane& lane);
    void interrupt_all();
    bool is_over(std::optional<Clock::time_point> end) const;

    void count_pollers(int more);
    void fail(std::string reason);
    void ring() const noexcept;

    LoopOptions options;
    Work work;
    const observe::Observer& observer;
    int bell;  // readable when run() has to look what has happened
    std::vector<std::unique_ptr<Lane>> lanes;
    std::atomic<bool> is_stopping = false;
    std::atomic<bool> is_first = true;
    std::atomic<int> working = 0;      // calls of a handler under way
    std::atomic<int> left_behind = 0;  // of them, whose invocation was answered for them
    mutable std::mutex mutex;
    int pollers = 0;                   // that have a lane, under mutex
    std::optional<std::string> fault;  // the first, under mutex
    std::list<Poller> threads;         // of the thread that runs this; ends before all else
};

Loop::Interior::Interior(LoopOptions how, Work what, const observe::Observer& who)
    : options(std::move(how)),
      work(std::move(what)),
      observer(who),
      bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (bell < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    lanes.reserve(options.pollers);
    for (unsigned number = 0; number < options.pollers; ++number) {
        lanes.push_back(std::make_unique<Lane>());
    }
}

Loop::Interior::~Interior() {
    threads.clear();
    ::close(bell);
}

void Loop::Interior::start_poller(Lane& lane, const std::shared_ptr<RuntimeApi>& api) {
    lane.open(api);
    count_pollers(+1);
    threads.remove_if([](const Poller& one) { return one.has_ended.load(); });
    auto& added = threads.emplace_back();
    added.thread = std::jthread([this, &lane, &added, api] {
        poll(lane, *api);
        added.has_ended = true;
    });
}

// Until a stop, a fault, or an invocation that was answered in this poller's stead.
void Loop::Interior::poll(Lane& lane, RuntimeApi& api) {
    while (!is_stopping) {
        auto received = api.next();
        if (!received) {
            if (!is_stopping) fail(std::move(received.error()));
            break;
        }
        received->is_first = is_first.exchange(false);
        received->answer_by =
            answer_by(*received, options.request_deadline, std::chrono::system_clock::now());
        if (!answer(lane, api, std::make_shared<const Invocation>(*std::move(received)))) return;
    }
    count_pollers(-1);
}

// Whether this poller still has its lane.
bool Loop::Interior::answer(Lane& lane,
                            RuntimeApi& api,
                            const std::shared_ptr<const Invocation>& invocation) {
    const auto facts = facts_of(*invocation);
    const observe::CurrentInvocation current(facts);
    lane.begin(invocation, invocation->answer_by + time_to_give_up);
    const auto outcome = call(work.answer, *invocation);
    if (!lane.finish(*invocation)) {
        --left_behind;
        return false;
    }
    post(api, *invocation, outcome);
    return true;
}

Outcome Loop::Interior::call(const Handler& handler, const Invocation& invocation) {
    ++working;
    auto outcome = [&]() -> Outcome {
        try {
            return handler(invocation);
        } catch (const std::exception& bug) {
            return std::unexpected(Failure{.type = std::string(unhandled), .message = bug.what()});
        }
    }();
    --working;
    return outcome;
}

// Whether it could be posted, also where the platform did not take it.
bool Loop::Interior::post(RuntimeApi& api, const Invocation& invocation, const Outcome& outcome) {
    const auto posted =
        outcome ? api.answer(invocation, *outcome) : api.fail(invocation, outcome.error());
    if (!outcome) {
        const auto& [type, message] = outcome.error();
        observer(observe::InvocationFailed{.type = type, .reason = message});
        // An exception leaves a state that nobody knows.
        if (type == unhandled) fail("unexpected exception: " + message);
    }
    if (!posted) {
        fail(posted.error());
    } else if (*posted != Posted::accepted) {
        observer(observe::AnswerRefused{reason_of(*posted)});
    }
    return posted.has_value();
}

// Waits for something to happen, until then at most, and answers what is overdue.
void Loop::Interior::watch(std::optional<Clock::time_point> until) {
    std::vector<pollfd> waiting{{.fd = bell, .events = POLLIN, .revents = 0}};
    waiting.reserve(lanes.size() + 1);
    for (const auto& lane : lanes) {
        waiting.push_back({.fd = lane->descriptor(), .events = POLLIN, .revents = 0});
    }
    int patience = -1;
    if (until) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now());
        patience = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT_MAX));
    }
    if (::poll(waiting.data(), waiting.size(), patience) <= 0) return;
    std::uint64_t rings = 0;
    std::ignore = ::read(bell, &rings, sizeof(rings));
    for (std::size_t number = 0; number < lanes.size(); ++number) {
        if (waiting[number + 1].revents != 0) answer_overdue(*lanes[number]);
    }
}

void Loop::Interior::answer_overdue(Lane& lane) {
    const auto invocation = lane.take();
    if (invocation == nullptr) return;
    ++left_behind;
    count_pollers(-1);
    const auto facts = facts_of(*invocation);
    const observe::CurrentInvocation current(facts);
    observer(observe::InvocationOverdue{Clock::now() - invocation->received});
    const auto api = std::make_shared<RuntimeApi>(options.runtime_api);
    if (!post(*api, *invocation, call(work.out_of_time, *invocation)) || is_stopping) return;
    if (left_behind >= most_left_behind) {
        return fail("too many invocations have not ended with their budget");
    }
    start_poller(lane, api);
}

void Loop::Interior::interrupt_all() {
    for (const auto& lane : lanes) lane->interrupt();
}

bool Loop::Interior::is_over(std::optional<Clock::time_point> end) const {
    const std::scoped_lock lock(mutex);
    return fault.has_value() || (end && (pollers == 0 || Clock::now() >= *end));
}

void Loop::Interior::count_pollers(int more) {
    {
        const std::scoped_lock lock(mutex);
        pollers += more;
    }
    if (is_stopping) ring();
}

void Loop::Interior::fail(std::string reason) {
    {
        const std::scoped_lock lock(mutex);
        if (!fault) fault = std::move(reason);
    }
    ring();
}

void Loop::Interior::ring() const noexcept {
    const std::uint64_t once = 1;
    std::ignore = ::write(bell, &once, sizeof(once));
}

Loop::Loop(LoopOptions options, Work work, const observe::Observer& observer)
    : interior_(std::make_unique<Interior>(std::move(options), std::move(work), observer)) {}

Loop::~Loop() = default;

std::expected<std::uint64_t, std::string> Loop::run() {
    auto& all = *interior_;
    for (const auto& lane : all.lanes) {
        all.start_poller(*lane, std::make_shared<RuntimeApi>(all.options.runtime_api));
    }
    std::optional<Clock::time_point> end;
    while (!all.is_over(end)) {
        all.watch(end);
        if (!all.is_stopping || end) continue;
        end = Clock::now() + all.options.shutdown_timeout;
        all.interrupt_all();
    }
    all.is_stopping = true;
    all.interrupt_all();
    const std::scoped_lock lock(all.mutex);
    if (all.fault) return std::unexpected(*all.fault);
    return static_cast<std::uint64_t>(std::max(all.working.load(), 0));
}

bool Loop::is_answering() const { return interior_->working > 0; }

void Loop::stop() noexcept {
    interior_->is_stopping = true;
    interior_->ring();
}

}  // namespace chr21::lambda
