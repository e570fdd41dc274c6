// What was put into a file of arrays comes out again, or it is said that it cannot.

#include "store/memory/array_file.hpp"

#include "tests/store/sqlite_file.hpp"
#include "tests/store/temporary_directory.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::testing {
namespace {

using ::testing::ElementsAre;

struct Arrays {
    std::string text;
    std::vector<std::string> texts;
    std::vector<std::uint32_t> numbers;

    friend bool operator==(const Arrays&, const Arrays&) = default;
};

Arrays any_arrays() {
    return {.text = *rc::gen::arbitrary<std::string>(),
            .texts = *rc::gen::arbitrary<std::vector<std::string>>(),
            .numbers = *rc::gen::arbitrary<std::vector<std::uint32_t>>()};
}

void write(const std::string& path, const Arrays& arrays) {
    ArrayFileWriter file(path);
    file.put(arrays.text);
    file.put(arrays.texts);
    file.put(arrays.numbers);
    file.put_each(arrays.numbers.size(), [&](std::size_t at) { return arrays.numbers[at]; });
    file.finish();
}

Arrays read(const std::string& path) {
    ArrayFileReader file(path);
    Arrays arrays{.text = file.take_text(),
                  .texts = file.take_texts(),
                  .numbers = file.take<std::uint32_t>()};
    if (file.take<std::uint32_t>() != arrays.numbers) throw std::logic_error("put_each differs");
    file.expect_end();
    return arrays;
}

Arrays some_arrays() {
    return {
        .text = "TP53", .texts = {"lncRNA", "", "protein_coding"}, .numbers = {1, 2, 4294967295}};
}

class ArrayFile : public ::testing::Test {
protected:
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    // What the fault says; a failure when there is none.
    template <class Work>
    static std::string fault_of(const Work& work) {
        try {
            work();
        } catch (const ArrayFileFault& fault) {
            return fault.what();
        }
        ADD_FAILURE() << "no ArrayFileFault was thrown";
        return {};
    }

    std::string path() const { return directory_.file("arrays"); }

    TemporaryDirectory directory_;
};

RC_GTEST_FIXTURE_PROP(ArrayFile, GivesBackWhatWasPut, ()) {
    const auto arrays = any_arrays();
    write(path(), arrays);
    RC_ASSERT(read(path()) == arrays);
}

TEST_F(ArrayFile, GivesBackArraysLargerThanItsBuffer) {
    const Arrays arrays{.text = std::string(3'000'001, 'A'),
                        .numbers = std::vector<std::uint32_t>(500'000, 7)};
    write(path(), arrays);
    EXPECT_EQ(read(path()), arrays);
}

TEST_F(ArrayFile, TellsEveryFlippedBit) {
    write(path(), some_arrays());
    const auto whole = bytes_of(path());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const unsigned bit : {0x01U, 0x80U}) {
            auto damaged = whole;
            damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ bit);
            write_bytes(path(), damaged);
            EXPECT_THROW(read(path()), ArrayFileFault) << "byte " << at;
        }
    }
}

TEST_F(ArrayFile, TellsWhereItIsCutOffOrHasMore) {
    write(path(), some_arrays());
    const auto whole = bytes_of(path());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write_bytes(path(), whole.substr(0, size));
        EXPECT_THROW(read(path()), ArrayFileFault) << size << " bytes";
    }
    write_bytes(path(), whole + '\0');
    EXPECT_THROW(read(path()), ArrayFileFault);
}

TEST_F(ArrayFile, TellsArraysThatHaveChangedPlaces) {
    {
        ArrayFileWriter file(path());
        file.put("ABCD");
        file.put("EFGH");
        file.finish();
    }
    const auto whole = bytes_of(path());
    write_bytes(path(), whole.substr(whole.size() / 2) + whole.substr(0, whole.size() / 2));
    ArrayFileReader file(path());
    EXPECT_THROW(file.take_text(), ArrayFileFault);
}

TEST_F(ArrayFile, StaysAsItWasUntilTheNewOneIsFinished) {
    write(path(), some_arrays());
    {
        ArrayFileWriter file(path());
        file.put("half of it");
        EXPECT_EQ(read(path()), some_arrays());
    }
    EXPECT_EQ(read(path()), some_arrays());
    EXPECT_THAT(files(), ElementsAre("arrays"));
}

TEST_F(ArrayFile, IsWrittenOverWhatAKilledWriterHasLeft) {
    write_bytes(path() + ".new", std::string(10'000, 'x'));
    write(path(), some_arrays());
    EXPECT_EQ(read(path()), some_arrays());
    EXPECT_THAT(files(), ElementsAre("arrays"));
}

TEST_F(ArrayFile, IsWrittenByOneAtATime) {
    ArrayFileWriter first(path());
    first.put("first");
    EXPECT_EQ(fault_of([&] { const ArrayFileWriter second(path()); }),
              "another program is writing it");
    first.finish();
    ArrayFileReader file(path());
    EXPECT_EQ(file.take_text(), "first");
}

TEST_F(ArrayFile, IsGivenUpWhenAsked) {
    const std::stop_source stop;
    {
        ArrayFileWriter file(path(), stop.get_token());
        file.put("one");
        stop.request_stop();
        EXPECT_EQ(fault_of([&] { file.put("two"); }), "the program is stopping");
    }
    EXPECT_THAT(files(), ElementsAre());
}

TEST_F(ArrayFile, SaysWhyItCannotBeOpened) {
    EXPECT_EQ(fault_of([&] { const ArrayFileReader file(path()); }), "No such file or directory");
    EXPECT_EQ(fault_of([&] { const ArrayFileReader file(directory_.path()); }), "it is not a file");
    EXPECT_EQ(fault_of([&] { const ArrayFileWriter file(path() + "/genes"); }),
              "No such file or directory");
}

}  // namespace
}  // namespace chr21::testing
