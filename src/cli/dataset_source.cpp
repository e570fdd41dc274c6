#include "cli/dataset_source.hpp"

#include "api/representation.hpp"
#include "data/bundled.hpp"
#include "mart/input.hpp"
#include "mart/mart_export.hpp"
#include "store/memory/catalog.hpp"
#include "store/sql/database.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include <boost/json.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/sha.h>

namespace chr21::cli {

namespace {

std::string sha256_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string now() {
    const auto seconds =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

struct Loaded {
    Dataset dataset;
    std::vector<Gene> genes;
};

Loaded finish(Dataset dataset, std::vector<Gene> genes, std::string sha256) {
    dataset.sha256 = std::move(sha256);
    dataset.gene_count = genes.size();
    dataset.loaded_at = now();
    return {std::move(dataset), std::move(genes)};
}

Result<Loaded> load_bundled() {
    const auto bytes = data::find("chr21_genes.csv").value();
    auto read = mart::read_export(bytes);
    if (!read) return std::unexpected(read.error());
    return finish(bundled_dataset(), std::move(read->genes), sha256_of(bytes));
}

// Whether the genes' places are those of the bundled assembly: most of the genes that both have
// start at the same base. Two assemblies place hardly any gene alike.
bool on_bundled_assembly(const std::vector<Gene>& genes) {
    const auto bundled = mart::read_export(data::find("chr21_genes.csv").value()).value();
    std::map<std::string_view, std::optional<Position>> starts;
    for (const auto& gene : bundled.genes) starts.emplace(gene.gene_stable_id, gene.gene_start);
    std::size_t shared = 0;
    std::size_t alike = 0;
    for (const auto& gene : genes) {
        const auto found = starts.find(gene.gene_stable_id);
        if (found == starts.end() || !gene.gene_start) continue;
        ++shared;
        alike += found->second == gene.gene_start ? 1U : 0U;
    }
    constexpr std::size_t fewest_shared = 20;
    return shared >= fewest_shared && alike * 2 > shared;
}

// "mart_export" for "mart_export.csv.gz".
std::string without_extensions(std::string_view file) {
    if (file.ends_with(".gz")) file.remove_suffix(3);
    return std::string(file.substr(0, file.rfind('.')));
}

Result<Loaded> load_export(const std::string& path) {
    auto input = mart::read_input(path);
    if (!input) return fault("--data", input.error().value, input.error().message);
    const auto& name = input->name;
    auto read = mart::read_export(input->bytes);
    if (!read) return fault("--data", name, fmt::format("{}: {}", name, read.error().message));
    if (read->genes.empty()) return fault("--data", name, name + " has a header line but no genes");
    Dataset dataset{.name = without_extensions(name),
                    .species = read->species,
                    .source = name,
                    .attributes = read->attributes};
    if (on_bundled_assembly(read->genes)) {
        dataset.species = bundled_dataset().species;
        dataset.assembly = bundled_dataset().assembly;
    }
    return finish(std::move(dataset), std::move(read->genes), std::move(input->sha256));
}

// Fills an empty database; of one that is filled already, checks that it holds what was asked for.
Result<void> seed(sql::Database& database,
                  const std::optional<Loaded>& asked_for,
                  const std::string& place,
                  const observe::Observer& observer) {
    if (const auto active = database.active()) {
        if (!asked_for || asked_for->dataset.sha256 == active->sha256) return {};
        return fault(
            "--data",
            asked_for->dataset.source,
            fmt::format("{} is not what {} holds, which is {}; name another --database-url, "
                        "or leave --data out to serve what is there",
                        asked_for->dataset.source,
                        place,
                        active->source));
    }
    auto loaded = asked_for ? Result<Loaded>(*asked_for) : load_bundled();
    if (!loaded) return std::unexpected(loaded.error());
    const auto stored = database.load(loaded->dataset, loaded->genes);
    if (!stored) return std::unexpected(stored.error());
    observer(observe::Notice{fmt::format(
        "stored {} genes of {} in {}", loaded->genes.size(), loaded->dataset.name, place)});
    return {};
}

}  // namespace

Dataset bundled_dataset() {
    const auto text = data::find("dataset.json").value();
    const auto facts = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    const auto fact = [&facts](const char* name) {
        return std::string(facts.at(name).as_string());
    };
    return {.name = fact("name"),
            .species = fact("species"),
            .assembly = fact("assembly"),
            .release = fact("release"),
            .source = fact("source")};
}

Karyotype karyotype_of(const std::optional<std::string>& assembly) {
    if (assembly != "GRCh38") return {};
    return Karyotype::parse(data::find("GRCh38_chromosomes.tsv").value(),
                            data::find("GRCh38_bands.tsv").value())
        .value();
}

Result<OpenDataset> open_store(const DataSettings& settings, const observe::Observer& observer) {
    const auto url = sql::parse_database_url(settings.database_url);
    if (!url) return std::unexpected(url.error());
    // Read first: an export that cannot be used leaves no empty database behind.
    std::optional<Loaded> asked_for;
    if (settings.export_file) {
        auto loaded = load_export(*settings.export_file);
        if (!loaded) return std::unexpected(loaded.error());
        asked_for = *std::move(loaded);
    }
    auto database = sql::Database::open(*url);
    if (const auto seeded = seed(database, asked_for, describe(*url), observer); !seeded) {
        return std::unexpected(seeded.error());
    }
    if (settings.store == "database") {
        auto store = sql::open_sql_store(*url, api::to_json);
        auto karyotype = karyotype_of(store->dataset().assembly);
        return OpenDataset{std::move(store), std::move(karyotype)};
    }
    auto [dataset, genes] = database.read();
    auto karyotype = karyotype_of(dataset.assembly);
    return OpenDataset{memory::make_catalog(std::move(dataset), std::move(genes), api::to_json),
                       std::move(karyotype)};
}

}  // namespace chr21::cli
