"""The program in AWS Lambda's own emulator, one event at a time."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from emulator import Emulator
from lambda_function import web_event

from stores import Store
from tcp_proxy import TcpProxy


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path) as started:
        yield started


def test_events_are_answered_one_after_the_other(emulator: Emulator) -> None:
    for page in range(1, 6):
        answer = emulator.invoke(web_event(f"/genes?page={page}")).json()
        assert answer["statusCode"] == 200
        assert json.loads(answer["body"])["page"] == page


def test_an_unknown_event_is_a_failure_of_the_function(emulator: Emulator) -> None:
    told = emulator.invoke({"Records": []}).json()
    assert told["errorType"] == "Function.UnknownEvent"
    process = emulator.function()
    assert emulator.invoke(web_event("/health")).json()["statusCode"] == 200
    assert emulator.function() == process


def test_a_failed_start_is_told_to_whoever_invokes(tmp_path: Path) -> None:
    with Emulator(tmp_path, CHR21_DATA="nowhere.txt") as emulator:
        told = emulator.invoke(web_event("/health")).json()
    assert told["errorType"] == "Runtime.ConfigInvalid"
    assert "nowhere.txt" in told["errorMessage"]


def test_the_end_comes_with_a_signal(emulator: Emulator) -> None:
    """Which the platform sends to functions that have an extension."""
    emulator.invoke(web_event("/health"))
    emulator.stop()
    log = emulator.log.read_text()
    assert re.search(r'"message":"stopping","reason":"SIGTERM"', log), log
    assert '"message":"stopped","unfinished":0' in log


def test_a_database_that_hangs_is_answered_for_before_the_emulator_kills(
    server_store: Store, tmp_path: Path
) -> None:
    server_store.load("old", 30)
    with TcpProxy(server_store.server.port) as proxy:
        url = server_store.server.url(server_store.database, port=proxy.port)
        timeouts = "?connect_timeout=60&statement_timeout=60"
        with Emulator(
            tmp_path,
            AWS_LAMBDA_FUNCTION_TIMEOUT="4",
            CHR21_REQUEST_DEADLINE="60s",
            CHR21_STORE="database",
            DATABASE_URL=url + timeouts,
        ) as emulator:
            event = web_event("/genes?page_size=5")
            assert emulator.invoke(event).json()["statusCode"] == 200
            process = emulator.function()
            proxy.freeze()
            answer = emulator.invoke(event).json()
            assert answer["statusCode"] == 503
            assert json.loads(answer["body"])["type"].startswith("urn:chr21:problem:")
            proxy.thaw()
            assert emulator.function() == process
            assert emulator.invoke(web_event("/health")).json()["statusCode"] == 200
