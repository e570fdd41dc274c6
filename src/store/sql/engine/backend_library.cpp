#include "store/sql/engine/backend_library.hpp"

#include "store/gene_store.hpp"

#include <dlfcn.h>

namespace chr21::sql {
namespace {

struct BackendName {
    const char* file = nullptr;
    const char* factory = nullptr;
    const char* package = nullptr;
};

BackendName backend_name(Engine engine) {
    return engine == Engine::mysql
               ? BackendName{"libsoci_mysql.so.4.0", "factory_mysql", "libsoci-mysql4.0"}
               : BackendName{
                     "libsoci_postgresql.so.4.0", "factory_postgresql", "libsoci-postgresql4.0"};
}

[[noreturn]] void refuse(Engine engine) {
    const char* const reason = dlerror();
    throw StoreUnavailable(std::string(name_of(engine)) +
                           " databases need a library that cannot be loaded; install the package " +
                           backend_name(engine).package + " (" +
                           (reason == nullptr ? "no reason was given" : reason) + ")");
}

// Left open: sessions may outlive whoever asked for the library.
void* load(Engine engine) {
    void* const library = dlopen(backend_name(engine).file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) refuse(engine);
    return library;
}

void* library_of(Engine engine) {
    if (engine == Engine::mysql) {
        static void* const mysql = load(engine);
        return mysql;
    }
    static void* const postgresql = load(engine);
    return postgresql;
}

}  // namespace

void* find_function(Engine engine, const char* name) {
    void* const function = dlsym(library_of(engine), name);
    if (function == nullptr) refuse(engine);
    return function;
}

void open_session(soci::session& session, const DatabaseUrl& url, const std::string& options) {
    using Factory = const soci::backend_factory*();
    const auto* const factory =
        find_function_as<Factory>(url.engine, backend_name(url.engine).factory)();
    session.open(*factory, options);
}

}  // namespace chr21::sql
