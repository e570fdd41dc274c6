#include "mart/damage.hpp"

#include "mart/cell_form.hpp"
#include "mart/header_names.hpp"
#include "mart/printable.hpp"
#include "text/ascii.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>

namespace chr21::mart {
namespace {

struct Words {
    std::string_view what;  // after "2 cells with "
    std::string_view why;
    std::string_view remedy;
};

constexpr std::string_view past_spreadsheets =
    "export the table again and do not save it in a spreadsheet, or import this column as text";

// In the order of the enumeration.
constexpr auto words_of_kinds = std::to_array<Words>({
    {"quotes round them",
     "TSV is not quoted, so that they are kept",
     "write it without quotes, or as CSV"},
    {"a word for a missing value",
     "it is kept as text, since it may be a name",
     "leave such cells empty, with na = \"\" in R and na_rep=\"\" in pandas"},
    {"a formula that failed", "it is kept as text", past_spreadsheets},
    {"a formula or an apostrophe of a spreadsheet", "it is kept", "export the bare values"},
    {"a date", "spreadsheets make dates of names such as MARCH1 and SEPT2", past_spreadsheets},
    {"the number of a day",
     "spreadsheets make dates of names such as MARCH1 and SEPT2",
     past_spreadsheets},
    {"a number in scientific notation",
     "spreadsheets make numbers of names and IDs such as 2310009E13",
     past_spreadsheets},
    {"a whole number as a float",
     "data frames make floats of IDs where some are missing",
     "write whole numbers, with dtype Int64 in pandas"},
    {"a blank inside", "stable IDs have none", "look whether these lines are rows of genes"},
});

bool is_of_ids(std::string_view name) {
    return name.ends_with("id") || name.ends_with("ids") || name.ends_with("id_version") ||
           name.contains("accession") || name.contains("entrez") || name.contains("ncbi");
}

bool is_of_names(std::string_view name) {
    return name.contains("symbol") || name.contains("synonym") || name.ends_with("gene_name");
}

// "-" is a value of some attributes, such as alleles, and "None" of others.
bool is_missing_attribute(std::string_view text) {
    return text != "-" && text != "None" && is_missing_value(text);
}

bool may_be_a_word(std::string_view text) {
    constexpr std::size_t longest = 8;
    return text.size() <= longest && std::string_view("Nn-\\#<").contains(text.front());
}

Contents contents_of(const ReadColumn& column) {
    const auto kind = find_column(column.header);
    const bool is_stable_id = kind == Column::gene_stable_id;
    return {.is_gene_column = kind.has_value(),
            .is_passed_over = kind == Column::gene_start || kind == Column::gene_end ||
                              kind == Column::strand || column.use == ColumnUse::dropped,
            .is_stable_id = is_stable_id,
            .is_id = is_stable_id || (!kind && is_of_ids(column.name)),
            .is_name = kind == Column::gene_name || (!kind && is_of_names(column.name))};
}

std::optional<DamageKind> damage_of_name(std::string_view text) {
    if (is_date(text)) return DamageKind::date;
    if (is_serial_date(text)) return DamageKind::serial_date;
    return {};
}

std::optional<DamageKind> damage_of_id(std::string_view text, bool is_stable_id) {
    if (is_whole_float(text)) return DamageKind::whole_float;
    if (is_stable_id && text.contains(' ')) return DamageKind::blank_in_an_id;
    return {};
}

}  // namespace

Damage::Damage(const Header& header, bool is_tsv) : is_tsv_(is_tsv), names_(header.columns.size()) {
    for (const auto& column : header.columns) {
        headers_.push_back(to_printable(column.header));
        contents_.push_back(contents_of(column));
    }
}

void Damage::look(const Row& row) {
    for (Place place = 0; place < row.cells.size(); ++place) {
        const auto& cell = row.cells[place];
        const auto& contents = contents_[place];
        if (cell.text.empty() || contents.is_passed_over) continue;
        if (contents.is_name) {
            auto& names = names_[place];
            ++names.values;
            if (is_digits(cell.text)) ++names.numbers;
        }
        const auto kind = kind_of(cell.text, place);
        if (!kind) continue;
        auto& found = found_[{place, *kind}];
        if (found.lines.count == 0) found.example = cell.value();
        found.lines.add(row.line);
    }
}

std::optional<DamageKind> Damage::kind_of(std::string_view text, Place place) const {
    const auto& contents = contents_[place];
    if (is_tsv_ && is_enclosed(text)) return DamageKind::enclosed;
    if (may_be_a_word(text)) {
        const bool is_missing =
            contents.is_gene_column ? is_missing_value(text) : is_missing_attribute(text);
        if (is_missing) return DamageKind::missing_value;
        if (is_formula_error(text)) return DamageKind::formula_error;
    }
    if (!contents.is_id && !contents.is_name) return {};
    if (is_guarded(text)) return DamageKind::guarded;
    if (text::is_digit(text.front()) && is_scientific(text)) return DamageKind::scientific;
    return contents.is_id ? damage_of_id(text, contents.is_stable_id) : damage_of_name(text);
}

// Numbers may be names, as in tables that number their genes.
bool Damage::is_told(DamageKind kind, Place place) const {
    if (kind != DamageKind::serial_date) return true;
    constexpr std::uint64_t one_in = 10;
    const auto& names = names_.at(place);
    return names.numbers * one_in <= names.values;
}

std::string Damage::warning(DamageKind kind, Place place, const Found& found) const {
    const auto& words = words_of_kinds.at(static_cast<std::size_t>(kind));
    const bool is_skipped = kind == DamageKind::missing_value && contents_[place].is_stable_id;
    return fmt::format("column {}: {} with {} ({}), on {}: {}; {}",
                       headers_[place],
                       counted(found.lines.count, "cell"),
                       words.what,
                       quoted(found.example),
                       to_text(found.lines),
                       is_skipped ? "their rows are skipped" : words.why,
                       words.remedy);
}

std::vector<std::string> Damage::warnings() const {
    std::vector<std::string> told;
    for (const auto& [where, found] : found_) {
        const auto [place, kind] = where;
        if (is_told(kind, place)) told.push_back(warning(kind, place, found));
    }
    return told;
}

}  // namespace chr21::mart
