"""The program under test: as a server with its own database and a free port, or run to its end."""

import atexit
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("CHR21_BINARY", "build/release/src/chr21"))
BINARY = BINARY if BINARY.is_absolute() else PROJECT / BINARY

SLOWNESS = 2.0 if os.environ.get("CHR21_SLOW") == "1" else 1.0
# Seconds after which something that ought to happen at once has not happened.
PATIENCE = 15.0 * SLOWNESS


def clean_environment(**variables: str) -> dict[str, str]:
    """The environment without settings of the program, so that only those given here count."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CHR21_") and name != "DATABASE_URL"
    }
    return kept | variables


@functools.cache
def program_for(user: int | None) -> Path:
    """The program where that user may run it: a checkout may lie in its owner's private folder."""
    if user is None:
        return BINARY
    folder = Path(tempfile.mkdtemp(prefix="chr21-program-"))
    atexit.register(shutil.rmtree, folder)
    folder.chmod(0o755)
    return Path(shutil.copy(BINARY, folder))


def database_url(file: Path) -> str:
    return f"sqlite:///{file}"


def run(
    *arguments: str,
    directory: Path,
    variables: dict[str, str] | None = None,
    user: int | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Runs the program to its end, in `directory`."""
    return subprocess.run(
        [program_for(user), *arguments],
        cwd=directory,
        env=clean_environment(**(variables or {})),
        user=user,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


class Server:
    """`chr21 serve` in a process of its own; the port is read from its log."""

    def __init__(
        self,
        directory: Path,
        *flags: str,
        variables: dict[str, str] | None = None,
        user: int | None = None,
        within: Sequence[str] = (),
    ):
        """`within`: a command that runs the program that its arguments name."""
        directory.mkdir(parents=True, exist_ok=True)
        self.database = directory / "genes.sqlite3"
        variables = variables or {}
        if "--database-url" not in flags and "DATABASE_URL" not in variables:
            flags = ("--database-url", database_url(self.database), *flags)
        if "--port" not in flags and "CHR21_PORT" not in variables:
            flags = ("--port", "0", *flags)
        self._start(
            [*within, program_for(user), "serve", *flags],
            cwd=directory,
            env=clean_environment(**variables),
            user=user,
        )

    def _start(self, command: Sequence[str | Path], **settings: Any) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **settings,
        )
        self.log: list[str] = []
        self._grown = threading.Condition()
        self._log_ended = False
        self._listener = threading.Thread(target=self._read_log, daemon=True)
        self._listener.start()
        started = self.wait_for_log(r"serving.*http://[^\s\"]*:\d+")
        self.port = int(re.findall(r"http://[^\s\"]*:(\d+)", started)[0])
        self.url = f"http://127.0.0.1:{self.port}"

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._grown:
                self.log.append(line.decode().rstrip("\n"))
                self._grown.notify_all()
        with self._grown:
            self._log_ended = True
            self._grown.notify_all()

    def wait_for_log(self, pattern: str) -> str:
        """The first log line in which `pattern` is found, as soon as it is there."""
        deadline = time.monotonic() + PATIENCE
        seen = 0
        with self._grown:
            while True:
                for line in self.log[seen:]:
                    if re.search(pattern, line):
                        return line
                seen = len(self.log)
                left = deadline - time.monotonic()
                if self._log_ended or left <= 0:
                    break
                self._grown.wait(left)
        self.kill()
        raise AssertionError(f"no log line with {pattern!r}; the log:\n" + "\n".join(self.log))

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        """The exit code, once the process and its log have ended."""
        code = self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        return code

    def stop(self) -> None:
        """Ends the server as an operator would; a sanitizer's complaint shows in the exit code."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            code = self.wait()
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        assert code == 0, f"exit code {code}; the log's end:\n" + "\n".join(self.log[-30:])

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
