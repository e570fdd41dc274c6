#include "store/sql/engine/backend_library.hpp"

#include "store/gene_store.hpp"
#include "store/sql/engine/engine.hpp"

#include <dlfcn.h>

namespace chr21::sql {
namespace {

struct BackendName {
    const char* file = nullptr;
    const char* factory = nullptr;
    const char* package = nullptr;
};

BackendName backend_name(EngineKind engine) {
    return engine == EngineKind::mysql
               ? BackendName{"libsoci_mysql.so.4.0", "factory_mysql", "libsoci-mysql4.0"}
               : BackendName{
                     "libsoci_postgresql.so.4.0", "factory_postgresql", "libsoci-postgresql4.0"};
}

[[noreturn]] void refuse(EngineKind engine) {
    const char* const reason = dlerror();
    throw StoreUnavailable(std::string(engine_of(engine).name()) +
                           " databases need a library that cannot be loaded; install the package " +
                           backend_name(engine).package + " (" +
                           (reason == nullptr ? "no reason was given" : reason) + ")");
}

// Left open: sessions may outlive whoever asked for the library.
void* load(EngineKind engine) {
    void* const library = dlopen(backend_name(engine).file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) refuse(engine);
    return library;
}

void* library_of(EngineKind engine) {
    if (engine == EngineKind::mysql) {
        static void* const mysql = load(engine);
        return mysql;
    }
    static void* const postgresql = load(engine);
    return postgresql;
}

}  // namespace

void* find_function(EngineKind engine, const char* name) {
    void* const function = dlsym(library_of(engine), name);
    if (function == nullptr) refuse(engine);
    return function;
}

void open_session(soci::session& backend, const DatabaseUrl& url, const std::string& options) {
    using Factory = const soci::backend_factory*();
    const auto* const factory =
        find_function_as<Factory>(url.engine, backend_name(url.engine).factory)();
    backend.open(*factory, options);
}

}  // namespace chr21::sql
