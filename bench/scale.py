#!/usr/bin/env python3
"""Prints how the cost of a request grows with the number of genes, as markdown tables.

Three servers, one for each size, answer the same kinds of questions; rounds of one second alternate
between them, and medians of the server's CPU time per request are told: other load on the machine
moves those least. Every kind asks for genes and places all over the table, and finds about as much
in each. Regions are answered beside bedtools and tabix, which must agree.
"""

import argparse
import contextlib
import csv
import dataclasses
import os
import pathlib
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import make_mart_export
import processes
import wrk

TIME_LIMIT = 1200  # seconds, for everything
SIZES = (1_134, 78_894, 1_130_000)
QUESTIONS = 2_000  # different ones of each kind
REGIONS = 100_000
REGION_LENGTH = 100_000  # bp
TABIX_REGIONS = 1_000  # of them; it looks each one up in the file

REQUESTS = """\
local requests = {}
local at = 0
init = function(arguments)
    for line in io.lines("%s") do requests[#requests + 1] = wrk.format("GET", line) end
end
request = function()
    at = at %% #requests + 1
    return requests[at]
end
"""


@dataclasses.dataclass
class Table:
    """One size's export, its genes, and its server."""

    export: pathlib.Path
    genes: list
    server: processes.Server


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--region-queries", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5, help="per question and size")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of genes")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 20:
        parser.error("--rounds must be from 1 to 20")
    for program in (given.program, given.region_queries):
        if not program.is_file():
            parser.error(f"there is no {program}; script/bench builds it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds or --sizes")


def make_table(program, folder, size, pinned):
    export = folder / f"{size}.csv"
    with export.open("w", encoding="utf-8", newline="\n") as out:
        make_mart_export.write(out, size, seed=21, attributes=False)
    with export.open(encoding="utf-8", newline="") as file:
        genes = list(csv.DictReader(file))
    port = processes.free_port()
    command = [*pinned, str(program), "serve", "--port", str(port), "--threads", "1"]
    command += ["--no-access-log", "--database-url", f"sqlite:///{folder}/{size}.sqlite3"]
    command += ["--no-catalog-file"]  # starts with it are measured by start.py
    first = f"/genes/{genes[0]['Gene stable ID']}"
    loading = processes.Server([*command, "--data", str(export)], port, first, start_limit=300)
    with loading:
        pass
    return Table(export, genes, processes.Server(command, port, first, start_limit=60))


def region_of(gene, dice):
    """A region around some base of the gene."""
    middle = dice.randint(int(gene["Gene start (bp)"]), int(gene["Gene end (bp)"]))
    first = max(1, middle - REGION_LENGTH // 2)
    return gene["Chromosome/scaffold name"], first, first + REGION_LENGTH - 1


def questions(table, dice):
    """Paths by the kind of question."""
    genes = dice.choices(table.genes, k=QUESTIONS)
    named = [gene["Gene name"] for gene in table.genes if len(gene["Gene name"]) >= 6]
    pages = max(1, len(table.genes) // 25)

    def quoted(text):
        return urllib.parse.quote(text, safe="")

    return {
        "by ID": [f"/genes/{gene['Gene stable ID']}" for gene in genes],
        "by name": [f"/genes/by-name/{quoted(dice.choice(named))}" for _ in genes],
        "region of 100 kb": [
            "/genes?region={}:{}-{}".format(*region_of(gene, dice)) for gene in genes
        ],
        "any page": [f"/genes?page_size=25&page={dice.randint(1, pages)}" for _ in genes],
        "first pages of a gene type": [
            f"/genes?page_size=25&gene_type=lncrna&page={dice.randint(1, 10)}" for _ in genes
        ],
        "search for a name": [f"/genes?search={quoted(dice.choice(named))}" for _ in genes],
        "name that is not there": [
            f"/genes/by-name/{quoted(mistyped(dice.choice(named), dice))}" for _ in genes
        ],
        "ID that is not there": [f"/genes/{gene['Gene stable ID']}7" for gene in genes],
    }


def mistyped(name, dice):
    """The name with two of its letters swapped, and so mostly none."""
    at = dice.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def measure(tables, kind, paths, rounds, pinned, folder):
    """The server's CPU time per request of each size: medians over rounds that alternate."""
    spent: list[list[float]] = [[] for _ in tables]
    scripts = []
    for number, asked in enumerate(paths):
        listed = folder / f"paths-{number}"
        listed.write_text("\n".join(asked) + "\n")
        script = folder / f"ask-{number}.lua"
        script.write_text(REQUESTS % listed)
        scripts.append(script)
    missing = kind == "ID that is not there"
    for _ in range(rounds):
        for number, table in enumerate(tables):
            seen = wrk.run_wrk(table.server, paths[number][0], pinned, 8, scripts[number], missing)
            spent[number].append(seen.cpu_microseconds)
    return [statistics.median(each) for each in spent]


def print_costs(tables, rounds, pinned, folder):
    sizes = [f"{len(table.genes):,} genes" for table in tables]
    print(f"| CPU per request, us | {' | '.join(sizes)} | ratio | goal | |")
    print("|---|" + "---|" * (len(sizes) + 3))
    asked = [questions(table, random.Random(21)) for table in tables]
    for kind in asked[0]:
        paths = [of_table[kind] for of_table in asked]
        took = measure(tables, kind, paths, rounds, pinned, folder)
        ratio = took[-1] / took[0]
        cells = " | ".join(f"{each:.1f}" for each in took)
        verdict = "met" if ratio <= 3 else "missed"
        print(f"| {kind} | {cells} | **{ratio:.2f}** | 3x | {verdict} |", flush=True)


def print_memory(tables, starts):
    print(
        "\n| | export, MB | start to first 200, ms | PSS, MiB | PSS over the smallest's, ", end=""
    )
    print("times the export |\n|---|---|---|---|---|")
    base = None
    for table in tables:
        times = []
        for _ in range(starts):
            times.append(table.server.start())
            pss = table.server.pss_bytes()
            table.server.stop()
        base = base or pss
        size = table.export.stat().st_size
        start = statistics.median(times)
        print(f"| {len(table.genes):,} genes | {size / 1e6:.2f} | {start:.0f} ", end="")
        print(f"| {pss / 2**20:.1f} | {(pss - base) / size:.1f} |", flush=True)


def timed(command, out=None):
    """Wall and CPU seconds of a command that must succeed, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    printed = subprocess.run(command, stdout=out or subprocess.PIPE, check=True).stdout
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, printed


def write_beds(table, folder):
    """Genes in the order that tabix wants, and random regions."""
    dice = random.Random(22)
    rows = [
        (gene["Chromosome/scaffold name"], int(gene["Gene start (bp)"]) - 1,
         int(gene["Gene end (bp)"]), gene["Gene stable ID"])
        for gene in table.genes
    ]  # fmt: skip
    regions = []
    for number in range(REGIONS):
        chromosome, first, last = region_of(dice.choice(table.genes), dice)
        regions.append((chromosome, first - 1, last, f"r{number}"))
    for name, lines in (("genes.bed", sorted(rows)), ("regions.bed", regions)):
        text = "".join("\t".join(map(str, line)) + "\n" for line in lines)
        (folder / name).write_text(text)
    subprocess.run(["bgzip", "-f", "-k", folder / "genes.bed"], check=True)
    subprocess.run(["tabix", "-f", "-C", "-p", "bed", folder / "genes.bed.gz"], check=True)


def bedtools_pairs(folder):
    """The pairs of `bedtools intersect -wa -wb`, as region_queries writes them."""
    rows = ((folder / "theirs").read_text()).splitlines()
    return sorted("\t".join((cells[3], cells[7])) for cells in (row.split("\t") for row in rows))


def print_regions(table, folder, region_queries, rounds):
    write_beds(table, folder)
    genes, regions, few = folder / "genes.bed", folder / "regions.bed", folder / "few.bed"
    few.write_text("".join(regions.open().readlines()[:TABIX_REGIONS]))
    ours, theirs, tabix, inside = [], [], [], []
    for _ in range(rounds):
        wall, cpu, printed = timed([region_queries, genes, regions, folder / "ours"])
        ours.append((wall, cpu))
        inside.append(float(printed))
        with (folder / "theirs").open("wb") as out:
            command = ["bedtools", "intersect", "-wa", "-wb", "-a", regions, "-b", genes]
            theirs.append(timed(command, out))
        with (folder / "tabix").open("wb") as out:
            tabix.append(timed(["tabix", folder / "genes.bed.gz", "-R", few], out))
    pairs = sorted((folder / "ours").read_text().splitlines())
    if pairs != bedtools_pairs(folder):
        raise RuntimeError(f"{len(pairs)} pairs are not those that bedtools finds")
    print(f"\n{REGIONS:,} random regions of 100 kb on {len(table.genes):,} genes: {len(pairs):,} ")
    print("pairs, the same as bedtools finds.\n")
    print("| | regions | wall, s | CPU, s | CPU per region, us |\n|---|---|---|---|---|")
    for name, asked, taken in (
        ("chr21: read genes, build, answer, write", REGIONS, ours),
        ("`bedtools intersect -wa -wb`", REGIONS, theirs),
        ("`tabix -R`, its index ready", TABIX_REGIONS, tabix),
    ):
        wall, cpu = (statistics.median(each[i] for each in taken) for i in (0, 1))
        print(f"| {name} | {asked:,} | {wall:.2f} | {cpu:.2f} | {1e6 * cpu / asked:.1f} |")
    alone = statistics.median(inside)
    print(
        f"| chr21: the answers alone | {REGIONS:,} | {alone:.2f} | | {1e6 * alone / REGIONS:.1f} |"
    )


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    pinned = ("taskset", "-c", str(max(os.sched_getaffinity(0))))
    with tempfile.TemporaryDirectory(prefix="chr21-scale-") as name:
        folder = pathlib.Path(name)
        program = given.program.resolve()
        tables = [make_table(program, folder, size, pinned) for size in sorted(given.sizes)]
        with contextlib.ExitStack() as running:
            for table in tables:
                running.enter_context(table.server)
            print_costs(tables, given.rounds, pinned, folder)
        print_memory(tables, given.rounds)
        print_regions(tables[-1], folder, given.region_queries, min(given.rounds, 3))


if __name__ == "__main__":
    sys.exit(main())
