#include "mart/cell_form.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::mart {
namespace {

struct Form {
    bool (*has)(std::string_view);
    std::vector<std::string_view> yes;
    std::vector<std::string_view> no;
};

void check(const Form& form) {
    for (const auto cell : form.yes) EXPECT_TRUE(form.has(cell)) << cell;
    for (const auto cell : form.no) EXPECT_FALSE(form.has(cell)) << cell;
}

TEST(CellForm, KnowsTheDatesOfSpreadsheets) {
    check({is_date,
           {"1-Mar",         "2-Sep",      "Mar-02",
            "MAR-01",        "Sep-02",     "01-Mar",
            "1-mar",         "mar-01",     "2023-03-01",
            "3/1/2023",      "1/3/23",     "1-Mar-23",
            "1.Mrz",         "1. Mrz",     "1. Mrz 2023",
            "Dec-01",        "Mar-2001",   "1 March",
            "01.03.2023",    "2-sept",     "2023-03-01 00:00:00",
            "3/1/2023 0:00", "2023/03/01", "2023-03-01T00:00:00"},
           {"MARCH1",   "SEPT2", "DEC1",  "sep-1",      "dec-11", "let-7",   "1-A",
            "mar",      "HLA-A", "SET.1", "AC0.1",      "32-Mar", "Mar-32x", "Y_RNA.1",
            "NKX2-5",   "2-3",   "",      "-",          "1/2",    "5S_rRNA", "OCT4",
            "100-12-1", "Mar",   "7SK",   "13/25/2023x"}});
}

TEST(CellForm, KnowsNumbersThatSpreadsheetsAndDataFramesWrite) {
    check({is_scientific,
           {"1.86e+08", "1E5", "1,86E+08", "2.31E+19", "-1e5", "1e-05"},
           {"1",
            "1.5",
            "E5",
            "2310009E13Rik",
            "1e",
            "1F5",
            "1e5x",
            "",
            "1e5e5",
            "1.X",
            "7.SK1",
            "1-e",
            "1,e5"}});
    check({is_whole_float,
           {"56169.0", "5010871.00", "-1.0", "+1.0"},
           {"56169", "1.5", ".0", "1.", "ENSG00000142192.0", "1.0.0", "", "a.0"}});
    check(
        {has_thousands_separators,
         {"1,000", "1.000.000", "5 010 871", "5\u00A0010\u00A0871", "5\u202F010", "1'000", "1_000"},
         {"1000", "1,00", "1,0000", "1000,000", ",000", "1,", "1,000,00", "1, 000", ""}});
    check({is_serial_date,
           {"43892", "44986", "36526"},
           {"7157", "36525", "99999", "43892x", "043892"}});
}

TEST(CellForm, KnowsWordsForWhatIsMissing) {
    check({is_missing_value,
           {"NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "\\N", "-", "<NA>", "None"},
           {"na", "", "NAT1", "NAN1", "--", "0", "N", "none"}});
    check({is_formula_error, {"#NAME?", "#REF!", "#DIV/0!"}, {"#N/A", "#", "NAME?", ""}});
    check({is_guarded, {"=\"1-Mar\"", "'SEPT2"}, {"'", "=", "SEPT2'", "", "5'"}});
    check({is_enclosed, {"\"a\"", "\"\""}, {"\"", "\"a", "a\"", ""}});
}

}  // namespace
}  // namespace chr21::mart
