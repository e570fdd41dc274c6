"""Prints how long the C++ files and functions of some folders are, as Universal Ctags sees them.

A function is counted from the line of its name to its last; one inside another, a lambda, is part
of that. Lines are all lines, also comments and empty ones.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 5
CTAGS = ("ctags", "-o", "-", "--output-format=json", "--languages=C++", "--langmap=C++:.cpp.hpp",
         "--kinds-C++=f", "--fields=+ne", "--extras=-{anonymous}")  # fmt: skip
Length = tuple[int, str]


def files_of(folders: list[str]) -> list[str]:
    patterns = [f"{folder}/*.{ending}" for folder in folders for ending in ("cpp", "hpp")]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [name for name in listed if (ROOT / name).is_file()]


def functions_of(files: list[str]) -> list[Length]:
    told = subprocess.run(
        [*CTAGS, "-L", "-"],
        cwd=ROOT, input="\n".join(files), capture_output=True, text=True, check=True,
    )  # fmt: skip
    tags = [json.loads(line) for line in told.stdout.splitlines()]
    return [
        (tag["end"] - tag["line"] + 1, f"{tag['path']}:{tag['line']} {tag['name']}")
        for tag in tags
        if "end" in tag
    ]


def percentile(lengths: list[Length], share: float) -> int:
    """The least length that at least this share does not exceed."""
    ordered = sorted(length for length, _ in lengths)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def tell(what: str, lengths: list[Length], write: Callable[[str], object] = print) -> None:
    write(
        f"{len(lengths)} {what}, {sum(length for length, _ in lengths)} lines: "
        f"median {percentile(lengths, 0.5)}, 90 % {percentile(lengths, 0.9)}"
    )
    for length, where in sorted(lengths, reverse=True)[:LARGEST]:
        write(f"{length:6}  {where}")


def main(folders: list[str]) -> int:
    files = files_of(folders)
    if not files:
        print(f"shape: no C++ in {' '.join(folders)}", file=sys.stderr)
        return 2
    tell("files", [(len((ROOT / name).read_bytes().splitlines()), name) for name in files])
    tell("functions", functions_of(files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["src"]))
