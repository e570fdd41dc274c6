#pragma once

#include "store/sql/engine/row_writer.hpp"

namespace chr21::sql {

// LOAD DATA LOCAL where the server takes it, and otherwise INSERT with many rows to a statement.
std::unique_ptr<RowWriter> write_mysql_rows(soci::session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns);

}  // namespace chr21::sql
