#pragma once

#include "store/sql/engine/row_writer.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace chr21::sql {

// The engine's way of adding rows to a table in bulk; whoever listens is told of them when they are
// written, or when that has failed.
std::unique_ptr<RowWriter> write_told_rows(Session& session,
                                           std::string_view table,
                                           std::span<const std::string_view> columns);

}  // namespace chr21::sql
