#pragma once

#include "observe/event.hpp"
#include "service/request.hpp"
#include "service/response.hpp"
#include "store/dataset_shelf.hpp"

#include <functional>
#include <memory>
#include <string>

namespace chr21::api {

struct ServiceOptions {
    std::string cors_origin = "*";  // Access-Control-Allow-Origin; empty sends no CORS headers
    std::string cache_control = "public, max-age=3600";  // on answers that the dataset decides
    // On answers to requests that name their dataset with `dataset=`.
    std::string pinned_cache_control = "public, max-age=31536000, immutable";
    std::string version;                   // of the program, part of every ETag
    std::function<std::string()> metrics;  // the text that /metrics answers
    std::size_t body_limit = 1 << 20;      // bytes
};

// The whole API as a function from request to answer; every transport calls this and nothing
// else. Immutable after construction, so safe to call from many threads.
class Service {
public:
    // `shelf` must outlive the service.
    Service(const DatasetShelf& shelf, const ServiceOptions& options, observe::Observer observer);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // Never throws: a store that fails becomes 503, any other fault of ours 500.
    Response answer(const Request& request) const;

    // Lets go of a dataset that is no longer the active one, of which the calling thread may keep
    // hold until its next request.
    void rest() const;

    // An answer to what a transport could not read as a request: 400, 408, 413, 414, 431, 503 ...
    // `detail` says what was wrong and what is allowed.
    Response refuse(int status, std::string_view detail) const;

private:
    struct Interior;
    std::unique_ptr<const Interior> interior_;
};

}  // namespace chr21::api
