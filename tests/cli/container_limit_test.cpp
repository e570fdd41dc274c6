#include "cli/container_limit.hpp"

#include "tests/store/temporary_directory.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace chr21::cli {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

// A machine's /proc and /sys in a directory.
class ContainerLimit : public ::testing::Test {
protected:
    void write(const std::string& path, const std::string& text) const {
        const auto file = root() / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text << '\n';
    }
    std::filesystem::path root() const { return directory_.file("root"); }

private:
    testing::TemporaryDirectory directory_;
};

TEST_F(ContainerLimit, IsAbsentWhereNobodyLimits) {
    EXPECT_FALSE(container_limit(root()));
    write("proc/self/cgroup", "0::/user.slice");
    EXPECT_FALSE(container_limit(root()));
    write("sys/fs/cgroup/user.slice/memory.max", "max");
    EXPECT_FALSE(container_limit(root()));
}

TEST_F(ContainerLimit, IsThatOfTheGroupOfVersion2) {
    write("proc/self/cgroup", "0::/system.slice/chr21.service");
    write("sys/fs/cgroup/system.slice/chr21.service/memory.max", "134217728");
    write("sys/fs/cgroup/system.slice/memory.max", "max");
    EXPECT_EQ(container_limit(root()), 128 * mebibyte);
}

TEST_F(ContainerLimit, IsTheLeastOfAllGroupsAround) {
    write("proc/self/cgroup", "0::/pod/container/inner");
    write("sys/fs/cgroup/pod/container/inner/memory.max", "max");
    write("sys/fs/cgroup/pod/container/memory.max", std::to_string(256 * mebibyte));
    write("sys/fs/cgroup/pod/memory.max", std::to_string(100 * mebibyte));
    EXPECT_EQ(container_limit(root()), 100 * mebibyte);
}

TEST_F(ContainerLimit, IsThatOfTheRootWhereTheContainerSeesItsGroupAsTheRoot) {
    write("proc/self/cgroup", "0::/docker/0123456789ab");
    write("sys/fs/cgroup/memory.max", std::to_string(64 * mebibyte));
    EXPECT_EQ(container_limit(root()), 64 * mebibyte);
}

TEST_F(ContainerLimit, IsThatOfTheMemoryControllerOfVersion1) {
    write("proc/self/cgroup",
          "12:cpu,cpuacct:/a\n9:hugetlb,memory:/docker/0123\n1:name=systemd:/init\n0::/");
    write("sys/fs/cgroup/memory/docker/0123/memory.limit_in_bytes", std::to_string(512 * mebibyte));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    EXPECT_EQ(container_limit(root()), 512 * mebibyte);
}

TEST_F(ContainerLimit, IsAbsentWhereVersion1SaysItsGreatestNumber) {
    write("proc/self/cgroup", "9:memory:/");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    EXPECT_FALSE(container_limit(root()));
}

TEST_F(ContainerLimit, TakesNothingForANumberThatIsNone) {
    write("proc/self/cgroup", "nonsense\n0::/a");
    write("sys/fs/cgroup/a/memory.max", "12MiB");
    write("sys/fs/cgroup/memory.max", "x12");
    EXPECT_FALSE(container_limit(root()));
}

TEST_F(ContainerLimit, BoundsTheMemoryToShare) {
    const auto all = memory_to_share(root());
    EXPECT_GT(all, 16 * mebibyte);
    write("proc/self/cgroup", "0::/");
    write("sys/fs/cgroup/memory.max", std::to_string(16 * mebibyte));
    EXPECT_EQ(memory_to_share(root()), 16 * mebibyte);
    write("sys/fs/cgroup/memory.max", std::to_string(all * 2));
    EXPECT_EQ(memory_to_share(root()), all);
}

TEST(StandardLimits, AreSharesOfTheContainerAndAtMostAGibibyte) {
    EXPECT_EQ(standard_memory_limit({}), 1024 * mebibyte);
    EXPECT_EQ(standard_memory_limit(128 * mebibyte), 51 * mebibyte);
    EXPECT_EQ(standard_memory_limit(std::uint64_t{1} << 34U), 1024 * mebibyte);
    EXPECT_EQ(standard_memory_limit(1), mebibyte);
    EXPECT_EQ(standard_buffer_limit(128 * mebibyte), 16 * mebibyte);
    EXPECT_EQ(standard_buffer_limit(std::uint64_t{1} << 40U), 1024 * mebibyte);
}

}  // namespace
}  // namespace chr21::cli
