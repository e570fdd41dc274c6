# What people run is hardened: a fault in it, or in a library that it was linked with, should end the
# program rather than be of use to anyone. tests/system/test_hardening.py reads the result.

set(hardening_compile
    -fstack-protector-strong
    -fstack-clash-protection
    -U_FORTIFY_SOURCE
    -D_FORTIFY_SOURCE=3
    -D_GLIBCXX_ASSERTIONS
    -fPIE)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|i.86")
    list(APPEND hardening_compile -fcf-protection=full)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    list(APPEND hardening_compile -mbranch-protection=standard)
endif()
set(hardening_link -pie "LINKER:-z,relro,-z,now,-z,noexecstack")

add_compile_options("$<$<CONFIG:Release>:${hardening_compile}>")
add_link_options("$<$<CONFIG:Release>:${hardening_link}>")
