#!/usr/bin/env python3
"""Prints how chr21 compares with nginx serving the same bytes as files, as a markdown table.

Both have one thread and share one core with wrk; rounds of one second alternate between them, and
medians are told with the least and the greatest ratio. Requests per second swing from run to run,
so compare ratios and CPU time per request only.
"""

import argparse
import contextlib
import os
import pathlib
import resource
import signal
import socket
import statistics
import subprocess
import tempfile

import processes
import wrk
from measured_requests import GENE, ROWS

TIME_LIMIT = 235  # seconds, for everything
IDLE_CONNECTIONS = 8000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--rounds", type=int, default=7, help="per row, at least 5 to be quoted")
    parser.add_argument("--quick", action="store_true", help="one round of everything, as a trial")
    given = parser.parse_args()
    if given.rounds < 1 or given.rounds > 12:
        parser.error("--rounds must be from 1 to 12; more would pass the time limit")
    if not given.program.is_file():
        parser.error(f"there is no {given.program}; script/bench builds it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds")


def compare(row, ours, theirs, pinned, rounds, folder):
    """The table line of one row."""
    script = wrk.script_of(row, folder)
    their_script = script if row.pipelined else None
    us, them = [], []
    for _ in range(rounds):
        us.append(wrk.run_wrk(ours, row.path, pinned, row.connections, script, row.status))
        them.append(wrk.run_wrk(theirs, f"/{row.file}", pinned, row.connections, their_script))
    ratios = [
        mine.requests_per_second / other.requests_per_second
        for mine, other in zip(us, them, strict=True)
    ]
    rate = [statistics.median(r.requests_per_second for r in side) for side in (us, them)]
    cpu = [statistics.median(r.cpu_microseconds for r in side) for side in (us, them)]
    ratio, cpu_ratio = statistics.median(ratios), cpu[0] / cpu[1]
    size = (folder / "files" / row.file).stat().st_size
    return (
        f"| {row.name} | {size:,} | {rate[0]:,.0f} | {rate[1]:,.0f} "
        f"| **{ratio:.2f}** ({min(ratios):.2f}-{max(ratios):.2f}) "
        f"| {cpu[0]:.2f} | {cpu[1]:.2f} | **{cpu_ratio:.2f}** "
        f"| {row.goal_text()} | {row.verdict(ratio, cpu_ratio)} |"
    )


def print_rates(program, folder, pinned, rounds, rows):
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(processes.chr21(program, folder, GENE, pinned))
        for row in rows:
            status, body = ours.ask(row.method, row.path, row.body, row.headers)
            if status != row.status:
                raise RuntimeError(f"{row.path} answers {status}")
            (folder / "files" / row.file).write_bytes(body)
        theirs = stack.enter_context(processes.nginx(folder, "/gene", pinned))
        for server, path in ((ours, GENE), (theirs, "/gene")):
            wrk.run_wrk(server, path, pinned)  # warms up
        print("| request | bytes | ours, req/s | nginx, req/s | ratio (least-greatest) ", end="")
        print("| our CPU us/req | nginx CPU us/req | CPU ratio | goal | |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for row in rows:
            print(compare(row, ours, theirs, pinned, rounds, folder), flush=True)


def start_milliseconds(server, times):
    """Of `times` starts, the first of which may have to make its files and does not count."""
    taken = []
    for _ in range(times + 1):
        taken.append(server.start())
        server.stop()
    return taken[1:]


def bytes_per_idle_connection(server, path, connections):
    """What each of many clients costs that asked once and then keep silent, without the kernel's.

    Measured on the last quarter of them: the first ones take memory that was freed after the start.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    last = connections // 4
    with contextlib.ExitStack() as stack:
        for number in range(connections):
            if number == connections - last:
                before = server.pss_bytes()
            client = socket.create_connection(("127.0.0.1", server.port), timeout=5)
            stack.enter_context(client)
            client.sendall(request)
            client.recv(65536)
        return (server.pss_bytes() - before) / last


def print_costs(program, folder, starts, connections):
    ours = processes.chr21(program, folder, GENE)
    theirs = processes.nginx(folder, "/gene")
    print("\n| | ours | nginx | goal | |\n|---|---|---|---|---|")
    times = [start_milliseconds(server, starts) for server in (ours, theirs)]
    middle = [statistics.median(side) for side in times]
    shown = [
        f"{mid:.1f} ({min(side):.1f}-{max(side):.1f})"
        for mid, side in zip(middle, times, strict=True)
    ]
    verdict = "met" if middle[0] <= 25 else "missed"
    print(f"| start to first 200, ms | {shown[0]} | {shown[1]} | 25 | {verdict} |", flush=True)
    pss, idle = [], []
    for server, path in ((ours, GENE), (theirs, "/gene")):
        with server:
            wrk.run_wrk(server, path, ())
            pss.append(server.pss_bytes() / 2**20)
            idle.append(bytes_per_idle_connection(server, path, connections))
    verdict = "met" if pss[0] <= 12 else "missed"
    print(f"| PSS after a warm-up, MiB | {pss[0]:.1f} | {pss[1]:.1f} | 12 | {verdict} |")
    print(f"| PSS per idle connection, bytes | {idle[0]:,.0f} | {idle[1]:,.0f} | | |")


def print_circumstances(rounds):
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr
    print(f"{version.split()[-1]}, 1 worker, sendfile off; chr21, 1 thread; wrk -t1 -d1s; all on")
    print(f"one of {processes.machine()}; medians of {rounds} alternating rounds.\n")


def main():
    given = arguments()
    rounds, starts = (1, 3) if given.quick else (given.rounds, 15)
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    connections = min(IDLE_CONNECTIONS, most_files - 200)
    pinned = ("taskset", "-c", str(max(os.sched_getaffinity(0))))
    with tempfile.TemporaryDirectory(prefix="chr21-bench-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)  # nginx's worker is another user when it is started by root
        (folder / "files").mkdir()
        print_circumstances(rounds)
        print_rates(given.program.resolve(), folder, pinned, rounds, ROWS)
        print_costs(given.program.resolve(), folder, starts, connections)


if __name__ == "__main__":
    main()
