"""A disk that is full and a database that is read-only: a clear line, and the old dataset stays."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from database_servers import DatabaseServer, PostgresqlServer
from server import BINARY, PATIENCE, clean_environment, run
from stores import Store, on_file, on_server

ALL = "/genes?format=csv"
GENES = 5000
MANY = 60_000


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert line.startswith("chr21: ")
    return line


def mount_or_skip(folder: Path, size: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("only root may mount a small disk")


def unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount_or_skip(folder, "1m")
    yield folder
    unmount(folder)


@dataclass
class StoreOnDisk:
    """A database of a server that has a disk of its own."""

    disk: Path
    store: Store

    def fill(self, left: int) -> None:
        """Takes all room but so many bytes."""
        state = os.statvfs(self.disk)
        with (self.disk / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, state.f_bavail * state.f_frsize - left)

    def make_room(self) -> None:
        (self.disk / "ballast").unlink()


@pytest.fixture
def store_on_disk(database_server: DatabaseServer, tmp_path: Path) -> Iterator[StoreOnDisk]:
    """An empty database of a new server whose disk has 256 MiB."""
    disk = Path(tempfile.mkdtemp(prefix="chr21-disk-"))
    mount_or_skip(disk, "256m")
    server = None
    try:
        server = type(database_server)(place=disk)
        yield StoreOnDisk(disk, on_server(server, tmp_path))
    finally:
        if server is not None:
            server.stop()
        unmount(disk)


def test_a_full_disk_leaves_the_old_dataset(small_disk: Path, tmp_path: Path) -> None:
    store = on_file(small_disk)
    store.load("old", 100)
    before, listed = store.do("get", ALL), store.listed()
    store.folder = tmp_path
    line = refused(store.run("load", str(store.export("new", MANY))))
    assert "the disk is full; make room" in line
    assert (store.do("get", ALL), store.listed()) == (before, listed)
    store.load("newer", 100)
    assert [one["name"] for one in store.listed()] == ["old", "newer"]


# Bytes that are free: too few for a load, enough for the server to take back what it began.
SCARCE = {"postgresql": 1 << 20, "mysql": 4 << 20}
# Too few for PostgreSQL's next file of its log, and for MariaDB to take back what it began.
FATAL = {"postgresql": 14 << 20, "mysql": 1 << 20}


def test_a_full_disk_of_a_server_leaves_the_old_dataset(store_on_disk: StoreOnDisk) -> None:
    store = store_on_disk.store
    store.load("old", 100)
    before, listed = store.do("get", ALL), store.listed()
    store_on_disk.fill(left=SCARCE[store.server.scheme])
    line = refused(store.run("load", str(store.export("new", MANY))))
    assert "cannot grow: the disk is full; make room" in line
    assert (store.do("get", ALL), store.listed()) == (before, listed)
    store_on_disk.make_room()
    assert store.load("new", MANY)["active"]
    assert [one["name"] for one in store.listed()] == ["old", "new"]


def test_a_server_that_a_full_disk_ends_keeps_the_old_dataset(store_on_disk: StoreOnDisk) -> None:
    store = store_on_disk.store
    store.load("old", 100)
    before, listed = store.do("get", ALL), store.listed()
    store_on_disk.fill(left=FATAL[store.server.scheme])
    line = refused(store.run("load", str(store.export("new", MANY))))
    assert "the disk is full" in line or "the connection was lost" in line
    store.server.halt()  # as far as it has not ended itself
    store_on_disk.make_room()
    store.server.resume()
    assert (store.do("get", ALL), store.listed()) == (before, listed)
    assert store.load("new", MANY)["active"]


def test_a_limit_of_file_size_leaves_the_old_dataset(tmp_path: Path) -> None:
    store = on_file(tmp_path)
    store.load("old", 100)
    before = store.do("get", ALL)
    most = (tmp_path / "genes.sqlite3").stat().st_size + 100_000
    done = subprocess.run(
        [BINARY, "load", str(store.export("new", GENES))],
        cwd=tmp_path,
        env=clean_environment(DATABASE_URL=store.url),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert "cannot be read or written; check the disk and the limit of file" in refused(done)
    assert store.do("get", ALL) == before
    store.load("new", GENES)


def test_a_read_only_file_keeps_its_dataset(tmp_path: Path) -> None:
    store = on_file(tmp_path)
    store.load("old", 100)
    store.load("other", 50)
    export = str(store.export("new", 30))
    file = tmp_path / "genes.sqlite3"
    before = file.read_bytes()
    user = 65534 if os.geteuid() == 0 else None
    folder = tmp_path
    while user is not None and folder != folder.parent:  # that user's way to the file
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
    file.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        for command in (
            ("load", export),
            ("datasets", "activate", "old"),
            ("datasets", "drop", "old"),
            ("datasets", "prune", "--keep", "1"),
        ):
            line = refused(run_as(user, store, *command))
            assert "is read-only; allow writing to it" in line
    finally:
        tmp_path.chmod(0o755)
    assert file.read_bytes() == before


def run_as(user: int | None, store: Store, *command: str) -> subprocess.CompletedProcess[bytes]:
    return run(*command, directory=Path("/"), variables={"DATABASE_URL": store.url}, user=user)


def test_a_read_only_server_keeps_its_dataset(database_server, tmp_path: Path) -> None:
    store = on_server(database_server, tmp_path)
    store.load("old", 100)
    store.load("other", 50)
    before, export = store.do("get", ALL), str(store.export("new", 30))
    mysql = database_server.scheme == "mysql"
    name = store.database
    first = database_server.first_database
    if mysql:
        database_server.sql("REVOKE ALL ON *.* FROM 'chr21'@'%'", first)
        database_server.sql("GRANT ALL ON `test%`.* TO 'chr21'@'%'", first)
        database_server.sql("SET GLOBAL read_only = ON", first)
    else:
        database_server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on", first)
    try:
        for command in (("load", export), ("datasets", "activate", "old")):
            assert "is read-only; name the server that takes writes" in refused(store.run(*command))
        assert store.do("get", ALL) == before
    finally:
        if mysql:
            database_server.sql("SET GLOBAL read_only = OFF", first)
            database_server.sql("GRANT ALL ON *.* TO 'chr21'@'%'", first)
        else:
            database_server.sql(f"ALTER DATABASE {name} RESET default_transaction_read_only", first)
    assert store.load("new", 30)["active"]


def test_a_hot_standby_keeps_its_dataset(postgresql: PostgresqlServer, tmp_path: Path) -> None:
    store = on_server(postgresql, tmp_path)
    store.load("old", 100)
    before, export = store.do("get", ALL), str(store.export("new", 30))
    signal = postgresql.folder / "data/standby.signal"
    postgresql.halt()
    signal.touch()
    postgresql.resume()
    try:
        for command in (("load", export), ("datasets", "activate", "old")):
            assert "is read-only; name the server that takes writes" in refused(store.run(*command))
        assert store.do("get", ALL) == before
    finally:
        postgresql.halt()
        signal.unlink()
        postgresql.resume()
    assert store.load("new", 30)["active"]
