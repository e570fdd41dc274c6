"""Everything goes through a pooler in transaction mode, as it goes without."""

import json

import pytest

from conftest import client_of
from stores import Store
from traffic import Traffic, wait_until

TARGETS = ("/genes?page_size=5", "/genes/ENSG00000000007", "/suggest?q=old", "/stats", "/dataset")


@pytest.fixture
def pooled(pgbouncer, tmp_path) -> Store:
    name = pgbouncer.server.new_database()
    store = Store(pgbouncer.url(name), tmp_path, pgbouncer.server, name)
    store.do("migrate", "up")
    return store


def test_datasets_are_loaded_and_switched_through_it(pooled: Store) -> None:
    pooled.load("old", 3000)
    pooled.load("new", 40)
    assert pooled.active() == "new"
    pooled.do("datasets", "activate", "old")
    assert json.loads(pooled.do("get", "/genes"))["total"] == 3000
    pooled.do("datasets", "prune", "--keep", "0")
    assert [one["name"] for one in pooled.listed()] == ["old"]


@pytest.mark.parametrize("engine", ["memory", "database"])
def test_a_server_answers_through_it(pooled: Store, start_server, engine: str) -> None:
    pooled.load("old", 30)
    server = start_server(
        *("--store", engine, "--poll-interval", "200ms", "--threads", "6"),
        *("--database-url", pooled.url),
    )
    with Traffic(server, TARGETS, threads=6) as traffic, client_of(server) as client:
        pooled.load("new", 40)
        wait_until(lambda: client.get("/dataset").json()["name"] == "new", "the switch")
        assert client.get("/genes?dataset=old").json()["total"] == 30
        traffic.wait_for_more(100)
        # The pooler has two connections to the server, whoever has how many to the pooler. One that
        # it has just closed may still be listed.
        wait_until(lambda: len(pooled.server.connections(pooled.database)) <= 2, "two connections")
        assert (traffic.failures, traffic.statuses()) == ([], {200})
        pooled.server.kill_connections(pooled.database)
        wait_until(
            lambda: all(client.get(target).status_code == 200 for target in TARGETS), "answers"
        )
    assert traffic.failures == []
    assert traffic.statuses() <= ({200} if engine == "memory" else {200, 503})
