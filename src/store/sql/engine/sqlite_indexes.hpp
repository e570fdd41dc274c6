#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace chr21::sql {

// Takes a SQLite table's indexes away while many rows are added to it and makes them anew in one
// sort each, which is faster where at least as many rows come as the table has. All of it belongs
// to the transaction that is open: when that is rolled back, the indexes are as they were. Does
// nothing where fewer rows come, for indexes that are part of the table itself, and on a server,
// where whoever loads may not change the schema and others go on to read.
class IndexesMadeAfterwards {
public:
    IndexesMadeAfterwards(soci::session& session, const std::string& table, std::size_t new_rows);

    // Once, after the rows. Without it the transaction must be rolled back.
    void make();

private:
    soci::session& session_;
    std::vector<std::string> statements_;
};

}  // namespace chr21::sql
