#include "text/utc_time.hpp"

#include "text/ascii.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace chr21::text {
namespace {

constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
constexpr std::size_t size_to_seconds = 19;

// Writes the digits of `number` so that the last of them stands before `end`.
void write_before(char* end, std::int64_t number) {
    for (; number > 0; number /= 10) *--end = static_cast<char>('0' + number % 10);
}

}  // namespace

UtcTime::UtcTime(std::chrono::system_clock::time_point at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(at - day)};
    form.copy(text_.data(), text_.size());
    write_before(text_.data() + 4, int{date.year()});
    write_before(text_.data() + 7, unsigned{date.month()});
    write_before(text_.data() + 10, unsigned{date.day()});
    write_before(text_.data() + 13, time.hours().count());
    write_before(text_.data() + 16, time.minutes().count());
    write_before(text_.data() + 19, time.seconds().count());
    write_before(text_.data() + 23, time.subseconds().count());
}

std::string UtcTime::to_seconds() const {
    return std::string(text_.data(), size_to_seconds).append(1, 'Z');
}

std::optional<std::chrono::sys_seconds> parse_utc_time(std::string_view text) {
    constexpr std::string_view seconds_form = "0000-00-00T00:00:00Z";
    if (text.size() != seconds_form.size()) return std::nullopt;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool fits =
            seconds_form[at] == '0' ? is_digit(text[at]) : text[at] == seconds_form[at];
        if (!fits) return std::nullopt;
    }
    const auto number = [text](std::size_t begin, std::size_t length) {
        int value = 0;
        for (const char digit : text.substr(begin, length)) value = value * 10 + (digit - '0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    const int hours = number(11, 2);
    const int minutes = number(14, 2);
    const int seconds = number(17, 2);
    if (!date.ok() || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds);
}

std::string now_in_utc() {
    const char* const fixed = std::getenv("SOURCE_DATE_EPOCH");
    if (fixed == nullptr) return UtcTime(std::chrono::system_clock::now()).to_seconds();
    const std::string_view digits = fixed;
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), seconds);
    if (error != std::errc() || end != digits.end()) {
        throw std::invalid_argument("SOURCE_DATE_EPOCH has to be seconds since 1970, and is " +
                                    std::string(digits));
    }
    return UtcTime(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)))
        .to_seconds();
}

}  // namespace chr21::text
