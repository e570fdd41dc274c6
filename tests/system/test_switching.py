"""Datasets are loaded and switched while a server answers from them."""

import re
import signal
from functools import partial
from pathlib import Path

import httpx
import pytest

from conftest import client_of
from server import BINARY, Server
from stores import Store, on_file
from traffic import Traffic, metric, wait_until

ANSWERS = ("/genes?page_size=5", "/genes/ENSG00000000007", "/chromosomes", "/stats", "/dataset")


def is_answering(client: httpx.Client, name: str) -> bool:
    return client.get("/dataset").json()["name"] == name


def test_a_switch_fails_no_request_and_shows_at_once(store: Store, start_server) -> None:
    old = store.load("old", 30)
    server = start_server("--poll-interval", "10m", "--database-url", store.url)
    with Traffic(server, ANSWERS) as traffic, client_of(server) as client:
        before = {target: client.get(target) for target in ANSWERS}
        for name, genes, command in (
            ("new", 40, ("load", str(store.export("new", 40)))),
            ("old", 30, ("datasets", "activate", "old")),
            ("new", 40, ("datasets", "activate", "new")),
        ):
            store.do(*command)
            traffic.wait_for_more()
            server.signal(signal.SIGHUP)
            wait_until(partial(is_answering, client, name), f"{name} answers")
            assert client.get("/genes").json()["total"] == genes
        after = {target: client.get(target) for target in ANSWERS}
        traffic.wait_for_more()
    assert (traffic.failures, traffic.statuses()) == ([], {200})
    for target in ANSWERS:
        assert before[target].headers["ETag"] != after[target].headers["ETag"], target
    assert {answer.json()["name"] for answer in traffic.of("/dataset")} == {"old", "new"}
    assert {answer.json()["total"] for answer in traffic.of(ANSWERS[0])} == {30, 40}
    assert old["gene_count"] == 30


@pytest.mark.parametrize("engine", ["memory", "database"])
def test_a_switch_is_noticed_by_itself(store: Store, start_server, engine: str) -> None:
    store.load("old", 30)
    server = start_server(
        *("--poll-interval", "100ms", "--store", engine, "--database-url", store.url)
    )
    with Traffic(server) as traffic, client_of(server) as client:
        store.load("new", 40)
        wait_until(lambda: client.get("/dataset").json()["name"] == "new", "new answers")
        store.do("datasets", "drop", "old")
        traffic.wait_for_more()
        switches = metric(client, "chr21_dataset_switches_total")
    assert (traffic.failures, traffic.statuses(), switches) == ([], {200}, 1.0)


def test_a_dataset_dropped_before_the_next_look_fails_no_request(
    store: Store, start_server
) -> None:
    store.load("old", 30)
    server = start_server(
        *("--poll-interval", "10m", "--store", "database", "--database-url", store.url)
    )
    with client_of(server) as client, Traffic(server, ANSWERS[:-1], threads=4) as traffic:
        assert client.get("/genes").json()["total"] == 30
        store.load("new", 40)
        store.do("datasets", "drop", "old")
        traffic.wait_for_more(40)
        assert client.get("/genes").json()["total"] == 40
        assert client.get("/dataset").json()["name"] == "new"
        assert metric(client, "chr21_dataset_switches_total") == 1
        assert metric(client, "chr21_store_failures_total") == 0
    assert (traffic.failures, traffic.statuses()) == ([], {200})


def test_the_first_request_after_a_drop_is_answered_from_the_next_dataset(
    store: Store, start_server
) -> None:
    store.load("old", 30)
    server = start_server(
        *("--poll-interval", "10m", "--store", "database", "--database-url", store.url)
    )
    with client_of(server) as client:
        store.load("new", 40)
        store.do("datasets", "drop", "old")
        answer = client.get("/genes/ENSG00000000007")
        assert (answer.status_code, answer.json()["gene_name"]) == (200, "NEW7")


def test_a_pin_answers_from_a_dataset_that_is_not_active(store: Store, start_server) -> None:
    old, new = store.load("old", 30), store.load("new", 40)
    server = start_server("--poll-interval", "100ms", "--database-url", store.url)
    with client_of(server) as client:
        active = client.get("/genes")
        assert (active.json()["total"], "immutable" in active.headers["Cache-Control"]) == (40, 0)
        for pin in ("old", old["sha256"], old["sha256"][:8], old["sha256"][:12].upper()):
            pinned = client.get("/genes", params={"dataset": pin})
            assert (pinned.status_code, pinned.json()["total"]) == (200, 30), pin
            assert "immutable" in pinned.headers["Cache-Control"]
            assert client.get("/dataset", params={"dataset": pin}).json()["name"] == "old"
        assert client.get("/genes", params={"dataset": "new"}).content == active.content
        for pin in ("none", old["sha256"][:7], "0" * 64):
            unknown = client.get("/genes", params={"dataset": pin})
            assert unknown.status_code == 404
            assert unknown.headers["Content-Type"] == "application/problem+json"
            assert "there are: old, new" in unknown.json()["detail"]
        assert new["sha256"] != old["sha256"]


def test_a_dropped_dataset_can_no_longer_be_pinned(store: Store, start_server) -> None:
    store.load("old", 30)
    store.load("new", 40)
    flags = ("--poll-interval", "10m", "--store", "database")
    server = start_server(*flags, "--database-url", store.url)
    with client_of(server) as client, Traffic(server) as traffic:
        assert client.get("/genes?dataset=old").status_code == 200
        store.do("datasets", "drop", "old")
        gone = client.get("/genes?dataset=old")
        assert (gone.status_code, gone.json()["status"]) == (404, 404)
        assert "there are: new" in gone.json()["detail"]
        traffic.wait_for_more()
    assert traffic.failures == []
    assert {answer.status_code for answer in traffic.of("/dataset")} == {200}


def test_a_pinned_dataset_gets_a_catalog_which_goes_when_it_is_dropped(
    store: Store, start_server
) -> None:
    old = store.load("old", 30)
    store.load("new", 40)
    server = start_server("--poll-interval", "10m", "--database-url", store.url)
    with client_of(server) as client:
        by_sql = client.get("/genes?dataset=old")
        server.wait_for_log("made the catalog of old, which requests name")
        by_catalog = client.get("/genes?dataset=old")
        assert by_catalog.content == by_sql.content
        assert by_catalog.headers["ETag"] == by_sql.headers["ETag"]
        assert by_catalog.headers["X-Dataset"] == by_sql.headers["X-Dataset"] == old["sha256"]
        store.do("datasets", "drop", "old")
        server.signal(signal.SIGHUP)
        wait_until(
            lambda: client.get("/genes?dataset=old").status_code == 404, "it is known to be gone"
        )


def resident_bytes(server: Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s*(\d+) kB", status)[0]) * 1024


def test_an_idle_server_gives_back_the_memory_of_the_old_dataset(tmp_path, start_server) -> None:
    if re.search(rb"__[at]san_init", BINARY.read_bytes()):
        pytest.skip("a sanitizer keeps the memory that the program gives back")
    store = on_file(tmp_path)
    store.load("large", 20_000)
    store.load("small", 30)
    store.do("datasets", "activate", "large")
    server = start_server("--poll-interval", "10m", "--threads", "4", "--database-url", store.url)
    with Traffic(server, threads=16) as traffic:  # every thread answers from the large one
        traffic.wait_for_more(200)
    before = resident_bytes(server)
    store.do("datasets", "activate", "small")
    server.signal(signal.SIGHUP)
    wait_until(lambda: resident_bytes(server) < 0.7 * before, "its memory is given back")
