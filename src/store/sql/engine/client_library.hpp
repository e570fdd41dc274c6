#pragma once

#include <string>

namespace chr21::sql {

// An engine's client library, opened when this is made and for as long as the process runs: its
// connections may outlive whoever asked for it. A struct of its functions is
//
//     struct Libpq : ClientLibrary {
//         decltype(PQfinish)* finish = function("PQfinish");
//     };
class ClientLibrary {
public:
    // A function of any type, of which only the name is looked up.
    class Function {
    public:
        explicit Function(void* address) : address_(address) {}
        template <class Type>
        operator Type*() const {  // NOLINT(google-explicit-constructor): to say the type once
            return reinterpret_cast<Type*>(address_);
        }

    private:
        void* address_;
    };

    // Throws StoreUnavailable where there is no such library, naming the package that brings it.
    ClientLibrary(const char* engine, const char* file, const char* package);

    // Throws StoreUnavailable where the library has no function of that name.
    Function function(const char* name) const;

private:
    [[noreturn]] void refuse() const;

    const char* engine_;
    const char* package_;
    void* library_;
};

}  // namespace chr21::sql
