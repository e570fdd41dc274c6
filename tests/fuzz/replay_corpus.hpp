#pragma once

#include "tests/read_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace chr21::fuzz {

// Holds a property against every file that the fuzz target of that name started from or once
// stumbled over.
inline void replay_corpus(const std::string& target,
                          std::string (*complaint_about)(std::string_view)) {
    const std::filesystem::path folder = CHR21_SOURCE_DIR "/tests/fuzz/corpus/" + target;
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        EXPECT_EQ(complaint_about(testing::read_file(entry.path())), "") << entry.path();
        ++files;
    }
    EXPECT_GT(files, 0) << folder << " is empty";
}

}  // namespace chr21::fuzz
