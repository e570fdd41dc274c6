#include "mart/cell_form.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <vector>

namespace chr21::mart {
namespace {

constexpr std::size_t longest = 32;  // of what is looked at closely

char sign_of(char c) {
    if (text::is_digit(c)) return '9';
    return text::is_letter(c) ? 'A' : c;
}

// "9" for each run of digits, "A" for each run of letters, all else as it is: "1-Mar" is "9-A".
std::string shape_of(std::string_view cell) {
    std::string shape;
    if (cell.size() > longest) return shape;
    for (const char c : cell) {
        const char sign = sign_of(c);
        const bool goes_on = (sign == '9' || sign == 'A') && shape.ends_with(sign);
        if (!goes_on) shape += sign;
    }
    return shape;
}

// The runs of digits and of letters, in their order.
std::vector<std::string_view> runs_of(std::string_view cell) {
    std::vector<std::string_view> runs;
    for (std::size_t at = 0; at < cell.size();) {
        const bool is_number = text::is_digit(cell[at]);
        const auto belongs = [is_number](char c) {
            return is_number ? text::is_digit(c) : text::is_letter(c);
        };
        std::size_t end = at;
        while (end < cell.size() && belongs(cell[end])) ++end;
        if (end > at) runs.push_back(cell.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return runs;
}

int number_of(std::string_view digits) {
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc() ? number : -1;
}

bool is_day(std::string_view digits) {
    constexpr int most = 31;
    return digits.size() <= 2 && number_of(digits) >= 1 && number_of(digits) <= most;
}

bool is_year(std::string_view digits) {
    constexpr int first = 1900;
    constexpr int last = 2100;
    const auto year = number_of(digits);
    return digits.size() == 2 || (digits.size() == 4 && year >= first && year <= last);
}

// As spreadsheets abbreviate them in English, German, French and Spanish, or in full in English.
bool is_month(std::string_view letters) {
    constexpr auto months = std::to_array<std::string_view>(
        {"jan",      "feb",       "mar",     "apr",      "may",     "jun",    "jul",
         "aug",      "sep",       "oct",     "nov",      "dec",     "sept",   "mrz",
         "mai",      "okt",       "dez",     "mars",     "avr",     "abr",    "dic",
         "ene",      "march",     "april",   "june",     "july",    "august", "january",
         "february", "september", "october", "november", "december"});
    const auto folded = text::lower_case(letters);
    return std::ranges::find(months, folded) != months.end();
}

bool is_between_parts(char c) { return c == '-' || c == '/' || c == '.' || c == ' '; }

// Of "9-A", "A-9", "9-A-9", "9-9-9" with any of the separators.
bool has_shape(std::string_view shape, std::string_view wanted) {
    return std::ranges::equal(
        shape, wanted, [](char c, char w) { return w == '-' ? is_between_parts(c) : c == w; });
}

std::string_view without_time(std::string_view cell) {
    const auto colon = cell.find(':');
    if (colon == std::string_view::npos) return cell;
    const auto before = cell.find_last_of(" T", colon);
    return before == std::string_view::npos ? cell : cell.substr(0, before);
}

// "Mar-02", "MAR-1", "Mar-2023"; no spreadsheet writes a month in lower case before a single digit.
bool is_month_and_number(std::string_view month, std::string_view digits) {
    const bool is_low = text::lower(month.front()) == month.front();
    const bool is_padded = digits.size() == 2 && digits.front() == '0';
    return is_month(month) && (is_day(digits) || is_year(digits)) && (!is_low || is_padded);
}

bool is_date_of_numbers(std::string_view one, std::string_view two, std::string_view three) {
    if (one.size() == 4) return is_year(one) && is_day(two) && is_day(three);
    return is_day(one) && is_day(two) && is_year(three);
}

bool is_grouped(std::string_view cell, std::string_view separator) {
    const auto first = std::min(cell.find(separator), cell.size());
    if (first == cell.size() || first > 3 || !is_digits(cell.substr(0, first))) return false;
    while (!(cell = cell.substr(std::min(cell.find(separator), cell.size()))).empty()) {
        cell.remove_prefix(separator.size());
        if (cell.size() < 3 || !is_digits(cell.substr(0, 3))) return false;
        cell.remove_prefix(3);
        if (!cell.empty() && !cell.starts_with(separator)) return false;
    }
    return true;
}

}  // namespace

bool is_missing_value(std::string_view cell) {
    constexpr std::size_t longest_word = 4;
    constexpr auto words = std::to_array<std::string_view>({"NA",
                                                            "N/A",
                                                            "n/a",
                                                            "#N/A",
                                                            "#NA",
                                                            "NaN",
                                                            "nan",
                                                            "NAN",
                                                            "NULL",
                                                            "Null",
                                                            "null",
                                                            "\\N",
                                                            "-",
                                                            "None"});
    if (cell == "<NA>") return true;
    return cell.size() <= longest_word && std::ranges::find(words, cell) != words.end();
}

bool is_formula_error(std::string_view cell) {
    constexpr auto errors = std::to_array<std::string_view>(
        {"#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NULL!"});
    return cell.starts_with('#') && std::ranges::find(errors, cell) != errors.end();
}

bool is_scientific(std::string_view cell) {
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    if (cell.empty() || !text::is_digit(cell.front())) return false;
    const auto shape = shape_of(cell);
    const auto exponent = shape.find('A');
    if (exponent == std::string::npos) return false;
    const auto number = std::string_view(shape).substr(0, exponent);
    const auto power = std::string_view(shape).substr(exponent + 1);
    if (number != "9" && number != "9.9" && number != "9,9") return false;
    if (power != "9" && power != "+9" && power != "-9") return false;
    const auto letters = runs_of(cell).at(number == "9" ? 1 : 2);
    return letters == "e" || letters == "E";
}

bool is_whole_float(std::string_view cell) {
    const auto dot = cell.find('.');
    if (dot == std::string_view::npos || dot + 1 == cell.size()) return false;
    auto whole = cell.substr(0, dot);
    if (whole.starts_with('-') || whole.starts_with('+')) whole.remove_prefix(1);
    const auto fraction = cell.substr(dot + 1);
    return is_digits(whole) && fraction.find_first_not_of('0') == std::string_view::npos;
}

bool has_thousands_separators(std::string_view cell) {
    constexpr auto separators = std::to_array<std::string_view>(
        {",", ".", "'", "_", " ", "\u00A0", "\u202F", "\u2009", "\u2019"});
    return std::ranges::any_of(
        separators, [&](std::string_view separator) { return is_grouped(cell, separator); });
}

bool is_date(std::string_view cell) {
    if (cell.size() < 3 || std::ranges::none_of(cell, is_between_parts)) return false;
    const auto date = without_time(cell);
    auto shape = shape_of(date);
    if (shape.contains(". ")) shape.erase(shape.find(". ") + 1, 1);  // "1. Mrz"
    const auto runs = runs_of(date);
    if (has_shape(shape, "9-A")) return is_day(runs[0]) && is_month(runs[1]);
    // SET.1 is a second gene of that name.
    if (has_shape(shape, "A-9") && shape[1] != '.') return is_month_and_number(runs[0], runs[1]);
    if (has_shape(shape, "9-A-9")) {
        return is_day(runs[0]) && is_month(runs[1]) && is_year(runs[2]);
    }
    return has_shape(shape, "9-9-9") && is_date_of_numbers(runs[0], runs[1], runs[2]);
}

bool is_serial_date(std::string_view cell) {
    constexpr int first = 36526;  // 1 January 2000
    constexpr int last = 51135;   // 31 December 2039
    return cell.size() == 5 && is_digits(cell) && number_of(cell) >= first &&
           number_of(cell) <= last;
}

bool is_guarded(std::string_view cell) {
    return cell.starts_with("=\"") || (cell.starts_with('\'') && cell.size() > 1);
}

bool is_enclosed(std::string_view cell) {
    return cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"');
}

bool is_digits(std::string_view cell) {
    return !cell.empty() && std::ranges::all_of(cell, text::is_digit);
}

bool is_whole_number(std::string_view cell) {
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    return is_digits(cell);
}

}  // namespace chr21::mart
