#!/usr/bin/env python3
"""Prints what chr21 costs as a function of AWS Lambda beside the Python service it takes the place
of, as markdown tables.

Both are started by a fake of the Runtime API (bench/fake_runtime.cpp), again and again in turn, and
answer the same events. CPU time is of the whole process, its kernel's share included; that of an
event is what many events cost more than few. "the least" is a program with its answer ready: what
the fake itself allows.
"""

import argparse
import csv
import json
import os
import pathlib
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile

import processes

TIME_LIMIT = 600  # seconds, for everything
EVENTS = 2_000
ROOT = pathlib.Path(__file__).parent.parent
COLUMNS = {
    "Gene stable ID": "gene_stable_id TEXT PRIMARY KEY",
    "Gene name": "gene_name TEXT",
    "Gene description": "gene_description TEXT",
    "Chromosome/scaffold name": "chromosome TEXT",
    "Gene start (bp)": "gene_start INTEGER",
    "Gene end (bp)": "gene_end INTEGER",
    "Strand": "strand INTEGER",
    "Gene type": "gene_type TEXT",
}
PATHS = {"one gene by ID": "/genes/ENSG00000142192", "25 genes": "/genes"}
GOALS = {"start": 12.0, "start, catalog prepared": 10.0}  # ms of CPU
LEAST_RATIO = 30  # of the Python service's CPU time for an event to ours
MOST_START_SHARE = 0.02  # of its time to the first request for an event
MOST_RSS = 16  # MB


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--fake", type=pathlib.Path, required=True, help="bench/fake_runtime")
    parser.add_argument("--python", type=pathlib.Path, required=True, help="with FastAPI and so on")
    parser.add_argument("--rounds", type=int, default=7, help="of each kind of run")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 30:
        parser.error("--rounds must be from 1 to 30")
    for program in (given.program, given.fake, given.python):
        if not program.is_file():
            parser.error(f"there is no {program}; script/bench lambda makes it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds")


def event_of(path):
    """As an HTTP API of API Gateway sends a browser's request."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "accept": "application/json",
            "accept-encoding": "identity",  # the Python service does not compress
            "content-length": "0",
            "host": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
            "user-agent": "curl/8.5.0",
            "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
            "http": {
                "method": "GET",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "curl/8.5.0",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": 1583348638390,
        },
        "isBase64Encoded": False,
    }


def fill_original(file):
    """The bundled genes in the original's one table."""
    with (ROOT / "data" / "chr21_genes.csv").open(encoding="utf-8", newline="") as genes:
        of_id = {gene["Gene stable ID"]: gene for gene in csv.DictReader(genes)}
    rows = [[gene[column] or None for column in COLUMNS] for gene in of_id.values()]
    database = sqlite3.connect(file)
    database.execute(f"CREATE TABLE genes ({', '.join(COLUMNS.values())})")
    database.executemany(f"INSERT INTO genes VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    database.execute("CREATE INDEX gene_by_start ON genes (gene_start)")
    database.commit()
    database.close()


class Bench:
    """Runs of programs under the fake."""

    def __init__(self, given, folder):
        self.fake = given.fake.resolve()
        self.rounds = given.rounds
        self.folder = folder
        program = given.program.resolve()
        places = {name: folder / f"{name}.sqlite3" for name in ("plain", "prepared", "original")}
        fill_original(places["original"])
        for name in ("plain", "prepared"):
            command = [program, "load", "--bundled", "--database-url", f"sqlite:///{places[name]}"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        prepare = [program, "datasets", "prepare", "--database-url"]
        prepare.append(f"sqlite:///{places['prepared']}")
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
        self.commands = {
            name: [program, "serve", "--database-url", f"sqlite:///{places[name]}"]
            for name in ("plain", "prepared")
        }
        script = pathlib.Path(__file__).parent / "original_handler.py"
        self.commands["original"] = [given.python, script, places["original"]]
        answer = folder / "answer"
        answer.write_text("{}" + " " * 600)
        self.commands["least"] = [self.fake, "--answer", answer]

    def run(self, name, path, events):
        event = self.folder / "event.json"
        event.write_text(json.dumps(event_of(path)))
        done = subprocess.run(
            [self.fake, event, str(events), *self.commands[name]],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "AWS_LAMBDA_FUNCTION_NAME": "genes"},
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])  # after the metrics that it writes there

    def starts(self):
        """By program: medians of the milliseconds and of the CPU time to the first request."""
        runs: dict[str, list[dict]] = {name: [] for name in ("plain", "prepared", "original")}
        for _ in range(self.rounds):
            for name, taken in runs.items():
                taken.append(self.run(name, PATHS["25 genes"], 0))
        return {
            name: {key: statistics.median(one[key] for one in taken) for key in taken[0]}
            for name, taken in runs.items()
        }

    def events(self, path):
        """By program: medians of the microseconds of CPU time for an event."""
        counts = {"plain": EVENTS, "least": EVENTS, "original": EVENTS // 10}
        runs: dict[str, list[tuple]] = {name: [] for name in counts}
        for _ in range(self.rounds):
            for name, count in counts.items():
                few = self.run(name, path, count // 10)
                many = self.run(name, path, count)
                spent = 1e3 * (many["cpu_ms"] - few["cpu_ms"]) / (count - count // 10)
                runs[name].append((spent, many["peak_kib"], many["answer_bytes"]))
        return {
            name: [statistics.median(column) for column in zip(*taken, strict=True)]
            for name, taken in runs.items()
        }


def verdict(met):
    return "met" if met else "missed"


def print_starts(bench):
    print(
        "| start to the first request for an event | ms | CPU, ms | goal | |\n|---|---|---|---|---|"
    )
    starts = bench.starts()
    python = starts["original"]["start_ms"]
    for name, shown in (("plain", "start"), ("prepared", "start, catalog prepared")):
        one = starts[name]
        share = one["start_ms"] / python
        met = one["cpu_ms"] <= GOALS[shown] and share <= MOST_START_SHARE
        print(
            f"| chr21, {shown} | {one['start_ms']:.1f} (**{share:.3f}x**) "
            f"| **{one['cpu_ms']:.1f}** "
            f"| CPU {GOALS[shown]:.0f} ms, {MOST_START_SHARE}x | {verdict(met)} |"
        )
    one = starts["original"]
    print(f"| FastAPI, SQLAlchemy, Mangum | {one['start_ms']:.0f} | {one['cpu_ms']:.0f} | | |\n")


def print_events(bench):
    print("| CPU of an event, us | chr21 | Python | ratio | the least | bytes | goal | |")
    print("|---|---|---|---|---|---|---|---|")
    most = 0
    for shown, path in PATHS.items():
        taken = bench.events(path)
        ours, peak, answer_bytes = taken["plain"]
        most = max(most, peak)
        theirs = taken["original"][0]
        ratio = theirs / ours
        print(
            f"| {shown} | {ours:.0f} | {theirs:,.0f} | **{ratio:.0f}** | {taken['least'][0]:.0f} "
            f"| {answer_bytes:,.0f} | {LEAST_RATIO} | {verdict(ratio >= LEAST_RATIO)} |",
            flush=True,
        )
    megabytes = most * 1024 / 1e6
    print(f"\nMost memory of chr21: {megabytes:.1f} MB (goal {MOST_RSS}: ", end="")
    print(f"{verdict(megabytes <= MOST_RSS)}).")


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    with tempfile.TemporaryDirectory(prefix="chr21-lambda-") as name:
        bench = Bench(given, pathlib.Path(name))
        print(f"Medians of {given.rounds} alternating rounds; {processes.machine()}.\n")
        print_starts(bench)
        print_events(bench)


if __name__ == "__main__":
    sys.exit(main())
