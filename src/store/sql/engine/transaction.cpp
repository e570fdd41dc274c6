#include "store/sql/engine/transaction.hpp"

namespace chr21::sql {

Transaction::Transaction(Session& session, Kind kind)
    : session_(session), kind_(kind), deadline_(session.engine().limit(session, kind)) {
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
    session_.engine().after(session_, kind_);
}

}  // namespace chr21::sql
