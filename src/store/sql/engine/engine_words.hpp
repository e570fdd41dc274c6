#pragma once

#include <string_view>

#include <soci/soci.h>

namespace chr21::sql {

// What the engines say differently in the SQL that they share.
struct EngineWords {
    std::string_view position_of;  // of a text in a column's text, from 1, or 0 where it is not
    bool keeps_nul = true;         // a text may hold a NUL byte
    // Of schema_migration: the step was not cut off.
    std::string_view is_whole_step = "1 = 1";
};

inline constexpr EngineWords sqlite_words{.position_of = "instr"};
inline constexpr EngineWords mysql_words{.position_of = "instr",
                                         .is_whole_step = "statements_left = 0"};
inline constexpr EngineWords postgresql_words{.position_of = "strpos", .keeps_nul = false};

inline const EngineWords& words_of(soci::session& session) {
    const auto name = session.get_backend_name();
    if (name == "postgresql") return postgresql_words;
    return name == "mysql" ? mysql_words : sqlite_words;
}

}  // namespace chr21::sql
