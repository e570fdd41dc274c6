"""Requests that are too large or of the wrong type: 413, 414, 415 and 431, each at its limit."""

import pytest

from conftest import client_of
from problems import check_problem
from server import Server
from wire import Connection, request

LOOKUP = "/genes/lookup"
JSON = "Content-Type: application/json\r\n"


@pytest.fixture(scope="module")
def small_server(tmp_path_factory):
    """A server with small limits."""
    started = Server(
        tmp_path_factory.mktemp("small"),
        "--max-body-bytes",
        "1000",
        "--max-target-bytes",
        "500",
        "--max-head-bytes",
        "2000",
    )
    yield started
    started.stop()


@pytest.fixture
def small(small_server):
    with Connection(small_server.port) as opened:
        yield opened


def padded(size):
    body = b'{"ids": ["E"]}'
    return body + b" " * (size - len(body))


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_413(small):
    assert small.ask(LOOKUP, "POST", headers=JSON, body=padded(1000)).status_code == 200
    small.send(request(LOOKUP, "POST", JSON, padded(1001)))
    problem = check_problem(small.receive_last("POST"), 413)
    assert "1000" in problem["detail"]


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(small):
    small.send(request(LOOKUP, "POST", f"{JSON}Content-Length: 1001\r\n"))
    check_problem(small.receive_last("POST"), 413)


def test_a_chunked_body_over_the_limit_is_413(small):
    chunk = b"3e8\r\n" + b" " * 1000 + b"\r\n"
    small.send(request(LOOKUP, "POST", f"{JSON}Transfer-Encoding: chunked\r\n"), chunk, chunk)
    check_problem(small.receive_last("POST"), 413)


def test_a_body_of_any_route_is_counted(small):
    small.send(request("/genes", "GET", "Content-Length: 5000\r\n"))
    check_problem(small.receive_last(), 413)


def test_a_client_that_asks_first_is_refused_without_sending_its_body(small):
    small.send(request(LOOKUP, "POST", f"{JSON}Expect: 100-continue\r\nContent-Length: 1001\r\n"))
    check_problem(small.receive_last("POST"), 413)


def test_a_target_at_the_limit_is_read_and_one_byte_more_is_414(small):
    target = f"/genes?search={'a' * 240}&search=".ljust(500, "a")
    assert small.ask(target).status_code == 200
    small.send(request(target + "a"))
    problem = check_problem(small.receive_last(), 414)
    assert "500" in problem["detail"]


def test_a_request_line_that_never_ends_is_414(small):
    small.send(b"GET /" + b"a" * 5000)
    check_problem(small.receive_last(), 414)


@pytest.mark.parametrize(
    "headers", ["A: " + "b" * 2000 + "\r\n", "A: b\r\n" * 400], ids=["long", "many"]
)
def test_headers_over_the_limit_are_431(small, headers):
    small.send(request("/health", headers=headers))
    problem = check_problem(small.receive_last(), 431)
    assert "2000" in problem["detail"]


def test_a_head_at_the_limit_is_read_and_one_byte_more_is_431(small):
    empty = len(request("/health", headers="A: \r\n"))
    assert small.ask("/health", headers=f"A: {'b' * (2000 - empty)}\r\n").status_code == 200
    small.send(request("/health", headers=f"A: {'b' * (2001 - empty)}\r\n"))
    check_problem(small.receive_last(), 431)


def test_the_limits_are_wide_by_default(connection):
    headers = "".join(f"A{number}: {'b' * 100}\r\n" for number in range(70))
    target = "/genes?" + "&".join(["search=" + "a" * 250] * 27)
    assert connection.ask(target, headers=headers).status_code == 200
    assert connection.ask(LOOKUP, "POST", headers=JSON, body=padded(1_000_000)).status_code == 200


WRONG_TYPES = {
    "none": "",
    "text": "Content-Type: text/plain\r\n",
    "a form": "Content-Type: application/x-www-form-urlencoded\r\n",
    "another json": "Content-Type: application/jsonlines\r\n",
    "compressed": f"{JSON}Content-Encoding: gzip\r\n",
}


@pytest.mark.parametrize("what", WRONG_TYPES)
def test_a_lookup_of_another_type_is_415(connection, what):
    answer = connection.ask(LOOKUP, "POST", headers=WRONG_TYPES[what], body=b'{"ids": ["E"]}')
    problem = check_problem(answer, 415)
    assert "application/json" in problem["detail"]


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_by_any_spelling_is_read(connection, media_type):
    headers = f"Content-Type: {media_type}\r\n"
    answer = connection.ask(LOOKUP, "POST", headers=headers, body=b'{"names": ["APP"]}')
    assert answer.json()["found"] == 1


def test_a_refused_client_does_not_disturb_others(small_server):
    with client_of(small_server) as client:
        for _ in range(10):
            with Connection(small_server.port) as rude:
                rude.send(b"GET /" + b"a" * 5000)
                rude.receive_last()
            assert client.get("/health").status_code == 200
