#!/usr/bin/env python3
"""Prints how long cheap requests wait beside costly ones, as a markdown table.

For each kind of costly client a server is asked for cheap things by a process of its own, first
alone and then beside the costly clients, in rounds. What 99 % of the cheap answers took is told, as
medians of the rounds, with the least and the greatest. Beside costly clients that may be five times
what it is alone, or 25 ms where that is more.
"""

import argparse
import contextlib
import csv
import json
import multiprocessing
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import database_mode
import load
import processes

sys.path.append(str(pathlib.Path(__file__).parent.parent / "tests" / "databases"))
import database_servers

TIME_LIMIT = 1800  # seconds, for everything
MOST_TIMES = 5
ALWAYS_ALLOWED = 25.0  # ms
SETTLE = 0.3  # seconds from the start of the costly clients to the first question

HEAD = (
    b"HEAD /genes?format=ndjson&fields=all,length,band HTTP/1.1\r\nHost: x\r\n"
    b"Accept-Encoding: br\r\n\r\n"
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--rounds", type=int, default=5, help="per kind of costly client")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 20:
        parser.error("--rounds must be from 1 to 20")
    if not given.program.is_file():
        parser.error(f"there is no {given.program}; script/bench builds it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds")


def get(path, headers=""):
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()


def lookup(dataset, count):
    names = json.dumps({"names": [f"QXZ{number}" for number in range(count)]}).encode()
    head = f"POST /genes/lookup?dataset={dataset} HTTP/1.1\r\nHost: x\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(names)}\r\n\r\n"
    return head.encode() + names


class Answers:
    """Reads answers off a connection, as far as it takes to see where each ends."""

    def __init__(self, connection):
        self.connection = connection
        self.received = b""

    def more(self):
        received = self.connection.recv(1 << 20)
        if not received:
            raise ConnectionError("the server has closed")
        self.received += received

    def take(self, size):
        while len(self.received) < size:
            self.more()
        self.received = self.received[size:]

    def skip_one(self, bodiless):
        while b"\r\n\r\n" not in self.received:
            self.more()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        if bodiless:
            return
        length = database_mode.CONTENT_LENGTH.findall(head)
        if length:
            self.take(int(length[0]))
            return
        while not self.received.endswith(b"0\r\n\r\n"):  # the last chunk
            self.received = self.received[-4:]
            self.more()
        self.received = b""


def converse(port, request, answers):
    """Sends the same bytes again whenever so many answers have come."""
    while True:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
        ):
            reader = Answers(connection)
            while True:
                connection.sendall(request)
                for _ in range(answers):
                    reader.skip_one(request.startswith(b"HEAD"))


def crowd(port, requests):
    for request in requests:
        answers = request.count(b" HTTP/1.1\r\n")
        threading.Thread(target=converse, args=(port, request, answers)).start()


@contextlib.contextmanager
def clients(port, requests):
    """Costly clients, in a process of their own."""
    child = multiprocessing.get_context("fork").Process(
        target=crowd, args=(port, requests), daemon=True
    )
    child.start()
    time.sleep(SETTLE)
    try:
        yield
    finally:
        child.kill()
        child.join()


@contextlib.contextmanager
def frozen(database, crowd):
    database.freeze()
    try:
        with crowd:
            yield
    finally:
        database.thaw()


def probe(port, seconds, paths):
    """What 99 % of the answers took, in milliseconds, by path."""
    prober = pathlib.Path(__file__).with_name("prober.py")
    told = subprocess.run(
        [sys.executable, prober, str(port), str(seconds), *paths],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
    return {path: times["most"] for path, times in json.loads(told).items()}


def measure(name, server, paths, costly, given):
    """Prints the lines of one kind of costly client; `costly` makes them."""
    alone: dict[str, list[float]] = {path: [] for path in paths}
    beside: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(given.rounds):
        for path, most in probe(server.port, given.seconds, paths).items():
            alone[path].append(most)
        with costly():
            for path, most in probe(server.port, given.seconds, paths).items():
                beside[path].append(most)
        time.sleep(SETTLE)  # until what the costly clients have left is done with
    for path in paths:
        without, under = statistics.median(alone[path]), statistics.median(beside[path])
        allowed = max(MOST_TIMES * without, ALWAYS_ALLOWED)
        kind = "one gene by ID" if path.startswith("/genes/") else f"`{path}`"
        print(
            f"| {name} | {kind} | {without:.2f} ({min(alone[path]):.2f}-{max(alone[path]):.2f}) "
            f"| **{under:.2f}** ({min(beside[path]):.2f}-{max(beside[path]):.2f}) "
            f"| {allowed:.0f} | {'met' if under <= allowed else 'missed'} |",
            flush=True,
        )


def start(program, url, store, first, running):
    port = processes.free_port()
    command = [str(program), "serve", "--port", str(port), "--no-access-log"]
    command += ["--database-url", url, "--store", store]
    return running.enter_context(processes.Server(command, port, first, start_limit=60))


def fill(program, url, folder, export):
    """The genes as a dataset that can be pinned, and a small one that is active."""
    database_mode.fill(program, url, export)
    small = folder / "small.csv"
    with export.open(encoding="utf-8") as all_rows, small.open("w", encoding="utf-8") as few:
        few.writelines(row for row, _ in zip(all_rows, range(1000), strict=False))
    subprocess.run(
        [program, "load", small, "--database-url", url], stdout=subprocess.DEVNULL, check=True
    )


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    program = given.program.resolve()
    with contextlib.ExitStack() as running:
        folder = pathlib.Path(
            running.enter_context(tempfile.TemporaryDirectory(prefix="chr21-stalls-"))
        )
        export, source = load.unpack_export(folder)
        with export.open(encoding="utf-8", newline="") as file:
            gene = f"/genes/{next(csv.DictReader(file))['Gene stable ID']}"
        cheap = ["/health", "/metrics", gene]
        database = database_servers.PostgresqlServer(durable=True)
        running.callback(database.stop)
        urls = {
            "large": f"sqlite:///{folder}/large.sqlite3",
            "pinned": f"sqlite:///{folder}/pinned.sqlite3",
            "server": database.url(database.new_database()),
        }
        database_mode.fill(program, urls["large"], export)
        for name in ("pinned", "server"):
            fill(program, urls[name], folder, export)
        print(f"{source}; medians of {given.rounds} rounds of {given.seconds:g} s;")
        print(f"{processes.machine()}.\n")
        print("| beside | asked for | p99 alone, ms | p99 beside, ms | allowed, ms | |")
        print("|---|---|---|---|---|---|")

        large = start(program, urls["large"], "memory", gene, running)
        searches = "&".join(f"search=Q{number % 10}" for number in range(100))
        table = get("/genes?format=ndjson", "Accept-Encoding: br\r\n")
        for name, requests in {
            "2 clients, each 160 pipelined HEAD of all fields, brotli": [HEAD * 160] * 2,
            "4 clients that fetch all genes in brotli": [table] * 4,
            "a client that has 100 searches in one query": [get(f"/genes?{searches}")],
        }.items():
            measure(name, large, cheap, lambda r=requests: clients(large.port, r), given)

        pinned = start(program, urls["pinned"], "memory", gene, running)
        for count in (100, 1000):
            request = lookup("export", count)
            measure(
                f"a lookup of {count:,} unknown names in a pinned dataset",
                pinned,
                cheap,
                lambda r=request: clients(pinned.port, [r]),
                given,
            )

        memory = start(program, urls["server"], "memory", gene, running)
        asks_pinned = get(f"{gene}?dataset=export")
        measure(
            "PostgreSQL frozen, 4 clients that pin another dataset",
            memory,
            cheap,
            lambda: frozen(database, clients(memory.port, [asks_pinned] * 4)),
            given,
        )
        by_sql = start(program, urls["server"], "database", gene, running)
        measure(
            "PostgreSQL frozen, 4 clients, all answers by SQL",
            by_sql,
            ["/health", "/metrics"],
            lambda: frozen(database, clients(by_sql.port, [get(gene)] * 4)),
            given,
        )


if __name__ == "__main__":
    sys.exit(main())
