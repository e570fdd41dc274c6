#!/usr/bin/env python3
"""Prints how long answers by SQL take beside answers from memory, as markdown tables.

Servers of the same genes, one from memory and one by SQL on each engine, answer the same questions,
one at a time; rounds alternate between them. The latency that half and 99 % of a round's answers
had is told, as medians of rounds, and as ratios to memory.
"""

import argparse
import contextlib
import csv
import json
import pathlib
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import load
import processes
import scale

sys.path.append(str(pathlib.Path(__file__).parent.parent / "tests" / "databases"))
import database_servers

TIME_LIMIT = 900  # seconds, for everything
KINDS = ("by ID", "region of 100 kb", "any page", "search for a name", "name that is not there")
LOOK_UPS = "look-up of 1,000 names that are not there"
CONTENT_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: (\d+)")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--rounds", type=int, default=5, help="per question and engine")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 20:
        parser.error("--rounds must be from 1 to 20")
    if not given.program.is_file():
        parser.error(f"there is no {given.program}; script/bench builds it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds")


def latencies(server, paths):
    """Microseconds that half and 99 % of the answers took, each asked for once, one after another.

    wrk would count a slow answer many times over, for the questions that it kept from being asked.
    """
    taken = []
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path in paths:
            begun = time.perf_counter()
            connection.sendall(request_of(path))
            read_answer(connection)
            taken.append((time.perf_counter() - begun) * 1e6)
    ranked = statistics.quantiles(taken, n=100)
    return ranked[49], ranked[98]


def request_of(question):
    """A path, or the names of a look-up."""
    if isinstance(question, str):
        return f"GET {question} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    body = json.dumps({"names": question}).encode()
    head = "POST /genes/lookup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def read_answer(connection):
    answer = connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 404 ")):
        raise RuntimeError(f"not answered: {head.decode()}")
    missing = int(CONTENT_LENGTH.findall(head)[0]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(missing))


def start(program, url, store, first, running):
    port = processes.free_port()
    command = [str(program), "serve", "--port", str(port), "--threads", "1", "--no-access-log"]
    command += ["--database-url", url, "--store", store]
    return running.enter_context(processes.Server(command, port, first, start_limit=60))


def fill(program, url, export):
    for words in (["migrate", "up"], ["load", export]):
        command = [program, *words, "--database-url", url]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return url


def answered(server, kind, paths):
    status = 404 if kind.endswith("not there") else 200
    kept = [path for path in paths if server.get(path)[0] == status]
    if len(kept) < 0.9 * len(paths):
        raise RuntimeError(f"only {len(kept)} of {len(paths)} such as {paths[0]} are answered")
    return kept


def print_latencies(servers, paths, rounds):
    names = list(servers)
    print("| us, p50 / p99 | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for kind in paths:
        taken: dict[str, list] = {name: [] for name in names}
        for _ in range(rounds):
            for name in names:
                taken[name].append(latencies(servers[name], paths[kind]))
        cells = []
        base = None
        for name in names:
            half, nearly_all = (
                statistics.median(column) for column in zip(*taken[name], strict=True)
            )
            cell = f"{half:,.0f} / {nearly_all:,.0f}"
            if base is None:
                base = half, nearly_all
            else:
                cell += f" (**{half / base[0]:.1f}x / {nearly_all / base[1]:.1f}x**)"
            cells.append(cell)
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    program = given.program.resolve()
    with contextlib.ExitStack() as running:
        folder = pathlib.Path(
            running.enter_context(tempfile.TemporaryDirectory(prefix="chr21-database-mode-"))
        )
        export, source = load.unpack_export(folder)
        with export.open(encoding="utf-8", newline="") as file:
            genes = list(csv.DictReader(file))
        print(f"{len(genes):,} genes ({source}); medians of {given.rounds} alternating rounds;")
        print(f"{processes.machine()}.\n")
        urls = {"SQLite": fill(program, f"sqlite:///{folder}/genes.sqlite3", export)}
        for name, kind in (
            ("PostgreSQL", database_servers.PostgresqlServer),
            ("MariaDB", database_servers.MariadbServer),
        ):
            server = kind(durable=True)
            running.callback(server.stop)
            urls[name] = fill(program, server.url(server.new_database()), export)
        first = f"/genes/{genes[0]['Gene stable ID']}"
        servers = {"memory": start(program, urls["SQLite"], "memory", first, running)}
        for name, url in urls.items():
            servers[name] = start(program, url, "database", first, running)
        paths = scale.questions(scale.Table(export, genes, servers["memory"]), random.Random(21))
        # A region that lies beyond its chromosome's end is not a question that is answered.
        paths = {kind: answered(servers["memory"], kind, paths[kind]) for kind in KINDS}
        paths[LOOK_UPS] = [[f"NONE-{number}-{at}" for at in range(1000)] for number in range(50)]
        print_latencies(servers, paths, given.rounds)


if __name__ == "__main__":
    sys.exit(main())
