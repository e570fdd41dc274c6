#include "store/sql/database_file.hpp"

#include "store/gene_store.hpp"

#include <filesystem>
#include <system_error>

namespace chr21::sql {
namespace {

namespace fs = std::filesystem;

// Empty for a file, and for nothing or what nobody may look at, of which opening tells more.
std::string_view kind_of_no_file(const std::string& path) {
    std::error_code unknown;
    switch (fs::status(path, unknown).type()) {
        case fs::file_type::directory:
            return "a directory";
        case fs::file_type::fifo:
            return "a named pipe";
        case fs::file_type::socket:
            return "a socket";
        case fs::file_type::block:
        case fs::file_type::character:
            return "a device";
        default:
            return {};
    }
}

}  // namespace

void require_file_or_nothing(const DatabaseUrl& url) {
    if (!is_file(url)) return;
    for (const auto* suffix : {"", "-journal", "-wal"}) {
        const auto path = url.path + suffix;
        const auto kind = kind_of_no_file(path);
        if (kind.empty()) continue;
        throw StoreUnavailable(path + ": cannot be opened: it is " + std::string(kind) +
                               "; choose another file");
    }
}

}  // namespace chr21::sql
