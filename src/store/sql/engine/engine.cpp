#include "store/sql/engine/engine.hpp"

#include "store/sql/engine/deadline.hpp"
#include "store/sql/engine/engines.hpp"

namespace chr21::sql {

void Engine::after(Session& /*session*/, TransactionKind /*kind*/) const {}

std::unique_ptr<Deadline> Engine::limit(Session& /*session*/, TransactionKind /*kind*/) const {
    return nullptr;
}

std::vector<std::string> Engine::take_indexes_away(Session& /*session*/,
                                                   const std::string& /*table*/,
                                                   std::size_t /*new_rows*/) const {
    return {};
}

bool Engine::may_pass(const EngineFault& /*fault*/) const { return false; }

bool Engine::is_login_refused(const EngineFault& /*fault*/) const { return false; }

bool Engine::undoes_schema_changes() const { return true; }

bool Engine::is_dropped_already(const EngineFault& /*fault*/) const { return false; }

Tenants Engine::tenants(Session& /*session*/) const { return Tenants::several; }

void Engine::mark_as_ours(Session& /*session*/) const {}

const Engine& engine_of(EngineKind kind) {
    if (kind == EngineKind::postgresql) return postgresql_engine();
    return kind == EngineKind::mysql ? mysql_engine() : sqlite_engine();
}

}  // namespace chr21::sql
