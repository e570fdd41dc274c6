#pragma once

#include "store/sql/engine/deadline.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>

namespace chr21::sql {

// Rolled back unless committed.
class Transaction {
public:
    using Kind = TransactionKind;

    Transaction(Session& session, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(Transaction&&) = delete;

    void commit();

private:
    void end(bool keep);

    Session& session_;
    Kind kind_;
    std::unique_ptr<Deadline> deadline_;
    bool open_ = true;
};

}  // namespace chr21::sql
