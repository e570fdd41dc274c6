#include "store/sql/engine/row_writer.hpp"

#include "store/sql/engine/mysql_rows.hpp"
#include "store/sql/engine/postgresql_rows.hpp"
#include "store/sql/engine/sqlite_rows.hpp"

namespace chr21::sql {

std::unique_ptr<RowWriter> write_rows(soci::session& session,
                                      std::string_view table,
                                      std::span<const std::string_view> columns) {
    const auto engine = session.get_backend_name();
    if (engine == "postgresql") return write_postgresql_rows(session, table, columns);
    if (engine == "mysql") return write_mysql_rows(session, table, columns);
    return write_sqlite_rows(session, table, columns);
}

}  // namespace chr21::sql
