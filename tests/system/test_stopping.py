"""SIGTERM and SIGINT: requests in flight are finished, until a second signal or the time limit."""

import json
import signal

import pytest

from wire import Connection, request

SIGNALS = [signal.SIGTERM, signal.SIGINT]
BODY = b'{"names": ["APP"]}'
HEAD = request(
    "/genes/lookup", "POST", f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n"
)


def wait_until_stopping(idle):
    """A stop closes idle connections at once, which tells that it has begun."""
    assert idle.receive_to_end() == b""


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_server_at_rest_ends_well(start_server, number):
    server = start_server()
    server.signal(number)
    assert server.wait() == 0
    last = json.loads(server.log[-1])
    assert (last["message"], last["unfinished"]) == ("stopped", 0)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_request_in_flight_is_finished_before_the_end(start_server, number):
    server = start_server()
    with Connection(server.port) as idle, Connection(server.port) as busy:
        assert idle.ask("/health").status_code == 200
        busy.send(HEAD, BODY[:5])
        assert idle.ask("/health").status_code == 200
        server.signal(number)
        wait_until_stopping(idle)
        with pytest.raises(ConnectionRefusedError):
            Connection(server.port)
        busy.send(BODY[5:])
        answer = busy.receive_last()
        assert answer.json()["found"] == 1
        assert answer.headers["Connection"] == "close"
    assert server.wait() == 0
    assert json.loads(server.log[-1])["unfinished"] == 0


def test_an_answer_on_its_way_is_sent_whole(start_server):
    server = start_server()
    with Connection(server.port) as idle, Connection(server.port, receive_buffer=4096) as slow:
        assert idle.ask("/health").status_code == 200
        slow.send(request("/genes?format=ndjson") * 20)
        first = slow.receive().content
        server.signal(signal.SIGTERM)
        wait_until_stopping(idle)
        assert slow.receive().content == first
        rest = slow.receive_to_end()
        assert rest.endswith(b"}\n"), "an answer was cut short"
    assert server.wait() == 0


@pytest.mark.parametrize("first", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("second", SIGNALS, ids=lambda number: number.name)
def test_a_second_signal_ends_at_once(start_server, first, second):
    server = start_server("--shutdown-timeout", "10m")
    with Connection(server.port) as idle, Connection(server.port) as busy:
        busy.send(HEAD, BODY[:5])
        assert idle.ask("/health").status_code == 200
        server.signal(first)
        wait_until_stopping(idle)
        assert server.process.poll() is None
        server.signal(second)
        assert server.wait() == 128 + second


def test_the_time_limit_cuts_what_is_not_finished(start_server):
    server = start_server("--shutdown-timeout", "200ms")
    with Connection(server.port) as busy:
        busy.send(HEAD, BODY[:5])
        with Connection(server.port) as other:
            assert other.ask("/health").status_code == 200
        server.signal(signal.SIGTERM)
        assert server.wait() == 0
        assert busy.receive_to_end() == b""
    last = json.loads(server.log[-1])
    assert (last["level"], last["unfinished"]) == ("warning", 1)
