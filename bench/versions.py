#!/usr/bin/env python3
"""Prints what a request costs two builds of chr21, as a markdown table of CPU time per request.

Both have one thread and share one core with wrk; rounds of one second alternate between them, so
that whatever else the machine does meets both. Medians, and the ratio of each pair of rounds with
its least and greatest.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import tempfile

import processes
import wrk
from http_ratios import start_milliseconds
from measured_requests import GENE, ROWS


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=pathlib.Path, help="the older program")
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the newer program")
    parser.add_argument("--rounds", type=int, default=15, help="per row")
    given = parser.parse_args()
    if given.rounds < 1 or given.rounds > 50:
        parser.error("--rounds must be from 1 to 50")
    for program in (given.before, given.program):
        if not program.is_file():
            parser.error(f"there is no {program}")
    return given


def compare(row, before, after, pinned, rounds, folder):
    """The table line of one row."""
    script = wrk.script_of(row, folder)
    older: list[float] = []
    newer: list[float] = []
    for _ in range(rounds):
        for server, spent in ((before, older), (after, newer)):
            measured = wrk.run_wrk(server, row.path, pinned, row.connections, script, row.status)
            spent.append(measured.cpu_microseconds)
    ratios = [new / old for old, new in zip(older, newer, strict=True)]
    return (
        f"| {row.name} | {statistics.median(older):.2f} | {statistics.median(newer):.2f} "
        f"| **{statistics.median(ratios):.3f}** ({min(ratios):.3f}-{max(ratios):.3f}) |"
    )


def print_costs(before, after, folder, pinned, rounds):
    print("| request | before, CPU us | after, CPU us | ratio (least-greatest) |")
    print("|---|---|---|---|")
    with contextlib.ExitStack() as stack:
        old, new = (
            stack.enter_context(processes.chr21(program, place, GENE, pinned))
            for program, place in ((before, folder / "before"), (after, folder / "after"))
        )
        for server in (old, new):
            wrk.run_wrk(server, GENE, pinned)  # warms up
        for row in ROWS:
            print(compare(row, old, new, pinned, rounds, folder), flush=True)


def print_starts(before, after, folder, rounds):
    starts = []
    for program, place in ((before, folder / "before"), (after, folder / "after")):
        server = processes.chr21(program, place, GENE)
        starts.append(statistics.median(start_milliseconds(server, rounds)))
    print(f"\nstart to first 200: {starts[0]:.1f} ms before, {starts[1]:.1f} ms after")


def main():
    given = arguments()
    before, after = given.before.resolve(), given.program.resolve()
    pinned = ("taskset", "-c", str(max(os.sched_getaffinity(0))))
    with tempfile.TemporaryDirectory(prefix="chr21-bench-") as name:
        folder = pathlib.Path(name)
        for place in ("before", "after"):
            (folder / place).mkdir()
        print_costs(before, after, folder, pinned, given.rounds)
        print_starts(before, after, folder, given.rounds)


if __name__ == "__main__":
    main()
