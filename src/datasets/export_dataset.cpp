#include "datasets/export_dataset.hpp"

#include "data/bundled.hpp"
#include "gene/stable_id.hpp"
#include "mart/input.hpp"
#include "text/fold.hpp"
#include "text/utc_time.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::datasets {

namespace {

std::string_view bundled_bytes() { return data::find("chr21_genes.csv").value(); }

// "ensg00000142192" for "ENSG00000142192.22".
std::string unversioned(const Gene& gene) {
    auto folded = fold(gene.gene_stable_id);
    const auto id = read_version(folded);
    return id ? id->unversioned() : folded;
}

// Whether the genes' places are those of the bundled assembly: most of the genes that both have,
// whichever their versions, start at the same base. Two assemblies place hardly any gene alike.
bool on_bundled_assembly(const std::vector<Gene>& genes) {
    const auto bundled = mart::read_export(bundled_bytes()).value();
    std::map<std::string, std::optional<Position>> starts;
    for (const auto& gene : bundled.genes) starts.emplace(unversioned(gene), gene.gene_start);
    std::size_t shared = 0;
    std::size_t alike = 0;
    for (const auto& gene : genes) {
        const auto found = starts.find(unversioned(gene));
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

// The error says what is wrong with a name that people shall type and read.
Result<void> check_name(const std::string& name) {
    constexpr std::size_t longest = 200;
    const auto is_control = [](char byte) { return static_cast<unsigned char>(byte) < 0x20; };
    if (!name.empty() && name.size() <= longest && std::ranges::none_of(name, is_control))
        return {};
    return fault("name", name, "must have from 1 to 200 bytes and no control characters");
}

ExportDataset finish(Dataset dataset, mart::MartExport read, std::string sha256) {
    dataset.sha256 = std::move(sha256);
    dataset.gene_count = read.genes.size();
    dataset.loaded_at = text::now_in_utc();
    dataset.attributes = std::move(read.attributes);
    return {std::move(dataset), std::move(read.genes), std::move(read.report)};
}

}  // namespace

Result<ExportDataset> read_bundled_export() {
    auto read = mart::read_export(bundled_bytes());
    if (!read) return std::unexpected(read.error());
    return finish(bundled_dataset(), *std::move(read), bundled_sha256());
}

Result<ExportDataset> read_labelled_export(const std::string& where,
                                           const DatasetLabels& labels,
                                           const mart::ReadOptions& options) {
    auto input = mart::read_input(where);
    if (!input) return std::unexpected(input.error());
    const auto& file = input->name;
    auto read = mart::read_export(input->bytes, options);
    if (!read) return fault("export", file, fmt::format("{}: {}", file, read.error().message));
    if (read->genes.empty()) return fault("export", file, file + " has a header line but no genes");
    Dataset dataset{.name = labels.name.value_or(without_extensions(file)),
                    .species = labels.species ? labels.species : read->species,
                    .assembly = labels.assembly,
                    .release = labels.release,
                    .source = file};
    if (const auto fit = check_name(dataset.name); !fit) return std::unexpected(fit.error());
    if (!dataset.assembly && on_bundled_assembly(read->genes)) {
        const auto bundled = bundled_dataset();
        if (!dataset.species) dataset.species = bundled.species;
        dataset.assembly = bundled.assembly;
    }
    return finish(std::move(dataset), *std::move(read), std::move(input->sha256));
}

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

std::string bundled_sha256() { return std::string(data::find("chr21_genes.csv.sha256").value()); }

Karyotype karyotype_of(const std::optional<std::string>& assembly) {
    if (assembly != "GRCh38") return {};
    return Karyotype::parse(data::find("GRCh38_chromosomes.tsv").value(),
                            data::find("GRCh38_bands.tsv").value())
        .value();
}

Karyotype karyotype_of(const GeneStore& store) {
    return karyotype_of(store.dataset().assembly).named_as(store.chromosome_names());
}

}  // namespace chr21::datasets
