#include "mart/read_report.hpp"

#include "mart/printable.hpp"
#include "text/json_writer.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace chr21::mart {
namespace {

std::string_view in_words(SkipReason reason) {
    switch (reason) {
        case SkipReason::no_stable_id:
            return "without a gene stable ID";
        case SkipReason::blank_line:
            return "with nothing on the line";
        case SkipReason::repeated_header:
            return "with the header again";
        case SkipReason::comment:
            return "with a comment";
    }
    return {};
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
    return fmt::format("skipped {} {}: {}\n",
                       counted(skipped.lines.count, "row"),
                       in_words(skipped.reason),
                       to_text(skipped.lines));
}

void write(text::JsonWriter& json, const SkippedRows& skipped) {
    json.begin_object();
    json.member("reason", name_of(skipped.reason));
    json.member("rows", skipped.lines.count);
    json.member("first_lines", skipped.lines.first);
    json.end_object();
}

void write(text::JsonWriter& json, const ReadColumn& column) {
    json.begin_object();
    json.member("header", column.header);
    json.key("name");
    if (column.name.empty()) {
        json.null();
    } else {
        json.value(column.name);
    }
    json.member("use", name_of(column.use));
    json.end_object();
}

template <class Items>
void write(text::JsonWriter& json, std::string_view name, const Items& items) {
    json.begin_array(name);
    for (const auto& item : items) write(json, item);
    json.end_array();
}

}  // namespace

std::string_view name_of(SkipReason reason) {
    switch (reason) {
        case SkipReason::no_stable_id:
            return "no_stable_id";
        case SkipReason::blank_line:
            return "blank_line";
        case SkipReason::repeated_header:
            return "repeated_header";
        case SkipReason::comment:
            return "comment";
    }
    return {};
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
    for (const auto& note : report.notes) text += fmt::format("note: {}\n", note);
    for (const auto& warning : report.warnings) text += fmt::format("warning: {}\n", warning);
    return text;
}

std::string to_json(const ReadReport& report) {
    std::string written;
    text::JsonWriter json(written);
    json.begin_object();
    json.member("format", report.format);
    json.member("rows", report.rows);
    json.member("genes", report.genes);
    json.member("merged", report.merged);
    write(json, "skipped", report.skipped);
    write(json, "columns", report.columns);
    json.member("warnings", report.warnings);
    json.member("notes", report.notes);
    json.member("completion_stamp", report.has_completion_stamp);
    json.end_object();
    return written;
}

}  // namespace chr21::mart
