#include "store/sql/database.hpp"

#include "store/sql/connection.hpp"
#include "store/sql/gene_table.hpp"
#include "store/sql/migrations.hpp"

#include <algorithm>
#include <stdexcept>

namespace chr21::sql {

struct Database::Interior {
    DatabaseUrl url;
    mutable soci::session session;

    Interior(DatabaseUrl place, Access access) : url(std::move(place)) {
        connect(session, url, access);
    }
};

Database::Database(std::unique_ptr<Interior> interior) : interior_(std::move(interior)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Database Database::open(const DatabaseUrl& url) {
    return on_database(url, [&] {
        auto interior = std::make_unique<Interior>(url, Access::read_write);
        const auto migrations = built_in_migrations(url.engine);
        // A server's schema is made by whoever may, with `chr21 migrate up`.
        if (url.engine == Engine::sqlite && !is_read_only(interior->session, url)) {
            migrate(interior->session, url, migrations);
        } else {
            require_usable(interior->session, url, migrations);
        }
        return Database(std::move(interior));
    });
}

Database Database::open_read_only(const DatabaseUrl& url) {
    return on_database(url, [&] {
        auto interior = std::make_unique<Interior>(url, Access::read_only);
        require_usable(interior->session, url, built_in_migrations(url.engine));
        return Database(std::move(interior));
    });
}

std::optional<Dataset> Database::active() const {
    return on_database(interior_->url, [&]() -> std::optional<Dataset> {
        auto found = read_active(interior_->session);
        if (!found) return {};
        return std::move(found->dataset);
    });
}

StoredDataset Database::read() const {
    return on_database(interior_->url, [&] {
        Transaction transaction(interior_->session, interior_->url, Transaction::Kind::reading);
        auto found = read_active(interior_->session);
        if (!found)
            throw StoreUnavailable(describe(interior_->url) + ": no dataset has been stored in it");
        auto genes = select_genes(
            interior_->session,
            {.text = " WHERE dataset_id = ? ORDER BY gene_order", .values = {found->id}});
        if (genes.size() != found->dataset.gene_count) {
            report_damage("dataset " + found->dataset.name + " has " +
                          std::to_string(genes.size()) + " genes instead of " +
                          std::to_string(found->dataset.gene_count));
        }
        transaction.commit();
        return StoredDataset{.dataset = std::move(found->dataset), .genes = std::move(genes)};
    });
}

void Database::store(const Dataset& dataset, const std::vector<Gene>& genes) {
    if (dataset.gene_count != genes.size()) {
        throw std::invalid_argument("dataset " + dataset.name + " says it has " +
                                    std::to_string(dataset.gene_count) + " genes, and " +
                                    std::to_string(genes.size()) + " are to be stored");
    }
    auto in_genome_order = genes;
    std::ranges::sort(in_genome_order, genome_before);
    on_database(interior_->url, [&] {
        Transaction transaction(interior_->session, interior_->url, Transaction::Kind::writing);
        insert_active(interior_->session, dataset, in_genome_order);
        transaction.commit();
    });
}

}  // namespace chr21::sql
