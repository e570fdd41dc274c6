#!/usr/bin/env python3
"""Prints how long loading an export takes beside each engine's own import, as markdown tables.

On each engine `chr21 load` and the engine's import of the same rows, with the same indexes made
after it, alternate; every round loads into a database of its own. Both write to disk as their
engine does by default. CPU time is the program's and the server's together: other load on the
machine moves it least. The second table is of a generated export with further columns, which the
engine's import keeps as they are. The last table is one load of a generated export.
"""

import argparse
import contextlib
import csv
import dataclasses
import gzip
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import make_mart_export
import processes

sys.path.append(str(pathlib.Path(__file__).parent.parent / "tests" / "databases"))
import database_servers

TIME_LIMIT = 900  # seconds, for everything
ROOT = pathlib.Path(__file__).parent.parent
GENOME = ROOT / "../shared/data/mart/genomes/mart_like_human_gencode48_GRCh38.csv.gz"
GENES = 78_894  # of GENOME
MANY_GENES = 1_130_000
# How many times as long as the engine's import a load may take.
MOST = 2.2
MOST_WITH_ATTRIBUTES = 2.5

# The columns that exports of this comparison have, as BioMart names them.
COLUMNS = {
    "Gene stable ID": "gene_stable_id",
    "Gene name": "gene_name",
    "Gene description": "gene_description",
    "Chromosome/scaffold name": "chromosome",
    "Gene start (bp)": "gene_start",
    "Gene end (bp)": "gene_end",
    "Strand": "strand",
    "Gene type": "gene_type",
    "GO term accession": "go_id",
    "HGNC ID": "hgnc_id",
    "NCBI gene (formerly Entrezgene) ID": "entrezgene_id",
}
# For genes by ID, by name and by place, and for the nearest gene before a place. chr21 answers
# more, from indexes and posting lists of its own.
INDEXES = (
    ("UNIQUE", "gene_by_stable_id", "gene_stable_id"),
    ("", "gene_by_name", "gene_name"),
    ("", "gene_by_start", "chromosome, gene_start, gene_end"),
    ("", "gene_by_end", "chromosome, gene_end DESC"),
)


@dataclasses.dataclass
class Taken:
    """Seconds that a load took."""

    wall: float
    cpu: float


@dataclasses.dataclass
class Row:
    """One engine. Each call loads into a new database."""

    name: str
    ours: Callable[[], Taken]
    anchor: str
    theirs: Callable[[], Taken]
    goal: float  # seconds, of an export without further columns


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the chr21 to measure")
    parser.add_argument("--rounds", type=int, default=5, help="per engine")
    parser.add_argument("--genes", type=int, default=MANY_GENES, help="of the generated export")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 20:
        parser.error("--rounds must be from 1 to 20")
    if not given.program.is_file():
        parser.error(f"there is no {given.program}; script/bench builds it")
    return given


def out_of_time(*_):
    raise TimeoutError(f"not done after {TIME_LIMIT} s; try fewer --rounds or --genes")


def cpu_seconds(server):
    """Of the programs that have ended, and of the server and all it has started."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = spent.ru_utime + spent.ru_stime
    if server is None:
        return seconds
    pid = server.process.pid
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for each in (pid, *children):
        fields = pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        own_and_of_ended_children = fields[11:15]
        seconds += sum(map(int, own_and_of_ended_children)) / processes.TICKS_PER_SECOND
    return seconds


def timed(command, text=None, server=None):
    """What a command that must succeed takes."""
    before = cpu_seconds(server)
    begun = time.perf_counter()
    done = subprocess.run(
        command, input=text, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    wall = time.perf_counter() - begun
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
    time.sleep(0.05)  # until a server has noted the end of the connection's process
    return Taken(wall, cpu_seconds(server) - before)


def write_generated(path, genes, attributes=False):
    with path.open("w", encoding="utf-8", newline="\n") as out:
        make_mart_export.write(out, genes, seed=21, attributes=attributes)


def unpack_export(folder):
    """The export as CSV that every engine's import reads, and the words that name it."""
    export = folder / "export.csv"
    if GENOME.is_file():
        with gzip.open(GENOME, "rb") as packed, export.open("wb") as out:
            shutil.copyfileobj(packed, out)
        return export, "the human genome of GENCODE 48"
    write_generated(export, GENES)
    return export, "a generated export"


def columns_of(export):
    with export.open(encoding="utf-8", newline="") as file:
        return [COLUMNS[header] for header in next(csv.reader(file))]


def create_table(columns, text, number, first=""):
    numbers = ("gene_start", "gene_end", "strand")
    typed = ", ".join(f"{name} {number if name in numbers else text}" for name in columns)
    return f"CREATE TABLE gene ({first}{typed})"


def indexes_of(columns):
    """Those of INDEXES; a gene has several rows where there are further columns."""
    has_one_row_each = "go_id" not in columns
    return [(kind if has_one_row_each else "", name, on) for kind, name, on in INDEXES]


def create_indexes(columns):
    indexes = indexes_of(columns)
    return "".join(f"CREATE {kind} INDEX {name} ON gene ({on});\n" for kind, name, on in indexes)


def sqlite_row(program, folder, export, columns):
    def ours():
        file = folder / "ours.sqlite3"
        file.unlink(missing_ok=True)
        return timed([program, "load", export, "--database-url", f"sqlite:///{file}"])

    def theirs():
        file = folder / "theirs.sqlite3"
        file.unlink(missing_ok=True)
        return timed(
            ["sqlite3", "-bail", file],
            f"BEGIN;\n{create_table(columns, 'TEXT', 'BIGINT')};\n"
            f".import --csv --skip 1 {export} gene\n{create_indexes(columns)}COMMIT;\n",
        )

    return Row("SQLite", ours, "`sqlite3 .import`", theirs, goal=1.5)


def load_into_server(program, export, server, settle=lambda: None):
    url = server.url(server.new_database())
    timed([program, "migrate", "up", "--database-url", url])
    settle()
    return timed([program, "load", export, "--database-url", url], server=server)


def postgresql_row(program, export, columns, server):
    def theirs():
        database = server.new_database()
        key = "gene_order BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        make = create_table(columns, 'TEXT COLLATE "C"', "BIGINT", key)
        copy = f"\\copy gene ({', '.join(columns)}) FROM '{export}' WITH (FORMAT csv, HEADER)"
        return timed(
            [*server.client(database), "-v", "ON_ERROR_STOP=1"],
            f"BEGIN;\n{make};\n{copy}\n{create_indexes(columns)}COMMIT;\n",
            server,
        )

    return Row(
        "PostgreSQL", lambda: load_into_server(program, export, server), "`psql \\copy`", theirs, 3
    )


def write_back(server):
    """Waits until MariaDB has no page of an earlier load to write, which it may do much later."""
    begun = time.monotonic()
    server.sql("SET GLOBAL innodb_max_dirty_pages_pct = 0", "mysql")
    dirty = "SELECT variable_value FROM information_schema.global_status WHERE variable_name = "
    while int(server.sql(f"{dirty} 'innodb_buffer_pool_pages_dirty'", "mysql").split()[-1]) > 0:
        if time.monotonic() - begun > 60:
            raise TimeoutError("MariaDB did not write its pages back in 60 s")
        time.sleep(0.1)
    server.sql("SET GLOBAL innodb_max_dirty_pages_pct = DEFAULT", "mysql")


def mariadb_row(program, export, columns, server):
    def theirs():
        database = server.new_database()
        write_back(server)
        key = "gene_order BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
        make = create_table(columns, "VARBINARY(1020)", "BIGINT", key)
        indexes = ", ".join(
            f"ADD {kind} INDEX {name} ({on})" for kind, name, on in indexes_of(columns)
        )
        return timed(
            [*server.client(database), "--local-infile=1"],
            f"{make} ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;\n"
            f"LOAD DATA LOCAL INFILE '{export}' INTO TABLE gene CHARACTER SET utf8mb4 FIELDS "
            "TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' "
            f"IGNORE 1 LINES ({', '.join(columns)});\nALTER TABLE gene {indexes};\n",
            server,
        )

    return Row(
        "MariaDB",
        lambda: load_into_server(program, export, server, lambda: write_back(server)),
        "`LOAD DATA`",
        theirs,
        5,
    )


def compared(us, them, of):
    """Medians, and the median, least and greatest ratio of a round, as cells of a row."""
    mine, others = [of(taken) for taken in us], [of(taken) for taken in them]
    ratios = [ours / theirs for ours, theirs in zip(mine, others, strict=True)]
    seconds = f"{statistics.median(mine):.2f} | {statistics.median(others):.2f}"
    return f"{seconds} | **{statistics.median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f})"


def print_engines(rows, rounds, limit, with_goals):
    print("| | ours, s | theirs, s | ratio (least-greatest) | our CPU, s | their CPU, s ", end="")
    print("| CPU ratio (least-greatest) | goal | |\n|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        us, them = [], []
        for _ in range(rounds):
            us.append(row.ours())
            them.append(row.theirs())
        ratio = statistics.median(a.wall / b.wall for a, b in zip(us, them, strict=True))
        met = ratio <= limit
        if with_goals:
            met = met and statistics.median(taken.wall for taken in us) <= row.goal
        print(
            f"| {row.name}, {row.anchor} | {compared(us, them, lambda taken: taken.wall)} ", end=""
        )
        print(f"| {compared(us, them, lambda taken: taken.cpu)} ", end="")
        goal = f"{row.goal} s, {limit}x" if with_goals else f"{limit}x"
        print(f"| {goal} | {'met' if met else 'missed'} |", flush=True)


def print_many(program, folder, genes):
    """One load of a generated export: time, and memory at most."""
    export = folder / "many.csv"
    write_generated(export, genes)
    megabytes = export.stat().st_size / 1e6
    command = [program, "load", export, "--database-url", f"sqlite:///{folder}/many.sqlite3"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"loading {genes:,} genes ended with {process.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    print("\n| genes, into SQLite | export, MB | wall, s | CPU, s | genes/s | most memory, MiB |")
    print("|---|---|---|---|---|---|")
    print(f"| {genes:,} generated | {megabytes:.1f} | {wall:.1f} | {cpu:.1f} ", end="")
    print(f"| {genes / wall:,.0f} | {usage.ru_maxrss / 1024:.0f} |")


def main():
    given = arguments()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(TIME_LIMIT)
    program = given.program.resolve()
    with contextlib.ExitStack() as running:
        folder = pathlib.Path(
            running.enter_context(tempfile.TemporaryDirectory(prefix="chr21-load-"))
        )
        postgresql = database_servers.PostgresqlServer(durable=True)
        running.callback(postgresql.stop)
        mariadb = database_servers.MariadbServer(durable=True)
        running.callback(mariadb.stop)

        def compare(export, source, limit, with_goals):
            columns = columns_of(export)
            with export.open("rb") as file:
                rows = sum(1 for _ in file) - 1
            size = export.stat().st_size / 1e6
            print(f"\n{rows:,} rows ({source}, {size:.2f} MB); medians of {given.rounds}")
            print(f"alternating rounds; {processes.machine()}.\n")
            engines = [
                sqlite_row(program, folder, export, columns),
                postgresql_row(program, export, columns, postgresql),
                mariadb_row(program, export, columns, mariadb),
            ]
            print_engines(engines, given.rounds, limit, with_goals)

        genome, source = unpack_export(folder)
        compare(genome, source, MOST, with_goals=True)
        with_attributes = folder / "attributes.csv"
        write_generated(with_attributes, GENES, attributes=True)
        source = f"a generated export of {GENES:,} genes with further columns"
        compare(with_attributes, source, MOST_WITH_ATTRIBUTES, with_goals=False)
        print_many(program, folder, given.genes)


if __name__ == "__main__":
    sys.exit(main())
