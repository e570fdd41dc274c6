"""The catalog's file beside a SQLite database: made by the first start, used by the next, and never
in the way: whatever is wrong with it, the database has the genes."""

import contextlib
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import client_of
from server import Server, database_url
from stores import Store, on_file
from traffic import wait_until

GENES = 10_000  # the fewest that are worth a file
ANSWERS = (
    "/genes?page_size=200&page=3",
    "/genes?search=gene 77",
    "/genes?sort=-gene_name&page_size=5",
    "/genes?region=21:500000-900000",
    "/genes/ENSG00000000007/neighbors",
    "/genes/by-name/old99",
    "/suggest?q=old12",
    "/stats",
    "/dataset",
)
WROTE = "wrote the catalog to"
NOT_USED = "is not used"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a dataset that is large enough; tests work on copies."""
    folder = tmp_path_factory.mktemp("loaded")
    on_file(folder).load("old", GENES)
    return folder / "genes.sqlite3"


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Store:
    shutil.copy(loaded, tmp_path / "genes.sqlite3")
    return Store(database_url(tmp_path / "genes.sqlite3"), tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "genes.sqlite3.catalog"


@pytest.fixture
def start(start_server: Callable[..., Server], store: Store) -> Callable[..., Server]:
    return lambda *flags: start_server("--database-url", store.url, *flags)


def bodies(server: Server) -> list[str]:
    with client_of(server) as client:
        return [client.get(target).raise_for_status().text for target in ANSWERS]


def logged(server: Server, text: str) -> bool:
    return any(text in line for line in server.log)


def rename_genes(store: Store) -> None:
    """Behind the program's back, so that it shows where an answer comes from. The digest, which
    would find it out, goes as well."""
    with contextlib.closing(sqlite3.connect(store.folder / "genes.sqlite3")) as database:
        database.execute("UPDATE gene SET gene_name = 'FROM_DATABASE'")
        database.execute("DELETE FROM dataset_digest")
        database.commit()


def name_of_a_gene(server: Server) -> str:
    with client_of(server) as client:
        return client.get("/genes/ENSG00000000007").json()["gene_name"]


def test_the_first_start_writes_it_and_the_next_reads_it(start, store: Store, file: Path) -> None:
    first = start()
    expected = bodies(first)
    first.wait_for_log(WROTE)
    first.stop()
    assert {each.name for each in store.folder.glob("genes.sqlite3*")} == {
        "genes.sqlite3",
        "genes.sqlite3.catalog",
    }
    written = file.stat()
    rename_genes(store)
    second = start()
    assert bodies(second) == expected
    second.stop()
    assert not logged(second, WROTE)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert '"OLD7"' in store.do("get", "/genes/ENSG00000000007")


def test_few_genes_leave_none(start_server: Callable[..., Server]) -> None:
    server = start_server()
    server.stop()
    assert [each.name for each in server.database.parent.iterdir()] == ["genes.sqlite3"]


def test_prepare_writes_it_of_few_genes_and_starts_read_it(
    start_server: Callable[..., Server], tmp_path: Path
) -> None:
    store = on_file(tmp_path)
    store.load("few", 7)
    file = tmp_path / "genes.sqlite3.catalog"
    assert store.do("datasets", "prepare") == f"{file} is the catalog now of few\n"
    assert store.do("datasets", "prepare") == f"{file} is the catalog already of few\n"
    rename_genes(store)
    server = start_server("--database-url", store.url)
    assert name_of_a_gene(server) == "FEW7"
    server.stop()
    assert not logged(server, NOT_USED)


def test_a_prepared_one_of_another_dataset_is_written_again(
    start_server: Callable[..., Server], tmp_path: Path
) -> None:
    store = on_file(tmp_path)
    store.load("few", 7)
    store.do("datasets", "prepare")
    store.load("more", 9)
    server = start_server("--database-url", store.url)
    server.wait_for_log(WROTE)
    assert name_of_a_gene(server) == "MORE7"
    server.stop()
    assert logged(server, NOT_USED)


def test_prepare_says_what_it_cannot_do(store: Store, file: Path) -> None:
    file.mkdir()
    refused = store.run("datasets", "prepare")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert f"{file} was not written: " in refused.stderr.decode()
    missing = store.run("datasets", "prepare", "--database-url", database_url(file / "none"))
    assert (missing.returncode, missing.stdout) == (1, b"")


@pytest.mark.parametrize("flags", [("--no-catalog-file",), ("--store", "database")])
def test_it_is_neither_written_nor_read_without_need(start, store, file, flags) -> None:
    server = start(*flags)
    server.stop()
    assert not file.exists()
    first = start()
    first.wait_for_log(WROTE)
    first.stop()
    rename_genes(store)
    assert name_of_a_gene(start(*flags)) == "FROM_DATABASE"


def test_the_variable_turns_it_off(start_server, store: Store, file: Path) -> None:
    variables = {"CHR21_NO_CATALOG_FILE": "1"}
    start_server("--database-url", store.url, variables=variables).stop()
    assert not file.exists()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_a_byte(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    file.write_bytes(whole)


def replace_by_text(file: Path) -> None:
    file.write_text("not a catalog\n" * 1000)


@pytest.mark.parametrize("damage", [cut, empty, flip_a_byte, replace_by_text])
def test_a_damaged_one_is_not_used_and_replaced(start, file: Path, damage) -> None:
    first = start()
    expected = bodies(first)
    first.wait_for_log(WROTE)
    first.stop()
    whole = file.read_bytes()
    damage(file)
    second = start()
    assert bodies(second) == expected
    second.wait_for_log(NOT_USED)
    second.wait_for_log(WROTE)
    second.stop()
    assert file.read_bytes() == whole


def test_the_next_dataset_takes_its_place(start, store: Store, file: Path) -> None:
    first = start("--poll-interval", "10m")
    first.wait_for_log(WROTE)
    old = file.read_bytes()
    store.load("new", GENES + 1)
    first.signal(signal.SIGHUP)
    wait_until(lambda: file.read_bytes() != old, "the file of the other dataset")
    first.stop()
    second = start()
    assert name_of_a_gene(second) == "NEW7"
    second.stop()
    assert not logged(second, NOT_USED)
    store.do("datasets", "activate", "old")
    third = start()
    assert name_of_a_gene(third) == "OLD7"
    third.wait_for_log(NOT_USED)
    third.wait_for_log(WROTE)


def test_one_that_cannot_be_read_or_written_is_done_without(start, file: Path) -> None:
    file.mkdir()
    server = start()
    assert name_of_a_gene(server) == "OLD7"
    server.wait_for_log(NOT_USED)
    server.wait_for_log("was not written")
    server.stop()
    assert list(file.iterdir()) == []
    assert not file.with_name(file.name + ".new").exists()


def test_a_limit_of_file_size_leaves_nothing(store: Store, file: Path, tmp_path: Path) -> None:
    most = (store.folder / "genes.sqlite3").stat().st_size
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, old[1]))
    try:
        server = Server(tmp_path, "--database-url", store.url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    server.wait_for_log("was not written")
    assert name_of_a_gene(server) == "OLD7"
    server.stop()
    assert most > 100_000
    assert [each.name for each in store.folder.glob("genes.sqlite3*")] == ["genes.sqlite3"]


def test_a_killed_writer_leaves_the_old_one_or_the_new_one(start, store, file: Path) -> None:
    first = start()
    expected = bodies(first)
    first.wait_for_log(WROTE)
    first.stop()
    whole = file.read_bytes()
    for moment in range(10):
        file.unlink(missing_ok=True)
        server = start()
        time.sleep(moment / 1000)
        server.kill()
        assert not file.exists() or file.read_bytes() == whole, f"killed after {moment} ms"
    file.unlink(missing_ok=True)
    last = start()
    assert bodies(last) == expected
    last.wait_for_log(WROTE)
    last.stop()
    assert file.read_bytes() == whole
    assert not file.with_name(file.name + ".new").exists()


def test_servers_started_at_once_leave_one_that_is_whole(start, file: Path) -> None:
    servers = [start() for _ in range(3)]
    wait_until(file.exists, "the file")
    expected = bodies(servers[0])
    for server in servers:
        assert bodies(server) == expected
        server.stop()
    last = start()
    assert bodies(last) == expected
    last.stop()
    assert not logged(last, NOT_USED)
