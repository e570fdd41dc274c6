#include "observe/log.hpp"

#include "observe/log_line.hpp"

#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace chr21::observe {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
    constexpr std::array levels{
        spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return levels.at(static_cast<std::size_t>(level));
}

// The last resort: standard error is where the log goes, so nobody else could be told.
void report_lost_line(const std::string& reason) {
    std::fputs(("chr21: a log line could not be written: " + reason + "\n").c_str(), stderr);
}

std::shared_ptr<spdlog::logger> make_logger(LogLevel level) {
    auto logger = std::make_shared<spdlog::logger>(
        "chr21", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%v");
    logger->set_level(to_spdlog(level));
    logger->set_error_handler(report_lost_line);
    return logger;
}

class Log {
public:
    explicit Log(const LogOptions& options)
        : options_(options), logger_(make_logger(options.level)) {}

    void operator()(const Event& event) const noexcept {
        try {
            if (!options_.access && std::holds_alternative<Answered>(event)) return;
            const auto level = to_spdlog(level_of(event));
            if (!logger_->should_log(level)) return;
            const auto now = std::chrono::system_clock::now();
            logger_->log(level,
                         options_.format == LogFormat::json ? json_line(event, now, options_.style)
                                                            : text_line(event, now));
        } catch (const std::exception& fault) {
            report_lost_line(fault.what());
        }
    }

private:
    LogOptions options_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

Observer make_log(const LogOptions& options) { return Log(options); }

}  // namespace chr21::observe
