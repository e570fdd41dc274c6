#!/usr/bin/env python3
"""Prints how long a start takes until the first answer, as a markdown table.

One export in a SQLite file; three kinds of starts alternate: the catalog made from the database,
the same while its file is written, and the catalog read from that file. All files are in the
system's cache, as after a load.
"""

import argparse
import gzip
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import make_mart_export
import processes

TIME_LIMIT = 600  # seconds, for everything
GENES = 78_894
FEWEST_GENES = 10_000
WRITE_LIMIT = 60  # seconds, for the file of the catalog


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--rounds", type=int, default=9, help="starts of each kind")
    parser.add_argument("--genes", type=int, default=GENES, help="of a generated export")
    parser.add_argument("--export", type=pathlib.Path, help="in place of a generated one")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 100:
        parser.error("--rounds must be from 1 to 100")
    if given.genes < FEWEST_GENES:
        parser.error(f"--genes must be {FEWEST_GENES} or more: for fewer there is no file")
    for file in (given.program, *([given.export] if given.export else [])):
        if not file.is_file():
            parser.error(f"there is no {file}")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds or --genes")


def text_bytes(export):
    """The size of the export, unpacked."""
    packed = export.read_bytes()
    return len(gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed)


def load(program, export, url):
    command = [str(program), "load", str(export), "--database-url", url, "--report", "json"]
    subprocess.run([*command, "--name", "measured"], stdout=subprocess.DEVNULL, check=True)


def start(server, catalog, wait_for_it=False):
    """Milliseconds to the first answer, and the bytes of memory after it."""
    took = server.start()
    pss = server.pss_bytes()
    deadline = time.monotonic() + WRITE_LIMIT
    while wait_for_it and not catalog.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{catalog} was not written within {WRITE_LIMIT} s")
        time.sleep(0.01)
    server.stop()
    return took, pss


def server_of(program, database, *flags):
    port = processes.free_port()
    command = [str(program), "serve", "--port", str(port), "--threads", "1", "--no-access-log"]
    command += ["--database-url", f"sqlite:///{database}", *flags]
    return processes.Server(command, port, "/genes?page_size=1", 60)


def measure(program, database, catalog, rounds):
    """For each kind of start what start() tells of every round."""
    made = server_of(program, database, "--no-catalog-file")
    kept = server_of(program, database)
    taken: tuple[list[float], ...] = ([], [], [])
    for _ in range(rounds):
        catalog.unlink(missing_ok=True)
        taken[0].append(start(made, catalog))
        taken[1].append(start(kept, catalog, wait_for_it=True))
        taken[2].append(start(kept, catalog))
    return taken


def print_starts(taken, export_bytes, program_bytes):
    print("| start | to first 200, ms (least-greatest) | PSS, MiB ", end="")
    print("| PSS over that of the bundled genes, times the export |\n|---|---|---|---|")
    kinds = ("catalog from SQLite", "the same, its file written", "catalog from its file")
    for kind, rounds in zip(kinds, taken, strict=True):
        times = [took for took, _ in rounds]
        pss = statistics.median(each for _, each in rounds)
        print(f"| {kind} | **{statistics.median(times):.0f}** ", end="")
        print(f"({min(times):.0f}-{max(times):.0f}) ", end="")
        print(f"| {pss / 2**20:.1f} | {(pss - program_bytes) / export_bytes:.1f} |")


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    with tempfile.TemporaryDirectory(prefix="chr21-start-") as name:
        folder = pathlib.Path(name)
        export = given.export
        if not export:
            export = folder / "generated.csv"
            with export.open("w", encoding="utf-8", newline="\n") as out:
                make_mart_export.write(out, given.genes, seed=21, attributes=False)
        program = given.program.resolve()
        database = folder / "genes.sqlite3"
        load(program, export, f"sqlite:///{database}")
        catalog = database.with_name(f"{database.name}.catalog")
        _, bundled = start(server_of(program, folder / "bundled.sqlite3"), catalog)
        taken = measure(program, database, catalog, given.rounds)
        print_starts(taken, text_bytes(export), bundled)
        print(f"\nThe database has {database.stat().st_size / 1e6:.1f} MB, ", end="")
        print(f"the file of the catalog {catalog.stat().st_size / 1e6:.1f} MB.")


if __name__ == "__main__":
    sys.exit(main())
