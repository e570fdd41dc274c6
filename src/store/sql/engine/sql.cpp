#include "store/sql/engine/sql.hpp"

#include <algorithm>
#include <iterator>

namespace chr21::sql {

Sql& Sql::append(std::string_view more, std::vector<SqlValue> bound) {
    text += more;
    std::ranges::move(bound, std::back_inserter(values));
    return *this;
}

Sql& Sql::append(const Sql& more) { return append(more.text, more.values); }

}  // namespace chr21::sql
