#pragma once

#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/typos.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::sql {

// A folded gene name, and the first gene in genome order that has it.
struct FirstOfName {
    std::string folded_name;
    std::int64_t gene_order = 0;
};

// Distinct names in one piece of memory: about 27 bytes each where names have ten.
class NameList {
public:
    // Each name once.
    void add(std::string_view folded_name, std::int64_t gene_order);
    // To be called after the last name and before anything is asked.
    void finish();

    std::size_t bytes() const { return texts_.size(); }
    std::optional<std::int64_t> find(std::string_view folded_name) const;
    const NamePieces& pieces() const { return pieces_; }

private:
    std::string_view text(std::size_t number) const;
    std::size_t slot_of(std::string_view folded_name) const;

    std::string texts_;
    std::vector<std::uint32_t> begins_{0};
    std::vector<std::uint32_t> gene_orders_;
    // A hash table with open addressing of one more than a name's number; 0 is empty.
    std::vector<std::uint32_t> slots_;
    NamePieces pieces_;
};

// The names of a dataset. Its list is read when it is first needed, and kept; where names take
// more than 64 MiB there is none, and the database is asked each time. Safe to use from many
// threads, which wait for the one that reads.
class DatasetNames {
public:
    static constexpr std::size_t most_bytes = std::size_t{64} << 20U;

    // `most` bytes of names are kept.
    explicit DatasetNames(std::int64_t dataset_id, std::size_t most = most_bytes)
        : dataset_id_(dataset_id), most_(most) {}

    std::optional<std::int64_t> first_gene(Session& session, const std::string& folded_name);
    // Every name that is one typo away from the text, each once, in any order.
    std::vector<FirstOfName> near(Session& session, const std::string& folded_text);

private:
    // Null where there is none.
    const NameList* list(Session& session);
    void read(Session& session);

    std::int64_t dataset_id_;
    std::size_t most_;
    std::mutex mutex_;
    bool is_read_ = false;
    std::unique_ptr<NameList> list_;
};

}  // namespace chr21::sql
