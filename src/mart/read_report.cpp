#include "mart/read_report.hpp"

#include "mart/printable.hpp"

#include <algorithm>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::mart {
namespace {

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string_view in_words(SkipReason reason) {
    return reason == SkipReason::no_stable_id ? "without a gene stable ID"
                                              : "with nothing on the line";
}

std::string_view in_words(ColumnUse use) {
    switch (use) {
        case ColumnUse::gene_column:
            return "gene column";
        case ColumnUse::recognised:
            return "attribute";
        case ColumnUse::unrecognised:
            return "attribute, unrecognised header";
        case ColumnUse::repeated:
            return "repeated";
        case ColumnUse::dropped:
            return "dropped";
    }
    return {};
}

std::string to_text(const SkippedRows& skipped) {
    const bool all = skipped.rows == skipped.first_lines.size();
    return fmt::format("skipped {} {}: {} {}{}\n",
                       counted(skipped.rows, "row"),
                       in_words(skipped.reason),
                       skipped.rows == 1 ? "line" : "lines",
                       fmt::join(skipped.first_lines, ", "),
                       all ? "" : ", ...");
}

boost::json::object to_object(const SkippedRows& skipped) {
    return {{"reason", name_of(skipped.reason)},
            {"rows", skipped.rows},
            {"first_lines",
             boost::json::array(skipped.first_lines.begin(), skipped.first_lines.end())}};
}

boost::json::object to_object(const ReadColumn& column) {
    const auto name =
        column.name.empty() ? boost::json::value(nullptr) : boost::json::value(column.name);
    return {{"header", column.header}, {"name", name}, {"use", name_of(column.use)}};
}

template <class Items>
boost::json::array to_array(const Items& items) {
    boost::json::array array;
    for (const auto& item : items) array.push_back(to_object(item));
    return array;
}

}  // namespace

std::string_view name_of(SkipReason reason) {
    return reason == SkipReason::no_stable_id ? "no_stable_id" : "blank_line";
}

std::string_view name_of(ColumnUse use) {
    switch (use) {
        case ColumnUse::gene_column:
            return "gene_column";
        case ColumnUse::recognised:
            return "recognised";
        case ColumnUse::unrecognised:
            return "unrecognised";
        case ColumnUse::repeated:
            return "repeated";
        case ColumnUse::dropped:
            return "dropped";
    }
    return {};
}

std::string to_text(const ReadReport& report) {
    auto text = fmt::format("read {} of {}: {}, {} merged\n",
                            counted(report.rows, "row"),
                            report.format,
                            counted(report.genes, "gene"),
                            counted(report.merged, "row"));
    for (const auto& skipped : report.skipped) text += to_text(skipped);
    std::size_t width = 0;
    for (const auto& column : report.columns) width = std::max(width, column.header.size());
    constexpr std::size_t widest = 50;
    for (const auto& column : report.columns) {
        text += fmt::format("  {:<{}}  {}{}({})\n",
                            to_printable(column.header),
                            std::min(width, widest),
                            column.name,
                            column.name.empty() ? "" : " ",
                            in_words(column.use));
    }
    for (const auto& warning : report.warnings) text += fmt::format("warning: {}\n", warning);
    return text;
}

std::string to_json(const ReadReport& report) {
    const boost::json::object object{
        {"format", report.format},
        {"rows", report.rows},
        {"genes", report.genes},
        {"merged", report.merged},
        {"skipped", to_array(report.skipped)},
        {"columns", to_array(report.columns)},
        {"warnings", boost::json::array(report.warnings.begin(), report.warnings.end())},
        {"completion_stamp", report.has_completion_stamp}};
    return boost::json::serialize(object);
}

}  // namespace chr21::mart
