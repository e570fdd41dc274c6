#pragma once

#include "observe/event.hpp"
#include "service/dialect.hpp"
#include "service/options.hpp"
#include "service/request.hpp"
#include "service/response.hpp"
#include "store/dataset_shelf.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <memory>
#include <span>
#include <string_view>

namespace chr21::service {

// What an answer takes out of the thread that makes it, as far as its request tells.
enum class Cost : std::uint8_t {
    little,     // some two milliseconds of CPU at most, and no wait
    computing,  // more CPU, and no wait
    waiting,    // it may wait, for a database or a disk
};

// All contracts as one function from request to answer; every transport calls this and nothing
// else. Immutable after construction, so safe to call from many threads.
class Service {
public:
    // `shelf` and each dialect must outlive the service. A path that nobody has, and what is no
    // request at all, belong to the first dialect. Throws std::invalid_argument for tables that no
    // Router can hold.
    Service(const DatasetShelf& shelf,
            std::span<const Dialect* const> dialects,
            ServiceOptions options,
            observe::Observer observer);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    using Clock = std::chrono::steady_clock;

    // Never throws: a store that fails becomes 503, any other fault of ours 500. `since` is when
    // the request had been read, from where its time is counted.
    Response answer(const Request& request, Clock::time_point since = Clock::now()) const;

    // The same where the answer costs little. What it costs where it is more, and then nothing has
    // been done: for transports that answer others in the same thread.
    std::expected<Response, Cost> answer_at_once(const Request& request,
                                                 Clock::time_point since) const;

    // 503 with Retry-After, without a look at what is asked: there is too much to do.
    Response turn_away(const Request& request, Clock::time_point since) const;

    // 503 with Retry-After, for a request that somebody still works on although its time is over.
    Response give_up(const Request& request, Clock::time_point since) const;

    // As answer(), with the whole body, for those who cannot send it in pieces. Where it would have
    // more than `most_bytes`, 413 instead, without making much more than those.
    Response answer_whole(const Request& request,
                          Clock::time_point since = Clock::now(),
                          std::size_t most_bytes = std::numeric_limits<std::size_t>::max()) const;

    // Lets go of a dataset that is no longer the active one, of which the calling thread may keep
    // hold until its next request.
    void let_go_of_old_dataset() const;

    // An answer to what a transport could not read as a request: 400, 408, 413, 414, 431, 503 ...
    // `detail` says what was wrong and what is allowed.
    Response refuse(int status, std::string_view detail) const;

private:
    struct Interior;
    std::unique_ptr<const Interior> interior_;
};

}  // namespace chr21::service
