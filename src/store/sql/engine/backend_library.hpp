#pragma once

#include "store/sql/url/database_url.hpp"

#include <string>

#include <soci/soci.h>

namespace chr21::sql {

// Opens a connection through SOCI's library for a server's engine, which is loaded when it is first
// asked for and stays. Throws StoreUnavailable where it cannot be loaded, naming the package that
// brings it; otherwise soci::soci_error. From any thread.
void open_session(soci::session& backend, const DatabaseUrl& url, const std::string& options);

// The address of a function in an engine's client library, which open_session() has loaded. Throws
// StoreUnavailable when there is none of that name.
void* find_function(EngineKind engine, const char* name);

template <class Function>
Function* find_function_as(EngineKind engine, const char* name) {
    return reinterpret_cast<Function*>(find_function(engine, name));
}

}  // namespace chr21::sql
