"""A function answers before the platform ends it, whatever the database does."""

import json
import threading
from collections.abc import Callable, Iterator

import pytest
from fake_runtime_api import FakeRuntimeApi
from lambda_function import LambdaFunction, web_event

from stores import Store
from tcp_proxy import TcpProxy

GENES = web_event("/genes?page_size=5")


@pytest.fixture
def proxy(server_store: Store) -> Iterator[TcpProxy]:
    with TcpProxy(server_store.server.port) as started:
        yield started


@pytest.fixture
def start_slow(
    api: FakeRuntimeApi, start_function, server_store: Store, proxy: TcpProxy
) -> Callable[..., LambdaFunction]:
    """A function that asks its database for every answer, and that database has frozen."""
    server_store.load("old", 30)
    url = server_store.server.url(server_store.database, port=proxy.port)

    def start(**variables: str) -> LambdaFunction:
        patient = {
            "CHR21_STORE": "database",
            "DATABASE_URL": url + "?connect_timeout=60&statement_timeout=60",
            "CHR21_REQUEST_DEADLINE": "60s",
        }
        function = start_function(**(patient | variables))
        assert api.invoke(GENES).response()["statusCode"] == 200
        proxy.freeze()
        return function

    return start


def expect_polite_refusal(answer: dict) -> None:
    assert answer["statusCode"] == 503
    assert json.loads(answer["body"])["type"].startswith("urn:chr21:problem:")
    assert int(answer["headers"]["Retry-After"]) > 0


def test_a_platform_that_kills_gets_its_answer_before(api: FakeRuntimeApi, start_slow) -> None:
    function = start_slow()
    seconds = 4.0
    killer = threading.Timer(seconds, function.kill)
    killer.start()
    try:
        invocation = api.invoke(GENES, deadline_in=seconds)
        expect_polite_refusal(invocation.response())
        assert function.process.poll() is None
    finally:
        killer.cancel()
        killer.join()


def test_where_the_platform_does_not_kill_the_function_goes_on(
    api: FakeRuntimeApi, start_slow, proxy: TcpProxy
) -> None:
    function = start_slow()
    slow = api.invoke(GENES, deadline_in=1.0)
    expect_polite_refusal(slow.response())
    assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    proxy.thaw()
    assert api.invoke(GENES).response()["statusCode"] == 200
    assert slow.is_unanswered()  # no second time
    assert function.process.poll() is None


def test_our_own_setting_counts_where_it_is_shorter(api: FakeRuntimeApi, start_slow) -> None:
    start_slow(CHR21_REQUEST_DEADLINE="250ms")
    expect_polite_refusal(api.invoke(GENES, deadline_in=3600.0).response())


def test_our_own_setting_counts_where_lambda_says_nothing(api: FakeRuntimeApi, start_slow) -> None:
    start_slow(CHR21_REQUEST_DEADLINE="250ms")
    expect_polite_refusal(api.invoke(GENES, deadline_in=None).response())


def test_one_poller_that_waits_keeps_no_other_from_answering(
    api: FakeRuntimeApi, start_slow
) -> None:
    start_slow(AWS_LAMBDA_MAX_CONCURRENCY="2")
    slow = api.invoke(GENES, deadline_in=3.0)
    for _ in range(20):
        assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    assert slow.is_unanswered()
    expect_polite_refusal(slow.response())
