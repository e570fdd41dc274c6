"""With --store database, a database that is away is a quick 503, and nobody has to do anything."""

import pytest

from conftest import client_of
from server import Server
from stores import Store
from tcp_proxy import TcpProxy
from traffic import Traffic, wait_until

POOL = 4
FLAGS = ("--store", "database", "--poll-interval", "500ms")
TIMEOUTS = "?connect_timeout=2&statement_timeout=1"
TARGETS = ("/genes?page_size=5", "/genes/ENSG00000000007", "/suggest?q=old", "/stats")


@pytest.fixture
def proxy(server_store: Store):
    with TcpProxy(server_store.server.port) as started:
        yield started


@pytest.fixture
def server(server_store: Store, proxy: TcpProxy, start_server) -> Server:
    """Answers from a dataset of 30 genes, which it asks for through the proxy."""
    server_store.load("old", 30)
    url = server_store.server.url(server_store.database, port=proxy.port) + TIMEOUTS
    return start_server(*FLAGS, "--threads", "6", "--database-url", url)


def expect_only_polite_refusals(traffic: Traffic) -> None:
    assert traffic.failures == []
    assert traffic.statuses() == {200, 503}
    for answer in traffic.answers:
        if answer.status_code == 503:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) > 0
            assert not any(word in answer.text for word in ("127.0.0.1", "sql", "connect"))


def recovers(client) -> bool:
    ready = client.get("/health/ready")
    return ready.status_code == 200 and ready.json()["stale_since"] is None


def test_a_restarted_database_is_a_pause(server_store: Store, server: Server) -> None:
    with client_of(server) as client, Traffic(server, TARGETS, threads=6) as traffic:
        server_store.server.halt()
        try:
            wait_until(lambda: client.get("/health/ready").status_code == 503, "it is not ready")
            assert client.get("/health").status_code == 200
            traffic.wait_for_more(200)
        finally:
            server_store.server.resume()
        wait_until(lambda: recovers(client), "it answers again")
        late = len(traffic.answers) + 6
        traffic.wait_for_more(100)
    expect_only_polite_refusals(traffic)
    assert {answer.status_code for answer in traffic.answers[late:]} == {200}


def test_an_outage_is_not_answered_with_a_storm(
    server: Server, proxy: TcpProxy, server_store: Store
) -> None:
    with client_of(server) as client, Traffic(server, TARGETS, threads=8, pause=0) as traffic:
        assert len(server_store.server.connections(server_store.database)) <= POOL + 1
        proxy.target = None
        proxy.cut()
        wait_until(lambda: client.get("/health/ready").status_code == 503, "it is not ready")
        before, asked = proxy.accepted, len(traffic.answers)
        traffic.wait_for_more(3000)
        tries, refused = proxy.accepted - before, len(traffic.answers) - asked
        proxy.target = server_store.server.port
        wait_until(lambda: recovers(client), "it answers again")
        traffic.wait_for_more(200)
        assert len(server_store.server.connections(server_store.database)) <= POOL + 1
    expect_only_polite_refusals(traffic)
    assert tries * 50 < refused, f"{tries} connections for {refused} requests"


def test_killed_connections_are_replaced(server_store: Store, server: Server) -> None:
    killed = 0
    with client_of(server) as client, Traffic(server, TARGETS, threads=6) as traffic:
        for _ in range(10):
            killed += server_store.server.kill_connections(server_store.database)
            traffic.wait_for_more(20)
        wait_until(lambda: recovers(client), "all is well again")
        late = len(traffic.answers) + 6
        traffic.wait_for_more(50)
    assert killed > 10
    assert traffic.failures == [] and traffic.statuses() <= {200, 503}
    refused = sum(answer.status_code == 503 for answer in traffic.answers)
    assert refused <= killed
    assert {answer.status_code for answer in traffic.answers[late:]} == {200}


def test_idle_connections_that_were_killed_cost_no_request(
    server_store: Store, server: Server
) -> None:
    with client_of(server) as client:
        for _ in range(5):
            assert client.get("/genes").status_code == 200
            assert server_store.server.kill_connections(server_store.database) > 0
            assert client.get("/genes").status_code == 200


def test_a_slow_network_is_answered(server: Server, proxy: TcpProxy) -> None:
    proxy.delay = 0.02
    with Traffic(server, TARGETS, threads=3) as traffic:
        traffic.wait_for_more(20)
    assert (traffic.failures, traffic.statuses()) == ([], {200})


def test_a_silent_network_is_refused_in_time(server: Server, proxy: TcpProxy) -> None:
    with client_of(server) as client, Traffic(server, TARGETS, threads=3) as traffic:
        proxy.freeze()
        wait_until(
            lambda: any(answer.status_code == 503 for answer in traffic.answers), "a refusal"
        )
        traffic.wait_for_more(30)
        proxy.thaw()
        wait_until(lambda: recovers(client), "it answers again")
        late = len(traffic.answers) + 3
        traffic.wait_for_more()
        assert {answer.status_code for answer in traffic.answers[late:]} == {200}
        proxy.freeze()
    server.stop()
    expect_only_polite_refusals(traffic)


def test_a_failover_to_another_address_is_followed(
    server: Server, proxy: TcpProxy, standby: Store
) -> None:
    standby.load("old", 30)
    standby.load("new", 40)
    with client_of(server) as client, Traffic(server, TARGETS, threads=4) as traffic:
        proxy.target = standby.server.port
        proxy.cut()
        wait_until(lambda: client.get("/genes").json().get("total") == 40, "the standby answers")
        wait_until(lambda: recovers(client), "all is well again")
        late = len(traffic.answers) + 4
        traffic.wait_for_more(50)
    assert traffic.failures == [] and traffic.statuses() <= {200, 404, 503}
    assert 503 not in {answer.status_code for answer in traffic.answers[late:]}
