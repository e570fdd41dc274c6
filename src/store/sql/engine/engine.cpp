#include "store/sql/engine/engine.hpp"

#include "store/request_deadline.hpp"
#include "store/sql/engine/engines.hpp"

#include <algorithm>

namespace chr21::sql {

void Engine::after(Session& /*session*/, TransactionKind /*kind*/) const {}

std::vector<std::string> Engine::prepare_for_rows(Session& /*session*/,
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

std::chrono::milliseconds time_left(std::chrono::milliseconds most) {
    using std::chrono::milliseconds;
    const auto end = RequestDeadline::current();
    if (!end) return most;
    const auto left = std::chrono::ceil<milliseconds>(*end - RequestDeadline::Clock::now());
    return std::clamp(left, milliseconds(1), most);
}

}  // namespace chr21::sql
