"""A gene that a fault of a disk has changed is found, and not answered."""

import contextlib
import signal
import sqlite3
from pathlib import Path

import pytest

from conftest import client_of
from stores import Store, on_file
from traffic import wait_until

DAMAGED = "is damaged, its genes are not those that were loaded"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return on_file(tmp_path)


def flip_a_bit(store: Store, before: bytes, after: bytes) -> None:
    """Changes a gene's ID and name, which follow each other in its row, in the file itself."""
    file = store.folder / "genes.sqlite3"
    data = file.read_bytes()
    assert data.count(before) == 1
    different = [a ^ b for a, b in zip(before, after, strict=True) if a != b]
    assert [bits.bit_count() for bits in different] == [1]
    file.write_bytes(data.replace(before, after))


def damage(store: Store, name: str) -> None:
    before = b"ENSG00000000007" + name.upper().encode() + b"7"
    flip_a_bit(store, before, before[:-1] + b"6")


def test_a_bit_of_a_name_is_found_by_whatever_reads_all_genes(store: Store) -> None:
    store.do("load", "--bundled")
    flip_a_bit(store, b"ENSG00000157540DYRK1A", b"ENSG00000157540DYRK1@")
    for command in (("get", "/genes/by-name/DYRK1A"), ("serve", "--port", "0")):
        done = store.run(*command)
        (line,) = done.stderr.decode().splitlines()
        assert (done.returncode, done.stdout) == (1, b"")
        assert DAMAGED in line and "homo_sapiens-GRCh38-114-chr21" in line
        assert "restore the database from a copy" in line
    done = store.run("datasets", "verify")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "homo_sapiens-GRCh38-114-chr21 is damaged: its genes are not those that were loaded"
    ]
    assert "must be loaded again" in done.stderr.decode()


def test_verify_tells_a_line_of_each_or_of_those_that_are_named(store: Store) -> None:
    for name in ("sound", "old", "hurt"):
        store.load(name)
    damage(store, "hurt")
    with contextlib.closing(sqlite3.connect(store.folder / "genes.sqlite3")) as database:
        database.execute("DELETE FROM dataset_digest WHERE dataset_id = 2")
        database.commit()
    done = store.run("datasets", "verify")
    assert done.returncode == 1
    sound, old, hurt = done.stdout.decode().splitlines()
    assert sound == "sound is sound"
    assert old.startswith("old has no digest of its genes")
    assert hurt == "hurt is damaged: its genes are not those that were loaded"
    assert b"1 of 3 datasets must be loaded again from its export" in done.stderr
    assert store.do("datasets", "verify", "sound", "old").splitlines() == [sound, old]
    assert store.run("datasets", "verify", "sound", "hurt").returncode == 1
    unknown = store.run("datasets", "verify", "none")
    assert (unknown.returncode, unknown.stdout) == (1, b"")
    assert b"none is no dataset of this database" in unknown.stderr


def test_a_server_stays_with_the_dataset_that_is_sound(store: Store, start_server) -> None:
    store.load("good", 40)
    server = start_server("--poll-interval", "10m", "--database-url", store.url)
    store.load("bad", 30)
    damage(store, "bad")
    server.signal(signal.SIGHUP)
    assert DAMAGED in server.wait_for_log("data may be stale")
    with client_of(server) as client:
        assert client.get("/dataset").json()["name"] == "good"
        assert client.get("/health/ready").json()["stale_since"] is not None


def test_a_damaged_dataset_is_not_answered_to_those_who_pin_it(store: Store, start_server) -> None:
    store.load("bad", 30)
    store.load("good", 40)
    damage(store, "bad")
    server = start_server("--poll-interval", "10m", "--database-url", store.url)
    with client_of(server) as client:
        wait_until(
            lambda: client.get("/genes?dataset=bad").status_code == 503, "the damage is found"
        )
        assert client.get("/genes?dataset=good").json()["total"] == 40
    assert any(DAMAGED in line for line in server.log)
