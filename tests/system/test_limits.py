"""Slow clients are cut while others are served, and connections over the cap turned away."""

import select
import socket

import pytest

from conftest import client_of
from problems import check_problem
from server import PATIENCE, SLOWNESS
from wire import Connection, request

SHORT = f"{int(300 * SLOWNESS)}ms"
JSON = "Content-Type: application/json\r\n"


LOG_ENDS = ("--log-level", "debug")


def count_ended(server, client, end):
    """How many connections the metrics say were ended by `end`, once the log says that one was."""
    server.wait_for_log(f'"end":"{end}"')
    mark = f'chr21_http_connections_ended_total{{end="{end}"}} '
    (line,) = [line for line in client.get("/metrics").text.splitlines() if line.startswith(mark)]
    return float(line.removeprefix(mark))


SLOW_REQUESTS = {
    "header_timeout": ["G", "GET /genes HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a.test\r\nA: "],
    "body_timeout": [
        request("/genes/lookup", "POST", f"{JSON}Content-Length: 9\r\n").decode() + tail
        for tail in ("", '{"ids')
    ],
}


@pytest.mark.parametrize(
    ("end", "sent"),
    [(end, sent) for end, all_sent in SLOW_REQUESTS.items() for sent in all_sent],
    ids=["first byte", "request line", "headers", "head of a body", "half a body"],
)
def test_a_request_that_stalls_is_told_408_and_cut_while_others_are_served(start_server, end, sent):
    server = start_server("--header-timeout", SHORT, "--body-timeout", SHORT, *LOG_ENDS)
    with Connection(server.port) as slow, client_of(server) as client:
        slow.send(sent.encode())
        assert client.get("/health").status_code == 200
        check_problem(slow.receive_last(), 408)
        assert client.get("/health").status_code == 200
    with client_of(server) as client:
        assert count_ended(server, client, end) == 1


def test_a_request_that_trickles_is_cut_as_well(start_server):
    server = start_server("--header-timeout", SHORT, "--threads", "1")
    with Connection(server.port) as slow:
        slow.send(b"GET / HTTP/1.1\r\nHost: a.test\r\n")
        slow.socket.settimeout(0.05)
        cut = False
        for _ in range(int(PATIENCE / 0.05)):
            slow.send(b"A: b\r\n")
            try:
                slow.socket.recv(1, 2)  # MSG_PEEK
                cut = True
                break
            except TimeoutError:
                continue
        assert cut, "a header line every 50 ms kept the connection alive"
        slow.socket.settimeout(PATIENCE)
        check_problem(slow.receive(), 408)


def test_an_idle_connection_is_closed_without_a_word(start_server):
    server = start_server("--idle-timeout", SHORT, *LOG_ENDS)
    with Connection(server.port) as silent, Connection(server.port) as served:
        assert served.ask("/health").status_code == 200
        assert silent.receive_to_end() == b""
        assert served.receive_to_end() == b""
    with client_of(server) as client:
        assert count_ended(server, client, "idle_timeout") >= 1


def test_a_busy_connection_outlives_every_timeout(start_server):
    timeouts = ("--idle-timeout", "--header-timeout", "--body-timeout", "--write-timeout")
    server = start_server(*(part for name in timeouts for part in (name, SHORT)))
    with Connection(server.port) as busy, Connection(server.port) as idle:
        readable: list[socket.socket] = []
        while not readable:  # that is, until the idle one has been cut
            assert busy.ask("/genes/ENSG00000157540").status_code == 200
            readable, _, _ = select.select([idle.socket], [], [], 0)
        assert busy.ask("/health").status_code == 200


def test_a_client_that_does_not_read_is_cut_while_others_are_served(start_server):
    server = start_server("--write-timeout", SHORT, *LOG_ENDS)
    with Connection(server.port, receive_buffer=4096) as deaf, client_of(server) as client:
        deaf.send(request("/genes?format=ndjson") * 60)
        assert client.get("/health").status_code == 200
        watched = select.poll()
        watched.register(deaf.socket, 0)  # a reset alone
        assert watched.poll(PATIENCE * 1000), "the server still holds its answers"
        assert client.get("/health").status_code == 200
        assert count_ended(server, client, "write_timeout") == 1


def test_a_client_that_reads_slowly_gets_everything(start_server):
    server = start_server("--write-timeout", "20s")
    with Connection(server.port, receive_buffer=4096) as slow, client_of(server) as client:
        expected = client.get("/genes?format=ndjson").content
        slow.send(request("/genes?format=ndjson") * 20)
        assert all(slow.receive().content == expected for _ in range(20))


def test_connections_over_the_cap_are_told_503_and_when_to_come_back(start_server):
    server = start_server("--max-connections", "2")
    with Connection(server.port) as first, Connection(server.port) as second:
        assert first.ask("/health").status_code == 200
        assert second.ask("/health").status_code == 200
        for _ in range(3):
            with Connection(server.port) as third:
                third.send(request("/health"))
                answer = third.receive_last()
                check_problem(answer, 503)
                assert int(answer.headers["Retry-After"]) > 0
        assert first.ask("/health").status_code == 200


def test_a_connection_that_ends_makes_room_for_another(start_server):
    server = start_server("--max-connections", "1", *LOG_ENDS)
    with Connection(server.port) as first:
        assert first.ask("/health").status_code == 200
    server.wait_for_log("connection ended")
    with Connection(server.port) as next_one:
        assert next_one.ask("/health").status_code == 200


def test_many_connections_at_once_are_all_served(server):
    opened = [Connection(server.port) for _ in range(200)]
    for one in opened:
        one.send(request("/genes/ENSG00000157540"))
    assert [one.receive().status_code for one in opened] == [200] * 200
    for one in opened:
        one.socket.close()
