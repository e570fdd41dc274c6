// How fast mart exports are read: rows per second of processor time, best of five readings.
//   ninja -C build/release read_export && build/release/bench/read_export EXPORT...
// Without a file: 1.13 million made rows of the eight gene columns.

#include "mart/mart_export.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <span>
#include <sstream>
#include <string>

#include <fmt/core.h>

namespace {

std::string made_rows(int rows) {
    std::string text =
        "Gene description,Gene stable ID,Gene name,Chromosome/scaffold name,Gene start (bp),"
        "Gene end (bp),Strand,Gene type\n";
    for (int row = 0; row < rows; ++row) {
        const int start = 1 + row * 100;
        text += fmt::format("{},ENSG{:011},GENE{},{},{},{},{},{}\n",
                            row % 3 == 0 ? "\"novel transcript, antisense to another one\""
                                         : "olfactory receptor family 4 subfamily F member 5",
                            row,
                            row,
                            1 + row % 22,
                            start,
                            start + 20000,
                            row % 2 == 0 ? 1 : -1,
                            row % 4 == 0 ? "processed_pseudogene" : "lncRNA");
    }
    return text;
}

std::string bytes_of(const char* path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

void measure(const std::string& name, const std::string& text) {
    double best = 1e9;
    std::string answer;
    for (int run = 0; run < 5; ++run) {
        const auto begin = std::clock();
        const auto read = chr21::mart::read_export(text);
        const auto took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        if (!read) {
            fmt::print("{}: {}\n", name, read.error().message);
            return;
        }
        best = std::min(best, took);
        answer = fmt::format("{}: {} rows, {} genes, {:.0f} ms, {:.2f} million rows/s\n",
                             name,
                             read->report.rows,
                             read->report.genes,
                             best * 1e3,
                             static_cast<double>(read->report.rows) / best / 1e6);
    }
    fmt::print("{}", answer);
}

}  // namespace

int main(int argc, char** argv) {
    const std::span<char*> files(argv + 1, static_cast<std::size_t>(argc - 1));
    if (files.empty()) measure("made", made_rows(1'130'000));
    for (const char* file : files) measure(file, bytes_of(file));
}
