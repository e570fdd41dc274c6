#include "mart/header_warnings.hpp"

#include "mart/header_names.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

bool has(const Header& header, Column column) {
    return std::ranges::find(header.gene_cells, column, &GeneCell::column) !=
           header.gene_cells.end();
}

// The header of the symbols in an export without gene names; empty otherwise.
std::string lone_symbols(const Header& header) {
    if (has(header, Column::gene_name)) return {};
    const auto symbols = std::ranges::find_if(header.attributes, [](const auto& attribute) {
        return attribute.name == "hgnc_symbol" || attribute.name == "mgi_symbol";
    });
    return symbols == header.attributes.end() ? "" : symbols->header;
}

}  // namespace

std::vector<std::string> header_warnings(const Header& header) {
    std::vector<std::string> said;
    for (const auto& column : header.columns) {
        if (column.use == ColumnUse::dropped) {
            said.emplace_back("the first column has no name and is dropped: row numbers");
        }
    }
    if (const auto symbols = lone_symbols(header); !symbols.empty()) {
        said.push_back("there is no Gene name column, so genes have no names; " + symbols +
                       " is kept as an attribute");
    }
    if (!has(header, Column::chromosome) || !has(header, Column::gene_start) ||
        !has(header, Column::gene_end)) {
        said.emplace_back("chromosome, start or end is missing, so genes match no region");
    }
    return said;
}

}  // namespace chr21::mart
