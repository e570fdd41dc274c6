#pragma once

#include "store/sql/engine/row_writer.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace chr21::sql {

// COPY FROM STDIN in the binary format: every number goes into a BIGINT.
std::unique_ptr<RowWriter> write_postgresql_rows(Session& session,
                                                 std::string_view table,
                                                 std::span<const std::string_view> columns);

}  // namespace chr21::sql
