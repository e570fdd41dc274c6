#pragma once

#include "store/gene_store.hpp"
#include "store/sql/engine/query.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

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
inline void run_sql(const std::string& path, const std::string& statement) {
    sql::Session(sql::DatabaseUrl{.path = path}, sql::Access::read_write).run(statement);
}

inline int read_number(const std::string& path, const std::string& statement) {
    sql::Session session(sql::DatabaseUrl{.path = path}, sql::Access::read_only);
    int number = 0;
    read_row(session, statement, number);
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
