"""The Debian system that an image is made for: this one, or one unpacked for another processor."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from debian_packages import output_of


@dataclass(frozen=True)
class System:
    """Where its files are, how its programs are made, and how they run here."""

    root: Path = Path("/")
    # "aarch64-linux-gnu-" before the names of tools that make programs for it.
    tools: str = ""
    # The emulator that its programs run in, where this processor runs them not.
    emulator: str = ""

    @cached_property
    def triplet(self) -> str:
        return output_of(f"{self.tools}gcc", "-dumpmachine").strip()

    @cached_property
    def libraries(self) -> Path:
        """Where libraries are, as programs of this system name it."""
        return Path("/usr/lib") / self.triplet

    def here(self, path: Path | str) -> Path:
        """Where the file that its programs know by this path lies."""
        return self.root / str(path).lstrip("/")

    def there(self, file: Path) -> Path:
        """The path by which its programs know a file that lies here."""
        return Path("/") / file.relative_to(self.root)

    def compiler(self) -> list[str]:
        sysroot = [] if self.root == Path("/") else [f"--sysroot={self.root}"]
        return [f"{self.tools}gcc", *sysroot]

    def running(self, program: Path) -> list[str]:
        """What runs one of its programs here."""
        emulator = [self.emulator, "-L", str(self.root)] if self.emulator else []
        return [*emulator, str(program)]
