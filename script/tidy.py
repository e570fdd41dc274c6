"""Runs clang-tidy once for each unit, and keeps what is clean under .cache/tidy.

A unit is checked again when it, a header it includes, its compile command, .clang-tidy or
clang-tidy itself has changed. Each header is compiled alone too, but for one that a unit of its
name includes first, since that proves the same.

The static analyser takes four fifths of the time of a full run, most of it inside the standard
library. So it does not step into that, takes fewer steps, and leaves the tests alone, unless
CHR21_THOROUGH=1.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache/tidy"
BUILD = ROOT / "build/tidy"
TIDY, COMPILER = "clang-tidy-22", "clang++-22"
THOROUGH = os.environ.get("CHR21_THOROUGH") == "1"


def compile_commands() -> dict[Path, list[str]]:
    """The command of each unit, without what names its output."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        words = [word for word in shlex.split(entry["command"]) if not word.endswith("ccache")]
        at = words.index("-o")
        del words[at : at + 2]
        words.remove("-c")
        found[Path(entry["file"])] = words
    return found


def analyzer_arguments(unit: Path) -> list[str]:
    if THOROUGH:
        return []
    limits = ["c++-stdlib-inlining=false", "max-nodes=50000"]
    words = [word for limit in limits for word in ("-Xclang", "-analyzer-config", "-Xclang", limit)]
    arguments = [f"--extra-arg={word}" for word in words]
    if unit.is_relative_to(ROOT / "tests"):
        arguments.append("--checks=-clang-analyzer-*")
    else:  # without a look into unique_ptr, what it closes seems to stay open
        arguments.append("--checks=-clang-analyzer-unix.Stream")
    return arguments


def fingerprint(file: Path) -> str:
    """What a file holds, or for one of the system its size and age."""
    if file.is_relative_to(ROOT):
        return hashlib.sha256(file.read_bytes()).hexdigest()
    facts = file.stat()
    return f"{facts.st_size}:{facts.st_mtime_ns}"


def is_kept(place: Path) -> bool:
    """Whether all that a clean unit was made of is as it was."""
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        return all(fingerprint(Path(name)) == was for name, was in kept.items())
    except (OSError, ValueError):
        return False


def included_files(command: list[str], unit: Path) -> list[Path]:
    told = subprocess.run(
        [*command, "-M", "-MT", "unit"], cwd=BUILD, capture_output=True, text=True, check=True
    )
    names = shlex.split(told.stdout.removeprefix("unit:").replace("\\\n", " "))
    return [unit, *((BUILD / name).resolve() for name in names)]


class Checker:
    def __init__(self) -> None:
        version = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
        self.commands = compile_commands()
        self.common = version + (ROOT / ".clang-tidy").read_bytes()

    def command_of(self, file: Path) -> list[str]:
        """Of a unit, or for a header alone, of any unit of the sources."""
        if file.suffix == ".cpp":
            return self.commands[file]
        unit, command = next(one for one in self.commands.items() if one[0].parent == file.parent)
        words = [word for word in command if word != str(unit)]
        return [*words, "-Wno-pragma-once-outside-header", "-x", "c++", str(file)]

    def check(self, file: Path) -> str:
        """What is wrong with a file; nothing where it is clean."""
        command = self.command_of(file)
        if file.suffix == ".hpp":
            arguments = [*command, "-fsyntax-only"]
        else:
            arguments = [TIDY, "-p", str(BUILD), "--quiet", *analyzer_arguments(file), str(file)]
        key = hashlib.sha256(self.common + "\0".join(command + arguments).encode()).hexdigest()
        place = CACHE / f"{key[:32]}.json"
        if is_kept(place):
            return ""
        done = subprocess.run(arguments, cwd=BUILD, capture_output=True, text=True, check=False)
        if done.returncode != 0 or "warning:" in done.stdout:
            return done.stdout + done.stderr
        made_of = {str(name): fingerprint(name) for name in included_files(command, file)}
        with tempfile.NamedTemporaryFile("w", dir=CACHE, delete=False, encoding="utf-8") as kept:
            json.dump(made_of, kept)
        Path(kept.name).replace(place)
        return ""


def is_proved_by_its_unit(header: Path) -> bool:
    unit = header.with_suffix(".cpp")
    if not unit.is_file():
        return False
    first = re.search(r'^#include "([^"]+)"', unit.read_text(encoding="utf-8"), re.MULTILINE)
    return first is not None and ROOT / "src" / first[1] == header


def listed_files() -> list[Path]:
    patterns = ["src/*.cpp", "src/*.hpp", "tests/*_test.cpp"]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [file for name in listed.stdout.split() if (file := ROOT / name).is_file()]


def main() -> int:
    parser = argparse.ArgumentParser(description="runs clang-tidy once for each unit")
    parser.add_argument("files", nargs="*", type=Path, help="units and headers; all when none")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    checker = Checker()
    files = [file.resolve() for file in given.files] or listed_files()
    wanted = [
        file
        for file in files
        if file in checker.commands
        or (file.suffix == ".hpp" and file.is_relative_to(ROOT / "src")
            and not is_proved_by_its_unit(file))
    ]  # fmt: skip
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for file, complaints in zip(wanted, pool.map(checker.check, wanted), strict=True):
            if complaints:
                failed += 1
                print(f"{file.relative_to(ROOT)}:\n{complaints}", flush=True)
    print(f"clang-tidy: {len(wanted)} files, {failed} with complaints")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
