"""HTTP byte by byte over a plain socket, for what an ordinary client neither sends nor shows."""

import json
import socket
from dataclasses import dataclass
from typing import Any

import httpx

from server import PATIENCE


@dataclass
class Answer:
    """One answer as it came, under the names that httpx gives its parts."""

    http_version: str
    status_code: int
    reason_phrase: str
    headers: httpx.Headers
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


def request(
    target: str, method: str = "GET", headers: str = "", body: bytes = b"", host: str = "a.test"
) -> bytes:
    """A request; `headers` are whole lines."""
    lines = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}"
    if body:
        lines += f"Content-Length: {len(body)}\r\n"
    return lines.encode("latin-1") + b"\r\n" + body


class Connection:
    """A connection to a server of this machine; a context manager that closes it."""

    def __init__(self, port: int, receive_buffer: int | None = None):
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE)
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(("127.0.0.1", port))
        self._received = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *pieces: bytes) -> None:
        self.socket.sendall(b"".join(pieces))

    def _receive_more(self) -> bool:
        received = self.socket.recv(1 << 16)
        self._received += received
        return bool(received)

    def _take_until(self, mark: bytes) -> bytes:
        while mark not in self._received:
            if not self._receive_more():
                raise AssertionError(f"the connection ended after {self._received!r}")
        taken, _, self._received = self._received.partition(mark)
        return taken

    def _take(self, size: int) -> bytes:
        while len(self._received) < size:
            if not self._receive_more():
                raise AssertionError(f"the connection ended {size} bytes short")
        taken, self._received = self._received[:size], self._received[size:]
        return taken

    def _take_chunks(self) -> bytes:
        content = b""
        while size := int(self._take_until(b"\r\n"), 16):
            content += self._take(size)
            assert self._take(2) == b"\r\n"
        assert self._take(2) == b"\r\n"
        return content

    def receive(self, method: str = "GET") -> Answer:
        """The next answer; `method` is that of its request."""
        head = self._take_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        version, status, reason = head[0].split(" ", 2)
        fields = [(name, value) for name, _, value in (line.partition(": ") for line in head[1:])]
        headers = httpx.Headers(fields)
        bodiless = method == "HEAD" or status in ("204", "304") or status.startswith("1")
        if bodiless:
            content = b""
        elif headers.get("Transfer-Encoding") == "chunked":
            content = self._take_chunks()
        else:
            content = self._take(int(headers["Content-Length"]))
        return Answer(version, int(status), reason, headers, content)

    def ask(self, target: str, method: str = "GET", **parts: Any) -> Answer:
        self.send(request(target, method, **parts))
        return self.receive(method)

    def receive_to_end(self) -> bytes:
        """Whatever else comes until the server closes; a reset counts as that too."""
        try:
            while self._receive_more():
                pass
        except ConnectionResetError:
            pass
        rest, self._received = self._received, b""
        return rest

    def receive_last(self, method: str = "GET") -> Answer:
        """The next answer, which must be the last: behind it the server closes."""
        answer = self.receive(method)
        rest = self.receive_to_end()
        assert rest == b"", f"more came behind the last answer: {rest[:200]!r}"
        return answer
