# The libraries we build on, each under one name. Static archives are taken where Debian ships
# them: the program starts sooner and its memory is its own.

include(hardening)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(yaml-cpp REQUIRED)

set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81 REQUIRED COMPONENTS json)

# found_library(NAME HEADER ARCHIVE...): an imported target lib::NAME of archives and their header.
function(found_library name header)
    add_library(lib_${name} INTERFACE)
    add_library(lib::${name} ALIAS lib_${name})
    find_path(${name}_include ${header} REQUIRED)
    target_include_directories(lib_${name} SYSTEM INTERFACE ${${name}_include})
    foreach(archive IN LISTS ARGN)
        find_library(${archive}_archive NAMES lib${archive}.a ${archive} REQUIRED)
        target_link_libraries(lib_${name} INTERFACE ${${archive}_archive})
    endforeach()
endfunction()

found_library(sqlite sqlite3.h sqlite3)
target_link_libraries(lib_sqlite INTERFACE ${CMAKE_DL_LIBS} Threads::Threads)
# Headers alone: the client libraries of servers are loaded when asked for.
add_library(lib_server_headers INTERFACE)
add_library(lib::server_headers ALIAS lib_server_headers)
find_path(postgresql_include libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_path(mariadb_include mysql.h PATH_SUFFIXES mariadb REQUIRED)
target_include_directories(lib_server_headers SYSTEM INTERFACE ${postgresql_include} ${mariadb_include})
found_library(utf8proc utf8proc.h utf8proc)
target_compile_definitions(lib_utf8proc INTERFACE UTF8PROC_STATIC)
found_library(xxhash xxhash.h xxhash)
found_library(brotli brotli/encode.h brotlienc brotlicommon)
found_library(brotli_decoder brotli/decode.h brotlidec brotlicommon)
found_library(zlib zlib.h z)
# Headers alone: src/https/openssl.cpp loads the libraries when they are first asked for.
find_path(openssl_include openssl/ssl.h REQUIRED)
add_library(lib_openssl_headers INTERFACE)
add_library(lib::openssl_headers ALIAS lib_openssl_headers)
target_include_directories(lib_openssl_headers SYSTEM INTERFACE ${openssl_include})
target_link_libraries(lib_openssl_headers INTERFACE ${CMAKE_DL_LIBS})
found_library(cli11 CLI/CLI.hpp)
