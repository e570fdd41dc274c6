"""`chr21 load` is killed at any moment: the old dataset answers, or the new one, and all of it."""

import os
import random
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest

from server import BINARY, clean_environment
from stores import Store, on_file
from traffic import Traffic, wait_until

MOMENTS = 100 if os.environ.get("CHR21_THOROUGH") == "1" else 6
GENES = 3000
ALL = "/genes?format=csv&fields=all"


def has_begun_or_ended(process: subprocess.Popen[bytes], journal: Path) -> bool:
    return journal.exists() or process.poll() is not None


def killed_load(store: Store, file: str, after: float) -> bool:
    """Whether the load was still under way."""
    process = subprocess.Popen(
        [BINARY, "load", file, "--report", "json"],
        cwd=store.folder,
        env=clean_environment(DATABASE_URL=store.url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.kill()
    unfinished = process.wait() != 0
    if store.server_or_none is not None:  # which may still be at what the program sent last
        wait_until(lambda: not store.server.connections(store.database), "its connection's end")
    return unfinished


@pytest.fixture
def contents(store: Store) -> dict[str, str]:
    """What a complete dataset of each name answers, from an export with it and without faults."""
    complete = {}
    for name in ("old", "new"):
        file = store.export(name, GENES)
        url = f"sqlite:///{store.folder / name}.sqlite3"
        store.do("load", str(file), "--database-url", url)
        answer = store.do("get", ALL, "--database-url", url)
        assert answer.count("\n") == GENES + 1
        complete[name] = answer
    return complete


def test_a_load_that_is_killed_leaves_the_old_dataset_or_the_new_one(
    store: Store, contents: dict[str, str]
) -> None:
    store.load("old", GENES)
    new = str(store.export("new", GENES))
    started = time.monotonic()
    store.do("load", new)
    whole = time.monotonic() - started
    store.do("datasets", "activate", "old")
    store.do("datasets", "drop", "new")
    moments, unfinished, kept = random.Random(21), 0, {"old": 0, "new": 0}
    for _ in range(MOMENTS):
        unfinished += killed_load(store, new, moments.uniform(0.005, whole))
        active = store.active()
        kept[active] += 1
        assert store.do("get", ALL) == contents[active]
        assert [one["name"] for one in store.listed()] == ["old", "new"][: 1 + (active == "new")]
        store.do("load", new)
        assert (store.active(), store.do("get", ALL)) == ("new", contents["new"])
        store.do("datasets", "activate", "old")
        store.do("datasets", "drop", "new")
    assert unfinished > 0 and kept["old"] > 0


def test_a_load_that_is_killed_while_it_writes_to_a_file_fails_no_request(
    tmp_path: Path, start_server
) -> None:
    store = on_file(tmp_path)
    store.load("old", GENES)
    new = str(store.export("new", 10 * GENES))
    flags = ("--store", "database", "--poll-interval", "50ms", "--database-url", store.url)
    with Traffic(start_server(*flags)) as traffic:
        left = 0
        for _ in range(20):
            process = subprocess.Popen(
                [BINARY, "load", new],
                cwd=tmp_path,
                env=clean_environment(DATABASE_URL=store.url),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            journal = tmp_path / "genes.sqlite3-journal"
            wait_until(partial(has_begun_or_ended, process, journal), "it writes")
            process.kill()
            process.wait()
            traffic.wait_for_more(10)
            left += store.active() == "old"
            if left == 3:
                break
    assert left == 3
    assert (traffic.failures, traffic.statuses()) == ([], {200})
