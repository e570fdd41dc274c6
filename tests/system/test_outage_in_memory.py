"""With the catalog in memory, a database that is away costs no answer, and shows."""

import re

import pytest

from conftest import client_of
from server import Server
from stores import Store
from tcp_proxy import TcpProxy
from traffic import Traffic, metric, wait_until

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
POLL = ("--poll-interval", "200ms")


@pytest.fixture
def server(server_store: Store, start_server) -> Server:
    server_store.load("old", 30)
    return start_server(*POLL, "--database-url", server_store.url)


def is_stale(client) -> bool:
    return client.get("/health/ready").json()["stale_since"] is not None


def expect_stale(server: Server, client) -> None:
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert STAMP.fullmatch(ready.json()["stale_since"])
    assert metric(client, "chr21_dataset_stale") == 1
    answer = client.get("/genes")
    assert answer.headers["X-Dataset-Stale-Since"] == ready.json()["stale_since"]
    assert "data may be stale" in server.wait_for_log("stale")


def expect_fresh(client) -> None:
    assert client.get("/health/ready").json()["stale_since"] is None
    assert metric(client, "chr21_dataset_stale") == 0
    assert "X-Dataset-Stale-Since" not in client.get("/genes").headers


def test_a_restarted_database_fails_no_read(server_store: Store, server: Server) -> None:
    database = server_store.server
    with Traffic(server) as traffic, client_of(server) as client:
        expect_fresh(client)
        database.halt()
        try:
            wait_until(lambda: is_stale(client), "the outage shows")
            expect_stale(server, client)
            traffic.wait_for_more(200)
        finally:
            database.resume()
        wait_until(lambda: not is_stale(client), "the end of the outage shows")
        expect_fresh(client)
        server_store.load("new", 40)
        wait_until(lambda: client.get("/dataset").json()["name"] == "new", "a later switch shows")
        traffic.wait_for_more()
    assert (traffic.failures, traffic.statuses()) == ([], {200})
    assert sum("data may be stale" in line for line in server.log) == 1


def test_killed_connections_fail_no_read(server_store: Store, server: Server) -> None:
    with Traffic(server) as traffic, client_of(server) as client:
        for _ in range(20):
            server_store.server.kill_connections(server_store.database)
            traffic.wait_for_more(10)
        wait_until(lambda: not is_stale(client), "all is well again")
    assert (traffic.failures, traffic.statuses()) == ([], {200})


def test_a_silent_database_fails_no_read_and_no_stop(server_store: Store, start_server) -> None:
    server_store.load("old", 30)
    with TcpProxy(server_store.server.port) as proxy:
        url = server_store.server.url(server_store.database, port=proxy.port)
        server = start_server(
            *POLL, "--database-url", url + "?connect_timeout=2&statement_timeout=1"
        )
        with Traffic(server) as traffic, client_of(server) as client:
            proxy.freeze()
            wait_until(lambda: is_stale(client), "the outage shows")
            traffic.wait_for_more(100)
            proxy.thaw()
            wait_until(lambda: not is_stale(client), "the end of the outage shows")
            proxy.freeze()
            wait_until(lambda: is_stale(client), "the next outage shows")
        server.stop()
    assert (traffic.failures, traffic.statuses()) == ([], {200})


def test_a_failover_to_another_address_fails_no_read(
    server_store: Store, standby: Store, start_server
) -> None:
    server_store.load("old", 30)
    standby.load("old", 30)
    with TcpProxy(server_store.server.port) as proxy:
        url = server_store.server.url(server_store.database, port=proxy.port)
        server = start_server(*POLL, "--database-url", url + "?connect_timeout=2")
        with Traffic(server) as traffic, client_of(server) as client:
            proxy.target = None
            proxy.cut()
            wait_until(lambda: is_stale(client), "the outage shows")
            expect_stale(server, client)
            proxy.target = standby.server.port
            wait_until(lambda: not is_stale(client), "the new primary is asked")
            expect_fresh(client)
            assert metric(client, "chr21_dataset_switches_total") == 0
            standby.load("new", 40)
            wait_until(lambda: client.get("/genes").json()["total"] == 40, "its load is noticed")
            traffic.wait_for_more()
    assert (traffic.failures, traffic.statuses()) == ([], {200})
