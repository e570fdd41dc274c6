#include "cli/flag_of_fault.hpp"
#include "cli/settings.hpp"
#include "store/sql/schema.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

namespace chr21::cli {
namespace {

std::string_view word_for(sql::StepState state) {
    switch (state) {
        case sql::StepState::applied:
            return "applied";
        case sql::StepState::half_applied:
            return "half applied";
        case sql::StepState::missing:
            return "missing";
        case sql::StepState::unknown:
            return "newer";
    }
    return "";
}

bool is_behind(const std::vector<sql::SchemaStep>& steps) {
    return std::ranges::any_of(steps, [](const auto& step) {
        return step.state == sql::StepState::missing || step.state == sql::StepState::half_applied;
    });
}

int show_status(const sql::DatabaseUrl& url) {
    for (const auto& step : sql::read_schema(url)) {
        const auto when = step.applied_at.empty()
                              ? std::string()
                              : fmt::format("  {} by {}", step.applied_at, step.applied_by);
        fmt::print("{:<12}  {}{}\n", word_for(step.state), step.name, when);
    }
    return 0;
}

int check(const sql::DatabaseUrl& url) {
    if (!is_behind(sql::read_schema(url))) {
        fmt::print("{}: the schema is up to date\n", describe(url));
        return 0;
    }
    fmt::print(stderr, "chr21: {}: the schema is behind; run `chr21 migrate up`\n", describe(url));
    return 1;
}

int bring_up(const sql::DatabaseUrl& url, std::optional<std::int64_t> last) {
    const auto latest = sql::latest_schema(url.engine);
    if (last && *last > latest) {
        fmt::print(
            stderr, "chr21: --to {} is unknown; this program knows up to {}\n", *last, latest);
        return 2;
    }
    const auto count = sql::migrate(url, last);
    fmt::print("{}: {}\n",
               describe(url),
               count == 0 ? "nothing to apply"
                          : fmt::format("applied {} step{}", count, count == 1 ? "" : "s"));
    return 0;
}

}  // namespace

int migrate(const MigrateSettings& settings) {
    const auto url = sql::parse_database_url(settings.database_url);
    if (!url) {
        fmt::print(stderr, "chr21: {}\n", with_flag(url.error()));
        return 1;
    }
    if (settings.action == MigrateAction::status) return show_status(*url);
    if (settings.action == MigrateAction::check) return check(*url);
    return bring_up(*url, settings.last);
}

}  // namespace chr21::cli
