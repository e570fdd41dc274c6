"""What takes long, or waits for a database, holds nobody else up, and has an end."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from conftest import client_of
from server import Server
from stores import Store
from traffic import wait_until
from wire import Connection, request

DEADLINE = ("--request-deadline", "2s")


@contextmanager
def asking(server: Server, targets: list[str]) -> Iterator[list[httpx.Response]]:
    """Clients that wait for an answer each; the answers that have come."""
    answers: list[httpx.Response] = []

    def ask(target: str) -> None:
        with client_of(server) as client:
            answers.append(client.get(target))

    threads = [threading.Thread(target=ask, args=(target,)) for target in targets]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        for thread in threads:
            thread.join()


@contextmanager
def frozen(store: Store) -> Iterator[None]:
    store.server.freeze()
    try:
        yield
    finally:
        store.server.thaw()


def taken(client: httpx.Client, lane: str) -> float:
    """How many requests workers of a kind have taken."""
    series = f'chr21_http_queue_taken_total{{lane="{lane}"}} '
    lines = client.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith(series)).removeprefix(series))


def expect_refusal(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0


def test_a_frozen_database_holds_up_those_alone_who_ask_it(
    server_store: Store, start_server
) -> None:
    server_store.load("old", 30)
    url = server_store.url
    server = start_server(
        *("--store", "database", "--threads", "1", "--database-url", url), *DEADLINE
    )
    with client_of(server) as client:
        assert client.get("/genes").status_code == 200
        before = taken(client, "waiting")
        with (
            frozen(server_store),
            asking(server, ["/genes", "/stats", "/suggest?q=old"]) as answers,
        ):
            wait_until(lambda: taken(client, "waiting") > before, "somebody waits")
            for target in ("/health", "/metrics", "/openapi.json", "/docs"):
                assert client.get(target).status_code == 200
            assert answers == [], "the database was not asked"
        for answer in answers:
            expect_refusal(answer)
        assert len(answers) == 3
        wait_until(lambda: client.get("/genes").status_code == 200, "it answers again")


def test_a_frozen_database_holds_up_no_answer_from_memory(
    server_store: Store, start_server
) -> None:
    server_store.load("old", 30)
    server_store.load("new", 40)
    url = server_store.url
    server = start_server(
        *("--store", "memory", "--threads", "1", "--database-url", url), *DEADLINE
    )
    with client_of(server) as client:
        with frozen(server_store), asking(server, ["/genes?dataset=old"] * 2) as answers:
            wait_until(lambda: taken(client, "waiting") == 2, "both wait")
            assert client.get("/genes").json()["total"] == 40
            assert client.get("/genes?dataset=new").json()["total"] == 40
            assert client.get("/health/ready").status_code == 200
            assert answers == [], "the pinned dataset was not asked for"
        wait_until(lambda: client.get("/genes?dataset=old").status_code == 200, "it answers again")


COSTLY = (
    b"HEAD /genes?format=ndjson&fields=all,length,band HTTP/1.1\r\nHost: x\r\n"
    b"Accept-Encoding: br\r\n\r\n"
)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_costly_batch_does_not_hold_up_a_stop(start_server, threads: int) -> None:
    server = start_server("--threads", str(threads), "--shutdown-timeout", "5s")
    batches = [Connection(server.port) for _ in range(8)]
    with client_of(server) as client:
        for batch in batches:
            batch.send(COSTLY * 140)
        wait_until(lambda: taken(client, "computing") > 0, "the batches are answered")
        assert client.get("/health").status_code == 200
        assert taken(client, "computing") < 8 * 140
    server.signal(signal.SIGTERM)
    assert server.wait() == 0
    assert json.loads(server.log[-1]) | {"time": ""} == {
        "time": "",
        "level": "info",
        "message": "stopped",
        "unfinished": 0,
    }


def test_answers_keep_the_order_of_cheap_and_costly_requests(server: Server) -> None:
    targets = ["/health", "/genes?format=csv&fields=all", "/genes/ENSG00000157540", "/stats"] * 5
    compressed = "Accept-Encoding: br\r\n"
    with Connection(server.port) as connection, client_of(server) as client:
        connection.send(*(request(target, "HEAD", compressed) for target in targets))
        sizes = [connection.receive("HEAD").headers["Content-Length"] for _ in targets]
        expected = {
            target: client.head(target, headers={"Accept-Encoding": "br"}).headers["Content-Length"]
            for target in set(targets)
        }
    assert sizes == [expected[target] for target in targets]


def test_what_the_database_is_asked_is_counted_and_told(start_server) -> None:
    server = start_server("--store", "database", "--log-level", "debug")
    with client_of(server) as client:
        assert client.get("/genes").status_code == 200
        text = client.get("/metrics").text
    values = dict(
        line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("chr21_database_")
    )
    assert float(values['chr21_database_rows_total{work="bulk"}']) >= 1134
    assert float(values['chr21_database_rows_total{work="select"}']) >= 25
    assert float(values['chr21_database_duration_seconds_count{work="connect"}']) >= 2
    assert float(values['chr21_database_duration_seconds_count{work="wait"}']) >= 1
    assert float(values['chr21_database_failures_total{work="select"}']) == 0
    told = [json.loads(line) for line in server.log if "asked the database" in line]
    assert {line["work"] for line in told} >= {"connect", "select", "control", "wait", "bulk"}
    assert all(line["level"] == "debug" and not line["failed"] for line in told)
