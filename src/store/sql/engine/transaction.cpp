#include "store/sql/engine/transaction.hpp"

#include "store/request_deadline.hpp"

#include <algorithm>
#include <chrono>

namespace chr21::sql {
namespace {

using Clock = std::chrono::steady_clock;

// A server is the first to give up a statement: its connection can be used again then.
constexpr std::chrono::milliseconds more{250};

// Until when a transaction waits for its answers.
Clock::time_point end_of(TransactionKind kind, const DatabaseUrl& url) {
    constexpr std::chrono::minutes for_all_of_a_dataset{10};
    const auto never = Clock::time_point::max();
    const bool reads = kind == TransactionKind::reading || kind == TransactionKind::copying;
    if (!reads) return never;
    const auto request = RequestDeadline::current().value_or(never);
    if (is_file(url)) return request;
    const auto time = kind == TransactionKind::reading
                          ? url.statement_timeout + std::chrono::seconds(1)
                          : for_all_of_a_dataset;
    return std::min(Clock::now() + time, request == never ? never : request + more);
}

}  // namespace

Transaction::Transaction(Session& session, Kind kind) : session_(session), kind_(kind) {
    session_.backend().wait_until(end_of(kind, session.url()));
    session_.engine().begin(session_, kind_);
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        end(false);
    } catch (const EngineFault&) {
        // After some faults the engine has rolled back by itself and there is nothing left to undo.
        open_ = false;
    }
}

void Transaction::commit() {
    end(true);
    open_ = false;
}

void Transaction::end(bool keep) {
    if (keep) {
        session_.commit();
    } else {
        session_.rollback();
    }
    session_.backend().wait_until(Clock::time_point::max());
    session_.engine().after(session_, kind_);
}

}  // namespace chr21::sql
