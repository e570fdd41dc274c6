"""Steady requests while something happens to a server, and what they were answered."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from server import PATIENCE, Server

# Seconds after which an answer is too late, whatever it says.
BUDGET = 8.0


def wait_until(happened: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"not in {PATIENCE:.0f} s: {what}"
        time.sleep(0.02)


def metric(client: httpx.Client, name: str) -> float:
    """The value of a metric without labels."""
    lines = client.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


@dataclass
class Traffic:
    """Threads that ask for the targets in turn, from `with` to its end; every answer is kept."""

    server: Server
    targets: tuple[str, ...] = ("/genes?page_size=5", "/genes/ENSG00000000007", "/dataset")
    threads: int = 2
    pause: float = 0.005
    answers: list[httpx.Response] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> "Traffic":
        self._done = threading.Event()
        self._workers = [threading.Thread(target=self._ask) for _ in range(self.threads)]
        for worker in self._workers:
            worker.start()
        self.wait_for_more()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for worker in self._workers:
            worker.join()

    def _ask(self) -> None:
        with httpx.Client(base_url=self.server.url, timeout=BUDGET, trust_env=False) as client:
            turn = 0
            while not self._done.is_set():
                target = self.targets[turn % len(self.targets)]
                try:
                    self.answers.append(client.get(target))
                except httpx.HTTPError as fault:
                    self.failures.append(f"{target}: {fault!r}")
                turn += 1
                self._done.wait(self.pause)

    def wait_for_more(self, count: int = 20) -> None:
        """Until so many more answers have come."""
        wanted = len(self.answers) + len(self.failures) + count
        wait_until(lambda: len(self.answers) + len(self.failures) >= wanted, "more answers")

    def of(self, target: str) -> list[httpx.Response]:
        """The answers to one of the targets."""
        return [answer for answer in self.answers if answer.request.url.raw_path.decode() == target]

    def statuses(self) -> set[int]:
        return {answer.status_code for answer in self.answers}
