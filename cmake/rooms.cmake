# One static library per room; all rooms share one include root, src/. tests/ mirrors them.

set(room_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference
    -Wno-missing-field-initializers)

# add_room(ROOM FOLDER LIBRARIES... [FOLDERS more...]): the library chr21_ROOM of the sources in
# FOLDER, and in those that are named of the folders in it, using LIBRARIES.
function(add_room room folder)
    cmake_parse_arguments(PARSE_ARGV 2 inner "" "" FOLDERS)
    list(TRANSFORM inner_FOLDERS PREPEND "${folder}/")
    set(folders "${folder}" ${inner_FOLDERS})
    list(TRANSFORM folders APPEND "/*.cpp" OUTPUT_VARIABLE source_patterns)
    list(TRANSFORM folders APPEND "/*.hpp" OUTPUT_VARIABLE header_patterns)
    file(GLOB sources CONFIGURE_DEPENDS ${source_patterns})
    file(GLOB headers CONFIGURE_DEPENDS ${header_patterns})
    add_library(chr21_${room} STATIC ${sources})
    target_sources(chr21_${room} PUBLIC FILE_SET HEADERS
                   BASE_DIRS "${CMAKE_SOURCE_DIR}/src" FILES ${headers})
    target_compile_options(chr21_${room} PRIVATE ${room_warnings})
    target_link_libraries(chr21_${room} PUBLIC ${inner_UNPARSED_ARGUMENTS})
    set_target_properties(chr21_${room} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# So many random cases each property is tried with, and so many random tables on each engine.
# Sanitizers slow them down many times over and look for other faults than the tests of the dev
# preset, which try them all.
set(random_cases 100)
set(random_tables 15)
if(CMAKE_CXX_FLAGS_DEBUG MATCHES "-fsanitize" AND NOT "$ENV{CHR21_THOROUGH}" STREQUAL "1")
    set(random_cases 25)
    set(random_tables 4)
endif()

# add_room_tests(gene folder LIBRARIES...): the program test_ROOM, known to ctest by its test names.
function(add_room_tests room folder)
    file(GLOB sources CONFIGURE_DEPENDS "${folder}/*_test.cpp")
    add_executable(test_${room} ${sources})
    target_compile_options(test_${room} PRIVATE ${room_warnings})
    target_include_directories(test_${room} PRIVATE "${CMAKE_SOURCE_DIR}")
    target_compile_definitions(test_${room} PRIVATE
                               CHR21_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(test_${room} PRIVATE ${ARGN} GTest::gmock GTest::gtest_main rapidcheck)
    target_precompile_headers(test_${room} PRIVATE
                              <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h>)
    gtest_discover_tests(test_${room} DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 900
                         ENVIRONMENT "RC_PARAMS=seed=21 max_success=${random_cases}")
endfunction()
