#pragma once

#include "store/sql/engine/row_writer.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace chr21::sql {

// LOAD DATA LOCAL where the server takes it, and otherwise INSERT with many rows to a statement.
std::unique_ptr<RowWriter> write_mysql_rows(Session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns);

}  // namespace chr21::sql
