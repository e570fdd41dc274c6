#pragma once

#include "store/sql/url/database_url.hpp"

namespace chr21::sql {

// Throws StoreUnavailable where something else than a file lies where a SQLite database or its
// journal is to be: a named pipe, on which opening would wait for good, a device or a directory.
// What is not there is no fault, nor is a database on a server.
void require_file_or_nothing(const DatabaseUrl& url);

}  // namespace chr21::sql
