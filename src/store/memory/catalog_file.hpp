#pragma once

#include "store/memory/catalog.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace chr21::memory {

// Where one catalog lies from one run of the program to the next, which is read in a fraction of
// the time that making it takes. It may go away or be damaged at any time: the database has all
// that it says.
class CatalogFile {
public:
    // The file lies beside the database's. `program` differs between programs that might make
    // different catalogs of a dataset.
    CatalogFile(std::string database, std::string program)
        : database_(std::move(database)),
          path_(database_ + ".catalog"),
          program_(std::move(program)) {}

    const std::string& path() const { return path_; }

    // The catalog of this dataset, which has this number in its database; null where there is no
    // file. The error says why the file that is there is of no use.
    std::expected<std::unique_ptr<const Catalog>, std::string> read(
        const Dataset& dataset,
        std::int64_t id,
        Represent represent,
        const Karyotype& karyotype = {}) const;

    // Takes the place of any catalog that was there. Throws ArrayFileFault, also where the stop is
    // asked for.
    void write(const Catalog& catalog, std::int64_t id, const std::stop_token& stop = {}) const;

private:
    std::string stamp(const Dataset& dataset, std::int64_t id) const;

    std::string database_;
    std::string path_;
    std::string program_;
};

}  // namespace chr21::memory
