#pragma once

#include "store/sql/engine/row_writer.hpp"

namespace chr21::sql {

// COPY FROM STDIN in the binary format: every number goes into a BIGINT.
std::unique_ptr<RowWriter> write_postgresql_rows(soci::session& session,
                                                 std::string_view table,
                                                 std::span<const std::string_view> columns);

}  // namespace chr21::sql
