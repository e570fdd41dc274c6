#include "api/openapi.hpp"

#include "cli/settings.hpp"
#include "text/version.hpp"

#include <fmt/format.h>

namespace chr21::cli {

int show_openapi(const OpenApiSettings& settings) {
    fmt::print("{}",
               settings.yaml ? api::openapi_yaml(version) : api::openapi_json(version) + "\n");
    return 0;
}

}  // namespace chr21::cli
