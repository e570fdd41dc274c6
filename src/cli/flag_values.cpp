#include "cli/flag_values.hpp"

#include "text/fold.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace chr21::cli {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};

constexpr std::array<Unit, 3> units{{{"ms", 1}, {"s", 1000}, {"m", 60'000}}};

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = fault == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

// Absent: not written as a duration, or of no length.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    constexpr std::uint64_t longest = 1'000'000'000;  // in any unit
    const auto unit_at = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = parse_number(text.substr(0, unit_at));
    if (!number || *number == 0 || *number > longest) return std::nullopt;
    for (const auto& [name, milliseconds] : units) {
        if (text.substr(unit_at) != name) continue;
        return std::chrono::milliseconds(static_cast<std::int64_t>(*number) * milliseconds);
    }
    return std::nullopt;
}

// Absent: not written as a size.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    constexpr std::string_view prefixes = "kmgt";
    const auto unit_at = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = parse_number(text.substr(0, unit_at));
    const auto folded = fold(text.substr(unit_at));  // "mib" is a MiB too
    std::string_view unit = folded;
    unsigned shift = 0;
    if (const auto prefix = unit.empty() ? std::string_view::npos : prefixes.find(unit.front());
        prefix != std::string_view::npos) {
        shift = 10 * (static_cast<unsigned>(prefix) + 1);
        unit.remove_prefix(unit.substr(1).starts_with('i') ? 2 : 1);
    }
    constexpr std::uint64_t most = std::uint64_t{1} << 50U;
    if (!number || (!unit.empty() && unit != "b") || *number > (most >> shift)) return std::nullopt;
    return *number << shift;
}

std::string in_words(std::uint64_t bytes) {
    constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
    return bytes % mebibyte == 0 ? fmt::format("{}MiB", bytes / mebibyte) : std::to_string(bytes);
}

std::string in_words(std::chrono::milliseconds duration) {
    const auto [name, milliseconds] = duration.count() % 1000 == 0 ? units[1] : units[0];
    return fmt::format("{}{}", duration.count() / milliseconds, name);
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
    return {[least, most](const std::string& text) {
                const auto number = parse_number(text);
                if (number && *number >= least && *number <= most) return std::string();
                return fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most);
            },
            ""};
}

void add_duration(CLI::App& app,
                  const std::string& flag,
                  std::chrono::milliseconds& duration,
                  const std::string& variable,
                  const std::string& description) {
    const auto is_duration = [](const std::string& text) {
        if (parse_duration(text)) return std::string();
        return fmt::format(
            "\"{}\" is not a duration; write a whole number and ms, s or m, such as 250ms, 10s "
            "or 2m",
            text);
    };
    app.add_option_function<std::string>(
           flag,
           [&duration](const std::string& text) { duration = parse_duration(text).value(); },
           description)
        ->envname(variable)
        ->type_name("DURATION")
        ->check(CLI::Validator(is_duration, ""))
        ->default_str(in_words(duration));
}

void add_size(CLI::App& app,
              const std::string& flag,
              std::uint64_t& bytes,
              const std::string& variable,
              const std::string& description) {
    const auto is_size = [](const std::string& text) {
        if (parse_size(text)) return std::string();
        return fmt::format(
            "\"{}\" is not a size; write a whole number and B, KiB, MiB, GiB or TiB, such as "
            "512MiB",
            text);
    };
    app.add_option_function<std::string>(
           flag,
           [&bytes](const std::string& text) { bytes = parse_size(text).value(); },
           description)
        ->envname(variable)
        ->type_name("SIZE")
        ->check(CLI::Validator(is_size, ""))
        ->default_str(in_words(bytes));
}

}  // namespace chr21::cli
