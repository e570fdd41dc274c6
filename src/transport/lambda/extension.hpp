#pragma once

#include "observe/event.hpp"
#include "transport/lambda/connection.hpp"

#include <string>
#include <thread>

namespace chr21::lambda {

// The process as an internal extension of itself that wants no events (Extensions API, version
// 2020-01-01). The platform sends SIGTERM before it ends a sandbox only where there is an
// extension; without one it kills. Has to be made before the first event is asked for.
class Extension {
public:
    // Where it cannot register, the observer is told and nothing else happens.
    Extension(const Address& runtime_api, const observe::Observer& observer);
    ~Extension();
    Extension(const Extension&) = delete;
    Extension& operator=(const Extension&) = delete;
    Extension(Extension&&) = delete;
    Extension& operator=(Extension&&) = delete;

private:
    // The platform waits with every event until each extension asks for its next.
    void ask_for_events(const std::string& identifier);

    Connection connection_;
    std::jthread thread_;
};

}  // namespace chr21::lambda
