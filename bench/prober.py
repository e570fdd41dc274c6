#!/usr/bin/env python3
"""Asks a server for some paths in turn, one at a time, and prints how long answers took as JSON.

A process of its own, so that whoever makes a server busy does not share an interpreter with whoever
measures it. For each path: the milliseconds that half, 99 % and the slowest of the answers took.
"""

import argparse
import json
import socket
import statistics
import sys
import time

from database_mode import read_answer

PAUSE = 0.002  # seconds between two questions
PATIENCE = 60  # seconds


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("paths", nargs="+")
    return parser.parse_args()


def ask(connection, path):
    begun = time.perf_counter()
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    read_answer(connection)
    return (time.perf_counter() - begun) * 1e3


def main():
    given = arguments()
    taken: dict[str, list[float]] = {path: [] for path in given.paths}
    with socket.create_connection(("127.0.0.1", given.port), timeout=PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path in given.paths:
            ask(connection, path)  # opens what is opened once
        end = time.perf_counter() + given.seconds
        while time.perf_counter() < end or min(map(len, taken.values())) < 2:
            for path in given.paths:
                taken[path].append(ask(connection, path))
                time.sleep(PAUSE)
    told = {}
    for path, times in taken.items():
        ranked = statistics.quantiles(times, n=100, method="inclusive")
        told[path] = {"half": ranked[49], "most": ranked[98], "slowest": max(times)}
    print(json.dumps(told))


if __name__ == "__main__":
    sys.exit(main())
