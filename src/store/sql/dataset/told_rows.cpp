#include "store/sql/dataset/told_rows.hpp"

#include <chrono>
#include <cstdint>
#include <utility>

namespace chr21::sql {
namespace {

class ToldRows final : public RowWriter {
public:
    ToldRows(Session& session, std::unique_ptr<RowWriter> rows)
        : session_(session), rows_(std::move(rows)) {}
    ~ToldRows() override {
        if (!finished_) tell(true);
    }
    ToldRows(const ToldRows&) = delete;
    ToldRows& operator=(const ToldRows&) = delete;
    ToldRows(ToldRows&&) = delete;
    ToldRows& operator=(ToldRows&&) = delete;

    void number(std::int64_t value) override { rows_->number(value); }
    void text(std::string_view value) override { rows_->text(value); }
    void null() override { rows_->null(); }
    void end_row() override {
        rows_->end_row();
        ++count_;
    }
    void finish() override {
        rows_->finish();
        finished_ = true;
        tell(false);
    }

private:
    void tell(bool failed) const {
        session_.tell({.kind = Asked::Kind::bulk, .rows = failed ? 0 : count_, .failed = failed},
                      since_);
    }

    Session& session_;
    std::unique_ptr<RowWriter> rows_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    std::uint64_t count_ = 0;
    bool finished_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> write_told_rows(Session& session,
                                           std::string_view table,
                                           std::span<const std::string_view> columns) {
    return std::make_unique<ToldRows>(session,
                                      session.engine().write_rows(session, table, columns));
}

}  // namespace chr21::sql
