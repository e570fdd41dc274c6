#pragma once

#include "store/sql/engine/row_writer.hpp"

namespace chr21::sql {

// One prepared INSERT, run row by row. SOCI would copy every value.
std::unique_ptr<RowWriter> write_sqlite_rows(soci::session& session,
                                             std::string_view table,
                                             std::span<const std::string_view> columns);

}  // namespace chr21::sql
