#pragma once

#include <string_view>

// What cells look like after spreadsheets, data frames and databases have written them. All take
// cells without blanks at their ends.
namespace chr21::mart {

// A word that stands for a missing value: NA and <NA> (R, pandas), NaN, NULL, \N (MySQL), #N/A
// (Excel), N/A, None, "-". Each may be a symbol as well: nan is a gene of the fruit fly. The
// lower case na is none of them.
bool is_missing_value(std::string_view cell);

// #NAME?, #VALUE!, #REF! and the like: a formula that failed.
bool is_formula_error(std::string_view cell);

// "1.86e+08", "1E5", "1,86E+08".
bool is_scientific(std::string_view cell);

// A whole number as a float: "56169.0".
bool is_whole_float(std::string_view cell);

// A number with separators of thousands: "1,000", "1.000.000", "1 000" with any blank, "1'000".
bool has_thousands_separators(std::string_view cell);

// A day of a month or a month of a year, as spreadsheets make of MARCH1 and SEPT2: "1-Mar",
// "Sep-02", "2.Sep", "2023-03-01", "3/1/2023 0:00". Names of worms, such as sep-1 and dec-11,
// are none.
bool is_date(std::string_view cell);

// The number of a day as spreadsheets count them, of the years 2000 to 2040: "44986".
bool is_serial_date(std::string_view cell);

// Begins as a formula or with the apostrophe that keeps text as it is: ="1-Mar", 'SEPT2.
bool is_guarded(std::string_view cell);

// Between two double quotes.
bool is_enclosed(std::string_view cell);

// Whether every byte is a digit, and there is one.
bool is_digits(std::string_view cell);

// A whole number with or without a sign.
bool is_whole_number(std::string_view cell);

}  // namespace chr21::mart
