"""A fake of AWS Lambda's Runtime and Extensions API, which can do what the real one does seldom.

It hands out the events that a test invokes it with, and keeps what the function posts. It can
answer with any status, break connections off, leave headers out and hold events back.
"""

import contextlib
import itertools
import json
import queue
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from server import PATIENCE

RUNTIME = "/2018-06-01/runtime"
EXTENSION = "/2020-01-01/extension"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:genes"
DROP = "drop"  # in place of a status: close the connection without a word


@dataclass
class Posted:
    """What the function posted about an invocation, or its start."""

    kind: str  # "response", "error"
    headers: dict[str, str]  # names in lower case
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeInvocation:
    """One event, and all that was posted about it."""

    request_id: str
    event: bytes
    headers: dict[str, str]
    reply: int | str = 202
    _posted: "queue.Queue[Posted]" = field(default_factory=queue.Queue)

    def answer(self) -> Posted:
        """The next thing that was posted, as soon as it is there."""
        return self._posted.get(timeout=PATIENCE)

    def response(self) -> dict:
        """The answer to a gateway, with its body as JSON where it is."""
        posted = self.answer()
        assert posted.kind == "response", posted
        return posted.json()

    def is_unanswered(self) -> bool:
        return self._posted.empty()


class FakeRuntimeApi:
    """Listens on a free port of this machine until its `with` block ends."""

    def __init__(self) -> None:
        self.next_reply: int | str = 200
        self.register_reply: int | str = 200
        self.start_failures: queue.Queue[Posted] = queue.Queue()
        self.start_failure_reply: int | str = 202
        self.user_agents: set[str] = set()
        self.extension_polls = 0
        self._invocations: dict[str, FakeInvocation] = {}
        self._events: queue.Queue[FakeInvocation | None] = queue.Queue()
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._waiting = 0
        self.asked = 0  # times that /next was asked
        self._closed = threading.Event()
        handler = type("Handler", (_Handler,), {"api": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> "FakeRuntimeApi":
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        with self._changed:
            still_waiting = self._waiting
        for poller in [None] * still_waiting:
            self._events.put(poller)
        self._server.shutdown()
        self._server.server_close()

    def invoke(
        self,
        event: object,
        *,
        deadline_in: float | None = 60.0,
        reply: int | str = 202,
        **headers: str,
    ) -> FakeInvocation:
        """Hands an event to whoever asks next. `headers`: with "_" for "-", on the answer of /next;
        `reply`: what is answered to the function's post."""
        request_id = f"8476a536-e9f4-11e8-9739-{next(self._numbers):012}"
        all_headers = {
            "Lambda-Runtime-Aws-Request-Id": request_id,
            "Lambda-Runtime-Invoked-Function-Arn": FUNCTION_ARN,
        }
        if deadline_in is not None:
            deadline = int((time.time() + deadline_in) * 1000)
            all_headers["Lambda-Runtime-Deadline-Ms"] = str(deadline)
        all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        made = FakeInvocation(request_id, body, all_headers, reply)
        self._invocations[request_id] = made
        self._events.put(made)
        return made

    def wait_for_pollers(self, count: int = 1) -> None:
        """Until so many requests for the next event wait at the same time."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._waiting >= count, PATIENCE), self._waiting

    def poll_of_extension(self) -> None:
        with self._changed:
            self.extension_polls += 1
            self._changed.notify_all()

    def wait_for_extension(self) -> None:
        """Until it has asked for its next event, without which the platform never begins."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.extension_polls > 0, PATIENCE)

    def next_event(self) -> FakeInvocation | None:
        with self._changed:
            self.asked += 1
            self._waiting += 1
            self._changed.notify_all()
        try:
            return self._events.get()
        finally:
            with self._changed:
                self._waiting -= 1

    def take_back(self, invocation: FakeInvocation) -> None:
        """Nobody was there any more to be given it."""
        self._events.put(invocation)

    def post(self, request_id: str, posted: Posted) -> int | str:
        invocation = self._invocations.get(request_id)
        if invocation is None:
            return 403
        invocation._posted.put(posted)
        return invocation.reply

    def hold(self) -> None:
        """For as long as the fake lives."""
        self._closed.wait()


class _Handler(BaseHTTPRequestHandler):
    api: FakeRuntimeApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.api.user_agents.add(self.headers["User-Agent"])
        if self.path == f"{EXTENSION}/event/next":
            assert self.headers["Lambda-Extension-Identifier"] == "an-extension"
            self.api.poll_of_extension()
            self.api.hold()
            self.close_connection = True
        elif self.path == f"{RUNTIME}/invocation/next":
            self.hand_out()
        else:
            self.reply(404)

    def hand_out(self) -> None:
        if self.api.next_reply != 200:
            self.api.asked += 1
            return self.reply(self.api.next_reply)
        invocation = self.api.next_event()
        if invocation is None:
            self.close_connection = True
            return None
        try:
            self.reply(200, invocation.headers, invocation.event)
        except OSError:
            self.api.take_back(invocation)
        return None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        posted = Posted(self.path.rpartition("/")[2], headers, body)
        if self.path == f"{RUNTIME}/init/error":
            self.api.start_failures.put(posted)
            return self.reply(self.api.start_failure_reply)
        if self.path == f"{EXTENSION}/register":
            assert headers["lambda-extension-name"] == "chr21"
            assert posted.json() == {"events": []}
            return self.reply(
                self.api.register_reply, {"Lambda-Extension-Identifier": "an-extension"}
            )
        request_id = self.path.removeprefix(f"{RUNTIME}/invocation/").rpartition("/")[0]
        return self.reply(self.api.post(request_id, posted))

    def reply(
        self, status: int | str, headers: dict[str, str] | None = None, body: bytes = b"{}"
    ) -> None:
        if isinstance(status, str):
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(body)
