# Builds files into the program.
#
#   include(embed)
#   embed_files(chr21_web
#       NAMESPACE chr21::web
#       HEADER web/reference.hpp
#       FILES
#           index.html=web/reference/index.html
#           swagger-ui.css.gz=web/reference/vendor/swagger-ui.css.gz)
#   target_link_libraries(chr21_cli PRIVATE chr21_web)
#
# and in C++:
#
#   #include "web/reference.hpp"
#   for (const auto& [name, bytes] : chr21::web::files()) ...
#   const std::optional<std::string_view> page = chr21::web::find("index.html");
#
# Each FILES entry is NAME=PATH: the name the program knows it by, and the file, relative to the
# current source folder or absolute. files() keeps the order given. The assembler copies each file
# into .rodata, so size costs neither compile time nor start-up time; a page of it is read from disk
# when first touched. Changing a file rebuilds its library; adding or removing one needs an edit of
# FILES. HEADER is found only by targets that link the library.
#
# Needs g++ or clang and an ELF system.

include_guard(GLOBAL)

function(embed_files target)
    cmake_parse_arguments(PARSE_ARGV 1 EMBED "" "NAMESPACE;HEADER" "FILES")
    foreach(required NAMESPACE HEADER FILES)
        if(NOT EMBED_${required})
            message(FATAL_ERROR "embed_files(${target}): ${required} is missing")
        endif()
    endforeach()
    if(EMBED_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "embed_files(${target}): unknown ${EMBED_UNPARSED_ARGUMENTS}")
    endif()

    set(names "")
    set(paths "")
    set(sections "")
    set(declarations "")
    set(entries "")
    foreach(file IN LISTS EMBED_FILES)
        _embed_parse_file(${target} "${file}" name path)
        if(name IN_LIST names)
            message(FATAL_ERROR "embed_files(${target}): two files are named '${name}'")
        endif()
        list(LENGTH names position)
        list(APPEND names "${name}")
        list(APPEND paths "${path}")
        string(MAKE_C_IDENTIFIER "embedded_${target}_${position}" symbol)
        _embed_section(${symbol} "${path}" section)
        string(APPEND sections "${section}")
        string(APPEND declarations
            "extern const char ${symbol}[];\nextern const std::uint64_t ${symbol}_size;\n")
        string(APPEND entries "        Embedded{\"${name}\", {${symbol}, ${symbol}_size}},\n")
    endforeach()

    set(root "${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}")
    _embed_write_header("${root}/${EMBED_HEADER}")
    _embed_write_source("${root}/${target}.cpp")
    _embed_add_library(${target} "${root}" "${paths}")
endfunction()

function(_embed_parse_file target file name_out path_out)
    if(NOT file MATCHES "^([A-Za-z0-9._/-]+)=(.+)$")
        message(FATAL_ERROR
            "embed_files(${target}): '${file}' is not NAME=PATH with a NAME of [A-Za-z0-9._/-]")
    endif()
    set(name "${CMAKE_MATCH_1}")
    cmake_path(ABSOLUTE_PATH CMAKE_MATCH_2 NORMALIZE OUTPUT_VARIABLE path)
    if(NOT EXISTS "${path}" OR IS_DIRECTORY "${path}")
        message(FATAL_ERROR "embed_files(${target}): there is no file ${path}")
    endif()
    if(path MATCHES "[\"\\\\@]")
        message(FATAL_ERROR "embed_files(${target}): a path may not hold \" \\ or @: ${path}")
    endif()
    set(${name_out} "${name}" PARENT_SCOPE)
    set(${path_out} "${path}" PARENT_SCOPE)
endfunction()

# The assembler measures the file, so that a changed file needs no new run of CMake.
function(_embed_section symbol path section_out)
    string(CONCAT section
        "    .balign 16\n"
        "    .globl ${symbol}\n"
        "    .hidden ${symbol}\n"
        "${symbol}:\n"
        "    .incbin \"${path}\"\n"
        "${symbol}_end:\n"
        "    .balign 8\n"
        "    .globl ${symbol}_size\n"
        "    .hidden ${symbol}_size\n"
        "${symbol}_size:\n"
        "    .quad ${symbol}_end - ${symbol}\n")
    set(${section_out} "${section}" PARENT_SCOPE)
endfunction()

# Link-time optimisation and clang-tidy are off: neither sees into assembly.
function(_embed_add_library target root paths)
    set(source "${root}/${target}.cpp")
    add_library(${target} STATIC "${source}")
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC "${root}")
    target_compile_options(${target} PRIVATE -fno-lto)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF CXX_CLANG_TIDY "")
    set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${paths}")
endfunction()

function(_embed_write_header path)
    file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT [==[
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace @EMBED_NAMESPACE@ {

/// A file that was built into the program. Both views last as long as the process.
struct Embedded {
    std::string_view name;
    std::string_view bytes;
};

/// Every file, in the order the build lists them. Safe from any thread.
[[nodiscard]] std::span<const Embedded> files();

/// The bytes of the file with exactly this name. Safe from any thread.
[[nodiscard]] std::optional<std::string_view> find(std::string_view name);

}  // namespace @EMBED_NAMESPACE@
]==])
endfunction()

function(_embed_write_source path)
    file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT [==[
#include "@EMBED_HEADER@"

#include <array>
#include <cstdint>

asm(R"(
    .pushsection .rodata
@sections@    .popsection
)");

extern "C" {
@declarations@}

namespace @EMBED_NAMESPACE@ {

std::span<const Embedded> files() {
    static const std::array all{
@entries@    };
    return all;
}

std::optional<std::string_view> find(std::string_view name) {
    for (const Embedded& file : files()) {
        if (file.name == name) return file.bytes;
    }
    return std::nullopt;
}

}  // namespace @EMBED_NAMESPACE@
]==])
endfunction()
