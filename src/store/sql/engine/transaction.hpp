#pragma once

#include "store/sql/engine/session.hpp"

namespace chr21::sql {

// Rolled back unless committed. One that reads ends with the time of this thread's request: its
// statements together take no longer.
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
    bool open_ = true;
};

}  // namespace chr21::sql
