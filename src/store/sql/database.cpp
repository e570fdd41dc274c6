#include "store/sql/database.hpp"

#include "gene/genome_order.hpp"
#include "store/sql/database_file.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/dataset/digest_table.hpp"
#include "store/sql/dataset/gene_digest.hpp"
#include "store/sql/dataset/gene_rows.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/transaction.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace chr21::sql {
namespace {

ListedDataset to_listed(NumberedDataset row) {
    return {.id = row.id, .active = row.active, .dataset = std::move(row.dataset)};
}

void require_different_ids(const Dataset& dataset, const std::vector<Gene>& genes) {
    std::unordered_set<std::string_view> ids;
    ids.reserve(genes.size());
    for (const auto& gene : genes) {
        if (ids.insert(gene.gene_stable_id).second) continue;
        throw std::invalid_argument("dataset " + dataset.name + " has two genes with the ID " +
                                    gene.gene_stable_id);
    }
}

// Throws where these are not the genes that were loaded, as far as it can be told.
void require_sound(Session& session,
                   const NumberedDataset& dataset,
                   const std::vector<Gene>& genes) {
    const auto refuse = [&](const std::string& why) {
        throw DatasetDamaged(describe(session.url()) + ": dataset " + dataset.dataset.name +
                             " is damaged, " + why +
                             "; restore the database from a copy, or drop the dataset and load "
                             "its export again");
    };
    if (genes.size() != dataset.dataset.gene_count) {
        refuse("it has " + std::to_string(genes.size()) + " genes instead of " +
               std::to_string(dataset.dataset.gene_count));
    }
    const auto kept = read_digest(session, dataset);
    if (!kept) return;
    GeneDigest found;
    for (const auto& gene : genes) found.add(gene);
    if (found.text() != *kept) refuse("its genes are not those that were loaded");
}

Soundness look_at(Session& session, const NumberedDataset& dataset) {
    const auto kept = read_digest(session, dataset);
    std::uint64_t count = 0;
    GeneDigest found;
    for_each_gene(session, dataset, [&](const Gene& gene) {
        found.add(gene);
        ++count;
    });
    if (count != dataset.dataset.gene_count) return Soundness::damaged;
    if (!kept) return Soundness::unknown;
    return found.text() == *kept ? Soundness::sound : Soundness::damaged;
}

// Whether the dataset has all that a load of its bytes would write.
bool is_as_of_today(Session& session, const NumberedDataset& dataset) {
    if (!dataset.has_lists) return false;
    try {
        return look_at(session, dataset) != Soundness::damaged;
    } catch (const Damage&) {
        return false;
    }
}

std::unexpected<Error> no_such_dataset(std::int64_t id) {
    return fault("dataset", std::to_string(id), "is not in the database any more");
}

std::unexpected<Error> name_is_taken(const Dataset& dataset, const Dataset& other) {
    return fault("name",
                 dataset.name,
                 dataset.name + " is that of a dataset made of " + other.source + " (sha256 " +
                     other.sha256.substr(0, 8) + "...); give this one another name");
}

}  // namespace

struct Database::Interior {
    mutable Session session;

    Interior(const DatabaseAccess& place, Access access) : session(place, access) {}

    template <class Question>
    auto read(const Question& question, Transaction::Kind kind = Transaction::Kind::reading) const
        -> decltype(question(session)) {
        return on_database(session.url(), [&] {
            Transaction transaction(session, kind);
            auto answer = question(session);
            transaction.commit();
            return answer;
        });
    }

    // Keeps all other changes out. Needs every table of this program's schema.
    template <class Change>
    auto change(const Change& change) const -> decltype(change(session)) {
        return on_database(session.url(), [&] {
            require_usable(session, built_in_migrations(session.url().engine), schema_of_lists);
            Transaction transaction(session, Transaction::Kind::writing);
            auto answer = change(session);
            transaction.commit();
            return answer;
        });
    }
};

Database::Database(std::unique_ptr<Interior> interior) : interior_(std::move(interior)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Database Database::open(const DatabaseAccess& place) {
    const auto& url = place.url;
    return on_database(url, [&] {
        require_file_or_nothing(url);
        auto interior = std::make_unique<Interior>(place, Access::read_write);
        auto& session = interior->session;
        const auto migrations = built_in_migrations(url.engine);
        // A server's schema is made by whoever may, with `chr21 migrate up`.
        if (is_file(url) && !session.engine().is_read_only(session)) {
            apply_missing(session, migrations);
        } else {
            require_usable(session, migrations);
        }
        return Database(std::move(interior));
    });
}

Database Database::open_read_only(const DatabaseAccess& place) {
    return on_database(place.url, [&] {
        require_file_or_nothing(place.url);
        auto interior = std::make_unique<Interior>(place, Access::read_only);
        require_usable(interior->session, built_in_migrations(place.url.engine));
        return Database(std::move(interior));
    });
}

std::optional<Dataset> Database::active() const {
    return interior_->read([](Session& session) -> std::optional<Dataset> {
        auto found = read_active(session);
        if (!found) return {};
        return std::move(found->dataset);
    });
}

std::vector<ListedDataset> Database::datasets() const {
    return interior_->read([](Session& session) {
        std::vector<ListedDataset> all;
        for (auto& row : select_datasets(session)) all.push_back(to_listed(std::move(row)));
        return all;
    });
}

StoredDataset Database::read(std::optional<std::int64_t> id) const {
    const auto all = [&](Session& session) {
        auto found = require_dataset(session, describe(interior_->session.url()), id);
        auto genes = select_all_genes(session, found);
        require_sound(session, found, genes);
        return StoredDataset{.dataset = std::move(found.dataset), .genes = std::move(genes)};
    };
    return interior_->read(all, Transaction::Kind::copying);
}

Soundness Database::verify(std::int64_t id) const {
    const auto look = [&](Session& session) {
        const auto place = describe(interior_->session.url());
        return look_at(session, require_dataset(session, place, id));
    };
    return interior_->read(look, Transaction::Kind::copying);
}

std::uint64_t Database::text_bytes(std::int64_t id) const {
    const Sql genes{.text =
                        "SELECT coalesce(sum(length(gene_stable_id) + "
                        "coalesce(length(gene_name), 0) + coalesce(length(gene_description), 0)), "
                        "0) FROM gene WHERE dataset_id = ?",
                    .values = {id}};
    const Sql attributes{
        .text = "SELECT coalesce(sum(length(value)), 0) FROM gene_attribute WHERE dataset_id = ?",
        .values = {id}};
    const Sql rows{.text =
                       "SELECT coalesce(sum(length(attribute_rows)), 0) FROM gene_attribute_rows "
                       "WHERE dataset_id = ?",
                   .values = {id}};
    const auto sums = [&](Session& session) {
        const auto sum = [&](const Sql& sql) {
            std::int64_t bytes = 0;
            Query(session, sql).into(bytes).next();
            return static_cast<std::uint64_t>(bytes);
        };
        const auto schema = schema_version(session);
        return sum(genes) + (schema >= schema_of_attributes ? sum(attributes) : 0) +
               (schema >= schema_of_lists ? sum(rows) : 0);
    };
    return interior_->read(sums, Transaction::Kind::copying);
}

Result<Loaded> Database::load(const Dataset& dataset,
                              const std::vector<Gene>& genes,
                              const Progress& progress) {
    if (dataset.gene_count != genes.size()) {
        throw std::invalid_argument("dataset " + dataset.name + " says it has " +
                                    std::to_string(dataset.gene_count) + " genes, and " +
                                    std::to_string(genes.size()) + " are to be stored");
    }
    require_different_ids(dataset, genes);
    const auto ordered = in_genome_order(genes);
    return interior_->change([&](Session& session) -> Result<Loaded> {
        std::optional<NumberedDataset> former;
        for (auto& row : select_datasets(session)) {
            if (row.dataset.sha256 == dataset.sha256) {
                if (is_as_of_today(session, row)) {
                    return Loaded{.what = Loaded::What::was_there,
                                  .dataset = to_listed(std::move(row))};
                }
                former = std::move(row);
            } else if (row.dataset.name == dataset.name) {
                return name_is_taken(dataset, row.dataset);
            }
        }
        if (former) delete_dataset(session, former->id);
        const auto id = insert_dataset(session, dataset);
        insert_genes(session, id, dataset, ordered, progress);
        insert_digest(session, id, dataset, ordered);
        const bool is_active = !former || former->active;
        if (is_active) make_active(session, id);
        return Loaded{.what = former ? Loaded::What::renewed : Loaded::What::added,
                      .dataset = {.id = id, .active = is_active, .dataset = dataset}};
    });
}

Result<void> Database::activate(std::int64_t id) {
    return interior_->change([&](Session& session) -> Result<void> {
        if (!read_dataset(session, id)) return no_such_dataset(id);
        make_active(session, id);
        return {};
    });
}

Result<void> Database::drop(std::int64_t id) {
    return interior_->change([&](Session& session) -> Result<void> {
        const auto found = read_dataset(session, id);
        if (!found) return no_such_dataset(id);
        if (found->active) {
            return fault("dataset",
                         found->dataset.name,
                         "is the active dataset, which is never dropped; activate another one "
                         "first");
        }
        delete_dataset(session, id);
        return {};
    });
}

std::vector<ListedDataset> Database::prune(std::size_t keep) {
    return interior_->change([&](Session& session) {
        auto rows = select_datasets(session);
        std::ranges::sort(rows, std::greater{}, [](const NumberedDataset& row) {
            return std::tuple(row.dataset.loaded_at, row.id);
        });
        std::vector<ListedDataset> dropped;
        for (auto& row : rows | std::views::drop(std::min(keep, rows.size()))) {
            if (row.active) continue;
            delete_dataset(session, row.id);
            dropped.push_back(to_listed(std::move(row)));
        }
        return dropped;
    });
}

}  // namespace chr21::sql
