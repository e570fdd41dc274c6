#!/usr/bin/env python3
"""Puts all files of the container image into a folder: the program, what it needs, and no more.

usage: image_root.py PROGRAM FOLDER --postgresql FOLDER [--rds-bundle FILE] [--arm64 SYSROOT]

PROGRAM lies in the build folder that CMake and Ninja made it in. Libraries and certificates come
from the Debian 12 that this runs on, or from the one unpacked in SYSROOT. The folder named by
--postgresql has the archives of libpq-dev and postgresql-server-dev-15, unpacked into its folder
`root`. The same inputs make the same bytes.
"""

import argparse
import gzip
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from debian_packages import Package, bill_of_materials, output_of, packages_of, unpacked
from elf import closure, interpreter
from system import System

PROJECT = Path(__file__).resolve().parents[1]
PROGRAM = "/usr/bin/chr21"
AUTHORITIES = "/usr/share/ca-certificates/mozilla"
# What dlopen loads: nothing names these but the program, libmariadb and its server.
LOADED = ("libssl.so.3", "libmariadb.so.3")
PLUGINS = ("mysql_clear_password.so", "caching_sha2_password.so")
# The C library would ask a name server before it looks into /etc/hosts.
NAMES = "hosts: files dns\n"
LICENCE = re.compile(rb"/common-licenses/([A-Z][A-Za-z0-9.-]*[A-Za-z0-9])")
# Larger texts are compressed.
LARGE_TEXT = 100_000


class Image:
    """The folder that becomes the root of the image."""

    def __init__(self, folder: Path):
        self.folder = folder

    def place(self, path: Path | str) -> Path:
        """Where a path of the image lies; its folder is made."""
        there = self.folder / str(path).lstrip("/")
        there.parent.mkdir(parents=True, exist_ok=True)
        return there

    def write(self, path: Path | str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        self.place(path).write_bytes(data)

    def copy(self, file: Path, path: Path | str | None = None) -> None:
        shutil.copyfile(file, self.place(path or file))

    def make_readable_by_all(self, executable: set[str]) -> None:
        """Nothing can be written, and the programs can be run, by whatever user."""
        for file in [self.folder, *self.folder.rglob("*")]:
            if file.is_dir():
                file.chmod(0o755)
            elif not file.is_symlink():
                file.chmod(0o755 if f"/{file.relative_to(self.folder)}" in executable else 0o444)
        self.place("tmp/x").parent.chmod(0o1777)


def client_functions() -> list[str]:
    """The functions of libpq that the program looks up."""
    sources = (PROJECT / "src/store/sql/engine").glob("postgresql_*.hpp")
    return sorted({name for file in sources for name in re.findall(r'"(PQ\w+)"', file.read_text())})


def link_libpq(image: Image, system: System, root: Path) -> None:
    """libpq with OpenSSL alone: Debian's own brings 19 libraries for Kerberos and LDAP, 9 MB."""
    functions = client_functions()
    exported = image.folder.parent / "libpq.map"
    exported.write_text("{ global: " + " ".join(f"{name};" for name in functions) + " local: *; };")
    server = root / "usr/lib/postgresql/15/lib"
    subprocess.run(
        [
            *system.compiler(),
            *("-shared", "-fPIC", "-O2", "-s", PROJECT / "deploy/libpq_absent.c"),
            *(f"-Wl,-u,{name}" for name in functions),
            root / "usr/lib" / system.triplet / "libpq.a",
            *(server / "libpgcommon_shlib.a", server / "libpgport_shlib.a", "-lssl", "-lcrypto"),
            f"-Wl,-soname,libpq.so.5,--version-script={exported},--gc-sections,--build-id=none",
            *("-Wl,-z,defs,-z,relro,-z,now", "-o", image.place(system.libraries / "libpq.so.5")),
        ],
        check=True,
    )


def link_inputs(program: Path, root: Path) -> tuple[list[Path], list[Path]]:
    """The static archives in the program, and the headers that it was compiled from."""
    build = program.resolve().parents[1]
    target = str(program.resolve().relative_to(build))
    commands = output_of("ninja", "-C", build, "-t", "commands", target)
    link = commands.rstrip("\n").splitlines()[-1]
    system = re.escape(str(root / "usr"))
    archives = sorted(set(re.findall(rf"(?<=\s){system}/\S+\.a(?=\s|$)", link)))
    objects = re.findall(r"(?<=\s)-o (\S+\.o)(?=\s)", commands)
    read = output_of("ninja", "-C", build, "-t", "deps", *objects)
    # Of a compiler with another root they are relative to the build folder.
    named = {os.path.normpath(build / one) for one in re.findall(r"^ +(\S+)$", read, re.MULTILINE)}
    headers = sorted(one for one in named if one.startswith(f"{root / 'usr/include'}/"))
    assert archives and headers, f"{build} does not tell what {program} was made of"
    return [Path(one) for one in archives], [Path(one) for one in headers]


def seed_database(image: Image, command: list[str]) -> None:
    """A SQLite file with the bundled genes and their catalog beside it, made by the program."""
    file = image.place("usr/share/chr21/chr21.sqlite3")
    url = f"sqlite:///{file.resolve()}"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    for words in (["load", "--bundled"], ["datasets", "prepare"]):
        subprocess.run(
            [*command, *words],
            env={"DATABASE_URL": url, "SOURCE_DATE_EPOCH": epoch},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def certificates(folder: Path) -> str:
    """The authorities of Debian's package alone, not those that this machine trusts besides."""
    files = sorted(folder.glob("*.crt"))
    return "".join(file.read_text().rstrip("\n") + "\n" for file in files)


def add_licences(image: Image, packages: set[Package]) -> None:
    """The text of each package, once where several have the same, and what it refers to."""
    places: dict[bytes, Path] = {}
    for package in sorted(packages):
        text = package.copyright.read_bytes()
        folder = Path("/usr/share/doc") / package.name
        if text in places:
            there = places[text]
            image.place(folder / there.name).symlink_to(f"../{there.parent.name}/{there.name}")
            continue
        large = len(text) > LARGE_TEXT
        places[text] = folder / ("copyright.gz" if large else "copyright")
        image.write(places[text], gzip.compress(text, mtime=0) if large else text)
    for name in {name for text in places for name in LICENCE.findall(text)}:
        image.copy(Path("/usr/share/common-licenses") / name.decode())
    image.copy(PROJECT / "LICENSE", "usr/share/doc/chr21/LICENSE")
    for file in (PROJECT / "web/reference/vendor").glob("*.txt"):
        image.copy(file, f"usr/share/doc/chr21/swagger-ui/{file.name}")


def parts_of(
    program: Path, system: System, copied: list[Path], postgresql: Path
) -> dict[str, set[Package]]:
    """Every package that the image has something of, by how the program uses it."""
    root = system.root
    archives, headers = link_inputs(program, root)
    parts = {
        "DYNAMIC_LINK": packages_of(copied, root),
        "STATIC_LINK": packages_of(archives, root) | unpacked(postgresql),
        "DEPENDS_ON": packages_of([system.here(AUTHORITIES)], root),
    }
    known = {package.source for members in parts.values() for package in members} | {"linux"}
    compiled = packages_of(headers, root)
    parts["STATIC_LINK"] |= {package for package in compiled if package.source not in known}
    return parts


def add_libraries(image: Image, program: Path, system: System) -> list[Path]:
    """The loader and every shared library but libpq; returns where they are here."""
    folder = system.here(system.libraries)
    loaded = [folder / name for name in LOADED]
    loaded += [folder / "libmariadb3/plugin" / name for name in PLUGINS]
    loader = system.here(interpreter(program))
    needed = closure([program, *loaded], folder, [loader.name, *LOADED])
    libraries = [*loaded, *needed, loader]
    for file in libraries:
        image.copy(file, system.there(file))
    return libraries


def add_bill_of_materials(image: Image, version: str, parts: dict[str, set[Package]]) -> None:
    """For people as SPDX, and for scanners as they find it where no package manager is."""
    for package in set().union(*parts.values()):
        image.write(f"var/lib/dpkg/status.d/{package.name}", package.paragraph)
    digest = hashlib.sha256(image.place(PROGRAM).read_bytes()).hexdigest()
    text = bill_of_materials("chr21", version, digest, parts)
    image.write("usr/share/chr21/sbom.spdx.json", text)


def fill(image: Image, program: Path, system: System, postgresql: Path) -> None:
    command = system.running(program)
    subprocess.run([f"{system.tools}strip", "-o", image.place(PROGRAM), program], check=True)
    image.place("var/task/bootstrap").symlink_to(PROGRAM)
    link_libpq(image, system, postgresql / "root")
    libraries = add_libraries(image, program, system)
    image.write("etc/ssl/certs/ca-certificates.crt", certificates(system.here(AUTHORITIES)))
    image.write("etc/nsswitch.conf", NAMES)
    seed_database(image, command)
    parts = parts_of(program, system, libraries, postgresql)
    add_bill_of_materials(image, output_of(*command, "--version").split()[1], parts)
    add_licences(image, set().union(*parts.values()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--postgresql", type=Path, required=True)
    parser.add_argument("--rds-bundle", type=Path)
    parser.add_argument("--arm64", type=Path)
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    image = Image(given.folder)
    system = System()
    if given.arm64:
        system = System(given.arm64.resolve(), "aarch64-linux-gnu-", "qemu-aarch64-static")
    fill(image, given.program, system, given.postgresql)
    if given.rds_bundle:
        image.copy(given.rds_bundle, "etc/ssl/rds/global-bundle.pem")
    image.make_readable_by_all({PROGRAM, str(interpreter(given.program))})


if __name__ == "__main__":
    main()
