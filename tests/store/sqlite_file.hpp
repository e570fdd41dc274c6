#pragma once

#include "store/gene_store.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace chr21::testing {

inline std::string bytes_of(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// Runs SQL on a file behind our back. The path holds no space.
inline void run_sql(const std::string& path, const std::string& sql) {
    soci::session session(soci::sqlite3, "dbname=" + path);
    session << sql;
}

inline int read_number(const std::string& path, const std::string& sql) {
    soci::session session(soci::sqlite3, "dbname=" + path);
    int number = 0;
    session << sql, soci::into(number);
    return number;
}

// What StoreUnavailable says; a failure when the work does not throw it.
template <class Work>
std::string complaint_of(const Work& work) {
    try {
        work();
    } catch (const StoreUnavailable& fault) {
        return fault.what();
    }
    ADD_FAILURE() << "no StoreUnavailable was thrown";
    return {};
}

}  // namespace chr21::testing
