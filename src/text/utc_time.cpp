#include "text/utc_time.hpp"

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
