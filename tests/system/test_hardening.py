"""What people run is hardened: the release build's ELF file is read with binutils' readelf.

CHR21_RELEASE_BINARY names it; script/test sets that where build/release is there, and .ci/run
builds it first.
"""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

import pytest

RELEASE = os.environ.get("CHR21_RELEASE_BINARY")


def readelf(file: Path, *options: str) -> str:
    if shutil.which("readelf") is None:
        pytest.skip("readelf is not installed; its package is binutils")
    done = subprocess.run(
        ["readelf", "--wide", *options, file], capture_output=True, text=True, check=True
    )
    return done.stdout


def lacks(file: Path) -> set[str]:
    """What a program lacks of all that hardens it."""
    header = readelf(file, "--file-header")
    segments = readelf(file, "--segments")
    dynamic = readelf(file, "--dynamic")
    undefined = {
        line.split()[7].split("@")[0]
        for line in readelf(file, "--dyn-syms").splitlines()
        if " UND " in line and len(line.split()) > 7
    }
    stack = re.search(r"GNU_STACK\s.*", segments)
    found = {
        "PIE": "Type:" in header and "DYN (Position-Independent" in header,
        "RELRO": "GNU_RELRO" in segments,
        "BIND_NOW": re.search(r"\b(BIND_NOW|FLAGS_1\).*\bNOW)\b", dynamic) is not None,
        "NX": stack is not None and "RWE" not in stack[0],
        "stack protector": "__stack_chk_fail" in undefined,
        "fortified calls": any(re.fullmatch(r"__\w+_chk", name) for name in undefined
                               if name != "__stack_chk_fail"),
    }  # fmt: skip
    if platform.machine() == "x86_64":
        found["CET"] = "endbr64" in disassembly_of_main(file)
    return {name for name, is_there in found.items() if not is_there}


def disassembly_of_main(file: Path) -> str:
    """The start of `main`, where a program with branch protection has a landing pad."""
    symbols = readelf(file, "--symbols")
    main = re.search(r"^\s*\d+: ([0-9a-f]+)\s.*\smain$", symbols, re.MULTILINE)
    if main is None:
        return ""
    start = int(main[1], 16)
    done = subprocess.run(
        ["objdump", "-d", f"--start-address={start}", f"--stop-address={start + 16}", file],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_the_release_build_is_hardened():
    if RELEASE is None:
        pytest.skip("no release build; script/build release makes one, and script/test finds it")
    assert lacks(Path(RELEASE)) == set(), "an older build? script/build release makes it again"


PLANTED = [
    (["-no-pie", "-fno-pie"], "PIE"),
    (["-Wl,-z,norelro"], "RELRO"),
    (["-Wl,-z,lazy"], "BIND_NOW"),
    (["-Wl,-z,execstack"], "NX"),
    (["-fno-stack-protector"], "stack protector"),
    (["-U_FORTIFY_SOURCE", "-fno-builtin"], "fortified calls"),
    (["-fcf-protection=none"], "CET"),
]
HARDENED = ["-O2", "-fPIE", "-pie", "-fstack-protector-strong", "-Wl,-z,relro,-z,now"]


def compiled(folder: Path, *flags: str) -> Path:
    source = folder / "program.c"
    source.write_text(
        "#include <string.h>\n#include <stdio.h>\n"
        "int main(int argc, char** argv) { char text[64]; strcpy(text, argv[0]);"
        " puts(text); return text[argc]; }\n"
    )
    program = folder / "program"
    arguments = [*HARDENED, "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3"]
    if platform.machine() == "x86_64":
        arguments.append("-fcf-protection=full")
    subprocess.run(
        ["gcc", *arguments, *flags, source, "-o", program], capture_output=True, check=True
    )
    return program


def test_a_hardened_program_lacks_nothing(tmp_path):
    assert lacks(compiled(tmp_path)) == set()


@pytest.mark.parametrize(("flags", "lacking"), PLANTED, ids=[lacking for _, lacking in PLANTED])
def test_a_program_that_lacks_something_is_found_out(tmp_path, flags, lacking):
    if lacking == "CET" and platform.machine() != "x86_64":
        pytest.skip("landing pads of this kind are of x86_64")
    assert lacking in lacks(compiled(tmp_path, *flags))
