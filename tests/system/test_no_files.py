"""Named pipes, devices and folders where a file should be are refused with one line, at once."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server import Server, database_url, run
from stores import Store, on_file

LARGE = 10_000  # genes, the fewest whose catalog is worth a file
COMMANDS = [
    ("serve", "--port", "0"),
    ("get", "/genes"),
    ("load", "--bundled"),
    ("datasets", "list"),
    ("migrate", "up"),
    ("migrate", "status"),
]


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_device(path: Path) -> None:
    path.symlink_to("/dev/null")


KINDS = {"a named pipe": make_pipe, "a directory": make_folder, "a device": make_device}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", KINDS)
def test_where_a_database_should_be(tmp_path: Path, kind: str, command: tuple[str, ...]) -> None:
    KINDS[kind](tmp_path / "x.sqlite3")
    url = database_url(tmp_path / "x.sqlite3")
    outcome = run(*command, "--database-url", url, directory=tmp_path)
    assert (outcome.returncode, outcome.stdout) == (1, b"")
    (line,) = outcome.stderr.decode().splitlines()
    assert f"x.sqlite3: cannot be opened: it is {kind}; choose another file" in line


def test_where_a_databases_journal_should_be(tmp_path: Path) -> None:
    store = on_file(tmp_path)
    make_pipe(tmp_path / "genes.sqlite3-journal")
    done = store.run("datasets", "list")
    assert done.returncode == 1
    assert b"genes.sqlite3-journal: cannot be opened: it is a named pipe" in done.stderr


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = on_file(tmp_path_factory.mktemp("large"))
    store.load("large", LARGE)
    return store


@pytest.mark.parametrize("suffix", [".catalog", ".catalog.new"])
@pytest.mark.parametrize("kind", KINDS)
def test_where_a_catalog_should_be(large: Store, start_server, kind: str, suffix: str) -> None:
    place = large.folder / f"genes.sqlite3{suffix}"
    KINDS[kind](place)
    try:
        server: Server = start_server("--database-url", large.url)
        told = server.wait_for_log("was not written")
        assert f"genes.sqlite3{suffix} is not a file; move it away" in told
        server.signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert not place.is_file()
    finally:
        place.rmdir() if kind == "a directory" else place.unlink()


def test_an_export_may_come_through_a_pipe_with_a_name(tmp_path: Path) -> None:
    store = on_file(tmp_path)
    export = store.export("piped", 30).read_bytes()
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(pipe.write_bytes, export)
        store.do("load", str(pipe))
        assert written.result() == len(export)
    assert [(each["name"], each["gene_count"]) for each in store.listed()] == [("pipe", 30)]
