#pragma once

#include <chrono>

namespace chr21::sql {

// Waits until something has come to a connection's socket. Once the time is up it ends the
// connection: whoever reads it is told that it is lost. For client libraries that would wait for a
// silent server for ever.
void wait_for_answer(int socket, std::chrono::steady_clock::time_point until);

}  // namespace chr21::sql
