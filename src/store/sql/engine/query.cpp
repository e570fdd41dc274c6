#include "store/sql/engine/query.hpp"

#include "store/request_deadline.hpp"

namespace chr21::sql {
namespace {

template <class Value>
Value present(std::optional<Value> value, std::size_t column) {
    if (!value) report_damage("no value in column " + std::to_string(column + 1));
    return *value;
}

// Puts a column of the row where it is wanted.
struct Take {
    const Rows& rows;
    std::size_t column;

    void operator()(std::int64_t* to) const { *to = present(rows.number(column), column); }
    void operator()(int* to) const { *to = static_cast<int>(present(rows.number(column), column)); }
    void operator()(std::string* to) const { *to = present(rows.text(column), column); }
    void operator()(Nullable<std::int64_t>* to) const { to->value = rows.number(column); }
    void operator()(Nullable<std::string>* to) const { to->value = rows.text(column); }
};

}  // namespace

Query::~Query() {
    if (executed_) {
        session_.tell({.kind = kind_of(sql_.text),
                       .rows = row_count_,
                       .failed = failed_,
                       .statement = sql_.text},
                      since_);
    }
}

bool Query::next() {
    if (!advance()) return false;
    ++row_count_;
    for (std::size_t i = 0; i < columns_.size(); ++i) std::visit(Take{*rows_, i}, columns_[i]);
    return true;
}

bool Query::advance() {
    if (executed_ && rows_ == nullptr) return false;
    try {
        if (!executed_) {
            RequestDeadline::check();
            executed_ = true;
            rows_ = session_.backend().ask(sql_);
        }
        if (!rows_->next()) rows_.reset();
    } catch (const EngineFault&) {
        failed_ = true;
        rows_.reset();
        throw;
    }
    return rows_ != nullptr;
}

}  // namespace chr21::sql
