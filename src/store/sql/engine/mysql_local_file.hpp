#pragma once

#include "store/sql/engine/row_writer.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <span>
#include <string_view>

#include <mysql.h>

namespace chr21::sql::mysql {

// A server that was asked to load a client's file names the file that it wants sent, and may name
// any. From here on a connection sends rows that were given to write_local_file(), and no file.
void send_no_files(MYSQL* connection);

// Whether the server takes what LOAD DATA LOCAL sends: managed ones often do not.
bool takes_local_files(Session& session);

// LOAD DATA LOCAL, with rows from memory in place of a file's, some megabytes to a statement. Only
// on connections that send_no_files() has prepared. What the server would warn of and go on, such
// as a text cut short, is thrown.
std::unique_ptr<RowWriter> write_local_file(Session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns);

}  // namespace chr21::sql::mysql
