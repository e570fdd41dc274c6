"""Databases of datasets: the URL, the commands that change them, and exports to load."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from database_servers import DatabaseServer
from server import BINARY, PATIENCE, clean_environment, database_url

HEADER = (
    "Gene stable ID,Gene name,Gene description,Chromosome/scaffold name,Gene start (bp),"
    "Gene end (bp),Strand,Gene type"
)


def write_export(file: Path, prefix: str, genes: int) -> Path:
    """An export of so many genes, whose names begin with `prefix`."""
    rows = (
        f"ENSG{number:011},{prefix}{number},gene {number} of {prefix},21,{number * 1000},"
        f"{number * 1000 + 700},1,protein_coding"
        for number in range(1, genes + 1)
    )
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


@dataclass
class Store:
    """A database and a folder to work in."""

    url: str
    folder: Path
    server_or_none: DatabaseServer | None = None
    database: str = ""

    @property
    def server(self) -> DatabaseServer:
        """The server that the database is on; a file is on none."""
        assert self.server_or_none is not None, self.url
        return self.server_or_none

    def run(
        self, *arguments: str, given: bytes = b"", **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [BINARY, *arguments],
            cwd=self.folder,
            env=clean_environment(DATABASE_URL=self.url, **variables),
            input=given,
            capture_output=True,
            timeout=4 * PATIENCE,
            check=False,
        )

    def do(self, *arguments: str, given: bytes = b"") -> str:
        """What a command printed that must work."""
        done = self.run(*arguments, given=given)
        assert (done.returncode, done.stderr) == (0, b""), (arguments, done.stderr)
        return done.stdout.decode()

    def export(self, name: str, genes: int = 30) -> Path:
        return write_export(self.folder / f"{name}.csv", name.upper(), genes)

    def load(self, name: str, genes: int = 30) -> dict:
        """The facts of a new dataset of this name."""
        file = self.export(name, genes)
        return json.loads(self.do("load", str(file), "--report", "json"))["dataset"]

    def listed(self) -> list[dict]:
        return json.loads(self.do("datasets", "list", "--json"))

    def active(self) -> str:
        (name,) = [dataset["name"] for dataset in self.listed() if dataset["active"]]
        return name


def on_file(folder: Path) -> Store:
    """A new file with the program's tables."""
    store = Store(database_url(folder / "genes.sqlite3"), folder)
    store.do("migrate", "up")
    return store


def on_server(server: DatabaseServer, folder: Path) -> Store:
    """A new database with the program's tables."""
    name = server.new_database()
    store = Store(server.url(name), folder, server, name)
    store.do("migrate", "up")
    return store
