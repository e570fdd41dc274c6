#!/usr/bin/env python3
"""Prints how many instructions a request costs two builds of chr21, as a markdown table.

Counted by callgrind in user space, so that other work on the machine makes no difference:
a server is run with a few requests and again with many more; the difference is what these cost.
The kernel and the speed of an instruction do not count; script/bench versions measures both.
"""

import argparse
import http.client
import pathlib
import re
import subprocess
import tempfile
import time

import processes
from measured_requests import ROWS

FEW, MANY = 20, 220
START_LIMIT = 120  # seconds; some fifty times slower than without valgrind


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=pathlib.Path, help="the older program")
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the newer program")
    given = parser.parse_args()
    for program in (given.before, given.program):
        if not program.is_file():
            parser.error(f"there is no {program}")
    return given


def wait_until_open(port, process):
    """A connection with an answer: a start tries the port for a moment before it listens."""
    begun = time.monotonic()
    while time.monotonic() - begun < START_LIMIT:
        if process.poll() is not None:
            raise RuntimeError("the server ended at its start")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/health")
            connection.getresponse().read()
            return connection
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not listen within {START_LIMIT} s")


def instructions(program, folder, row, requests):
    """Of one run of the server that answers a row's request so many times, one after another."""
    port = processes.free_port()
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(program)]
    command += ["serve", "--port", str(port), "--threads", "1", "--no-access-log"]
    command += ["--log-level", "error", "--poll-interval", "3600s"]
    command += ["--database-url", f"sqlite:///{folder}/bench.sqlite3"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        connection = wait_until_open(port, server)
        for _ in range(requests):
            connection.request(row.method, row.path, row.body, row.headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != row.status:
                raise RuntimeError(f"{row.path} answered {answer.status}")
        connection.close()
    finally:
        server.terminate()
        said = server.communicate(timeout=START_LIMIT)[1]
    return int(re.findall(r"Collected : (\d+)", said)[0])


def cost(program, folder, row):
    """Instructions of one request."""
    few, many = (instructions(program, folder, row, count) for count in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def main():
    given = arguments()
    print("| request | before | after | ratio |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="chr21-bench-") as name:
        places: list[tuple[pathlib.Path, pathlib.Path]] = []
        for program in (given.before.resolve(), given.program.resolve()):
            folder = pathlib.Path(name) / str(len(places))
            folder.mkdir()
            with processes.chr21(program, folder, "/health"):
                places.append((program, folder))  # the file is filled
        for row in ROWS:
            if row.pipelined or row.connections > 32:
                continue
            before, after = (cost(program, folder, row) for program, folder in places)
            print(
                f"| {row.name} | {before:,.0f} | {after:,.0f} | **{after / before:.3f}** |",
                flush=True,
            )


if __name__ == "__main__":
    main()
