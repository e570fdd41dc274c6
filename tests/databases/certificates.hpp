#pragma once

#include <string>

namespace chr21::testing {

// Writes into the folder: root.pem, other_root.pem, and server.pem with server.key for "localhost"
// that the first has signed.
void make_certificates(const std::string& folder);

}  // namespace chr21::testing
