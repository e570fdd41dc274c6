"""The program as a function of AWS Lambda: in a process of its own, beside some Runtime API."""

import json
import re
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import IO, Any

from server import BINARY, PATIENCE, clean_environment, database_url


def lambda_environment(runtime_api: str, **variables: str) -> dict[str, str]:
    """What Lambda sets, and `variables`."""
    return clean_environment(
        **{
            "AWS_LAMBDA_RUNTIME_API": runtime_api,
            "AWS_LAMBDA_FUNCTION_NAME": "genes",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            **variables,
        }
    )


class LambdaFunction:
    """`chr21`, or `chr21 serve`; what it writes is kept by line."""

    def __init__(
        self,
        directory: Path,
        runtime_api: str,
        *arguments: str,
        variables: dict[str, str] | None = None,
    ):
        defaults = {"DATABASE_URL": database_url(directory / "genes.sqlite3")}
        self.process = subprocess.Popen(
            [BINARY, *arguments],
            cwd=directory,
            env=lambda_environment(runtime_api, **(defaults | (variables or {}))),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.log: list[str] = []
        self.output: list[str] = []
        self._grown = threading.Condition()
        streams = ((self.process.stderr, self.log), (self.process.stdout, self.output))
        self._listeners = [
            threading.Thread(target=self._read, args=stream, daemon=True) for stream in streams
        ]
        for listener in self._listeners:
            listener.start()

    def _read(self, stream: IO[bytes], lines: list[str]) -> None:
        for line in stream:
            with self._grown:
                lines.append(line.decode().rstrip("\n"))
                self._grown.notify_all()

    def wait_for_log(self, pattern: str) -> str:
        """The first log line in which `pattern` is found, as soon as it is there."""

        def found() -> list[str]:
            return [line for line in self.log if re.search(pattern, line)]

        with self._grown:
            assert self._grown.wait_for(found, PATIENCE), "\n".join(self.log)
            return found()[0]

    def entries(self, message: str) -> list[dict[str, Any]]:
        """The lines of the log with this message."""
        lines = [json.loads(line) for line in self.log if line.startswith("{")]
        return [line for line in lines if line["message"] == message]

    def wait(self) -> int:
        """The exit code, once the process and what it writes have ended."""
        code = self.process.wait(PATIENCE)
        for listener in self._listeners:
            listener.join(PATIENCE)
        return code

    def stop(self) -> None:
        """As Lambda ends a sandbox that has an extension."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.wait()
        assert code == 0, f"exit code {code}; the log's end:\n" + "\n".join(self.log[-30:])

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    def threads(self) -> list[Path]:
        return sorted(Path(f"/proc/{self.process.pid}/task").iterdir())

    def switches(self) -> dict[str, int]:
        """How often each thread has been given, and has left, a processor."""
        counts = {}
        for thread in self.threads():
            status = (thread / "status").read_text()
            counts[thread.name] = sum(
                int(count) for count in re.findall(r"ctxt_switches:\s+(\d+)", status)
            )
        return counts

    def wait_until_idle(self) -> None:
        """Until every thread sleeps."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            stats = [(thread / "stat").read_text().rpartition(")")[2] for thread in self.threads()]
            if all(stat.split()[0] == "S" for stat in stats):
                return
            time.sleep(0.01)
        raise AssertionError("some thread never sleeps")


def web_event(
    target: str, method: str = "GET", headers: dict[str, str] | None = None, body: str | None = None
) -> dict[str, Any]:
    """As a function URL sends a request (payload format 2.0)."""
    path, _, query = target.partition("?")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "x.lambda-url.eu-west-1.on.aws", **(headers or {})},
        "requestContext": {
            "domainName": "x.lambda-url.eu-west-1.on.aws",
            "stage": "$default",
            "requestId": "of-the-gateway",
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
        },
        "isBase64Encoded": False,
    }
    return event if body is None else event | {"body": body}
