#pragma once

#include "store/sql/engine/row_writer.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace chr21::sql {

// One prepared INSERT, run row by row; no value is copied.
std::unique_ptr<RowWriter> write_sqlite_rows(Session& session,
                                             std::string_view table,
                                             std::span<const std::string_view> columns);

}  // namespace chr21::sql
