"""What an ELF file needs to run, read with binutils."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from debian_packages import output_of


def needed(file: Path) -> list[str]:
    """The shared libraries that a program or library names."""
    return re.findall(r"\(NEEDED\)\s+Shared library: \[(.+)\]", output_of("readelf", "-d", file))


def interpreter(program: Path) -> Path:
    """The loader that the kernel starts with the program, such as /lib64/ld-linux-x86-64.so.2."""
    found = re.search(r"interpreter: (.+)\]", output_of("readelf", "-l", program))
    assert found is not None, program
    return Path(found[1])


def closure(roots: Iterable[Path], folder: Path, given: Iterable[str] = ()) -> Iterator[Path]:
    """The libraries in `folder` that these files need, and those that they need in turn.

    `given`: names of libraries that come from elsewhere.
    """
    seen = set(given)
    waiting = list(roots)
    while waiting:
        for name in needed(waiting.pop()):
            if name not in seen:
                seen.add(name)
                waiting.append(folder / name)
                yield folder / name
