"""A container of the size that docs/operations.md asks for is enough, whatever clients do."""

import re
import select
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from conftest import client_of
from memory_group import MemoryGroup, MissingGroupError
from problems import check_problem
from server import PATIENCE, Server
from stores import on_file
from wire import Connection, request

MEBIBYTE = 1 << 20
CONTAINER = 128 * MEBIBYTE
JSON = "Content-Type: application/json\r\n"
TABLE = "/genes?format=ndjson&fields=all"


def resident_bytes(server: Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    (kibibytes,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(kibibytes) * 1024


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.05)


@pytest.fixture
def container() -> Iterator[MemoryGroup]:
    """A control group of 128 MiB; without the right to make one the test is skipped."""
    try:
        group = MemoryGroup(CONTAINER)
    except MissingGroupError as missing:
        pytest.skip(str(missing))
    with group:
        yield group


def send_what_is_taken(connection: Connection, text: bytes) -> None:
    """Sends until the server takes no more for a moment, or closes."""
    connection.socket.setblocking(False)
    view = memoryview(text)
    try:
        while view and select.select([], [connection.socket], [], 0.2)[1]:
            view = view[connection.socket.send(view) :]
    except (BrokenPipeError, ConnectionResetError):
        pass


def unread_bodies(crowd: ExitStack, server: Server, count: int) -> None:
    head = request("/genes/lookup", "POST", f"{JSON}Content-Length: 1000000\r\n")
    for _ in range(count):
        send_what_is_taken(crowd.enter_context(Connection(server.port)), head + b" " * 900_000)


def unsent_answers(crowd: ExitStack, server: Server, count: int) -> None:
    for _ in range(count):
        slow = crowd.enter_context(Connection(server.port, receive_buffer=4096))
        send_what_is_taken(slow, request(TABLE) * 20)


@pytest.mark.parametrize("press", [unread_bodies, unsent_answers])
def test_a_container_of_128_mib_outlives_a_crowd(container, start_server, press):
    server = start_server(within=container.command)
    with client_of(server) as client:
        table = client.get(TABLE).content
        before = resident_bytes(server)
        with ExitStack() as crowd:
            press(crowd, server, 300)
            assert client.get("/health").status_code == 200
            assert client.get("/genes/by-name/DYRK1A").status_code == 200
            assert container.kills() == 0
            assert resident_bytes(server) < CONTAINER
        wait_until(lambda: client.get(TABLE).content == table, "the table is answered again")
        wait_until(
            lambda: resident_bytes(server) < before + 50 * MEBIBYTE, "the memory is given back"
        )
    assert server.process.poll() is None
    assert container.kills() == 0


def test_a_body_that_alone_exceeds_the_buffer_limit_is_refused(start_server):
    server = start_server("--buffer-limit", "512KiB")
    with client_of(server) as client:
        with Connection(server.port) as large:
            head = request("/genes/lookup", "POST", f"{JSON}Content-Length: 1000000\r\n")
            send_what_is_taken(large, head + b" " * 900_000)
            large.socket.settimeout(PATIENCE)
            refusal = large.receive_last()
        check_problem(refusal, 503)
        assert refusal.headers["Retry-After"]
        assert client.get("/health").status_code == 200
    with client_of(server) as client:
        mark = 'chr21_http_connections_ended_total{end="buffers_full"} '
        wait_until(
            lambda: any(
                line.startswith(mark) and float(line.removeprefix(mark)) > 0
                for line in client.get("/metrics").text.splitlines()
            ),
            "the metrics tell of it",
        )


def test_a_long_answer_is_told_of_in_the_log_when_it_has_been_sent(tmp_path, start_server):
    store = on_file(tmp_path)
    store.load("large", 20_000)
    server = start_server("--log-format", "json", "--database-url", store.url)
    with client_of(server) as client:
        answer = client.get(TABLE, headers={"Accept-Encoding": "identity"})
        assert answer.headers["Transfer-Encoding"] == "chunked"
        line = server.wait_for_log(r'"answered".*"route":"/genes"')
        assert f'"bytes":{len(answer.content)}' in line
        assert "cut_off" not in line
    with Connection(server.port, receive_buffer=4096) as slow:
        slow.send(request(TABLE))
        select.select([slow.socket], [], [], PATIENCE)
    server.wait_for_log(r'"answered".*"cut_off":true')
