#pragma once

#include <string>

#include <soci/soci.h>

namespace chr21::sql {

// A database holds what this program cannot have written.
class Damage : public soci::soci_error {
public:
    explicit Damage(const std::string& what) : soci::soci_error(what) {}
};

}  // namespace chr21::sql
