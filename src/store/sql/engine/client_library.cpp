#include "store/sql/engine/client_library.hpp"

#include "store/gene_store.hpp"

#include <dlfcn.h>

namespace chr21::sql {

ClientLibrary::ClientLibrary(const char* engine, const char* file, const char* package)
    : engine_(engine), package_(package), library_(dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr) refuse();
}

ClientLibrary::Function ClientLibrary::function(const char* name) const {
    void* const address = dlsym(library_, name);
    if (address == nullptr) refuse();
    return Function(address);
}

void ClientLibrary::refuse() const {
    const char* const reason = dlerror();
    throw StoreUnavailable(std::string(engine_) +
                           " databases need a library that cannot be loaded; install the package " +
                           package_ + " (" + (reason == nullptr ? "no reason was given" : reason) +
                           ")");
}

}  // namespace chr21::sql
