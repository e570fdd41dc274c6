"""A server that starts before its database waits for it."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from conftest import client_of
from stores import Store
from tcp_proxy import TcpProxy

# How PostgreSQL turns clients away for a while (57P03, cannot_connect_now).
PAUSES = {
    "the database system is starting up": "is starting up; try again",
    "the database system is shutting down": "is shutting down; try again",
    "the database system is in recovery mode": "is starting up after it had been cut off",
    "the database system is not yet accepting connections": "is starting up; try again",
}


def test_a_database_that_starts_later_is_waited_for(
    server_store: Store, start_server, database_server
) -> None:
    server_store.load("old", 30)
    database_server.halt()
    resuming = threading.Timer(1.5, database_server.resume)
    resuming.start()
    try:
        server = start_server("--database-wait", "60s", "--database-url", server_store.url)
    finally:
        resuming.join()
    with client_of(server) as client:
        assert client.get("/genes").json()["total"] == 30
    (waiting,) = [line for line in server.log if "waiting: " in line]
    assert server_store.server.scheme[:5] in waiting or "127.0.0.1" in waiting


def test_a_database_that_stays_away_is_given_up(server_store: Store) -> None:
    with TcpProxy(None) as nothing:
        url = server_store.server.url(server_store.database, port=nothing.port)
        done = server_store.run(
            *("serve", "--port", "0", "--database-wait", "1s", "--log-format", "text"),
            *("--database-url", url),
        )
        tries = nothing.accepted
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert lines[-1].startswith("chr21: ")
    assert sum("waiting: " in line for line in lines) == 1
    assert 2 <= tries <= 8


@contextlib.contextmanager
def turning_away(message: str) -> Iterator[int]:
    """The port of a PostgreSQL server that lets nobody in, and says so."""
    fields = b"SFATAL\0VFATAL\0C57P03\0M" + message.encode() + b"\0\0"

    def answer(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                with client:
                    if len(client.recv(4096)) == 8:  # asks for TLS
                        client.sendall(b"N")
                        client.recv(4096)
                    client.sendall(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=answer, args=(listener,))
        answering.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            answering.join()


@pytest.mark.parametrize("message", PAUSES)
def test_a_server_that_lets_nobody_in_yet_is_waited_for(tmp_path, message: str) -> None:
    with turning_away(message) as port:
        store = Store(f"postgresql://ann@127.0.0.1:{port}/d", tmp_path)
        done = store.run("serve", "--port", "0", "--database-wait", "1s", "--log-format", "text")
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert sum("waiting: " in line for line in lines) == 1
    assert PAUSES[message] in lines[-1]


@pytest.mark.parametrize("change", ["database", "schema"])
def test_what_does_not_pass_is_not_waited_for(server_store: Store, change: str) -> None:
    server = server_store.server
    other = "nowhere" if change == "database" else server.new_database()
    done = server_store.run(
        *("serve", "--port", "0", "--database-wait", "10m", "--database-url", server.url(other))
    )
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert ("no such database" if change == "database" else "run `chr21 migrate up`") in line


def test_an_empty_database_says_how_to_fill_it(server_store: Store) -> None:
    done = server_store.run("serve", "--port", "0")
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert "holds no dataset; load one with `chr21 load`" in line
