"""The exports that the benchmarks generate: the same for the same seed, and like the real thing."""

import csv
import statistics
import subprocess
import sys
from collections import Counter

import pytest

from conftest import client_of
from server import PROJECT, database_url

GENERATOR = PROJECT / "bench" / "make_mart_export.py"


def make(*arguments):
    return subprocess.run(
        [sys.executable, GENERATOR, *map(str, arguments)], capture_output=True, timeout=60
    )


def rows_of(export):
    return list(csv.DictReader(export.decode().splitlines()))


def lengths(rows):
    return [int(row["Gene end (bp)"]) - int(row["Gene start (bp)"]) + 1 for row in rows]


@pytest.fixture(scope="module")
def generated():
    return rows_of(make(8000).stdout)


@pytest.fixture(scope="module")
def bundled():
    rows = rows_of((PROJECT / "data" / "chr21_genes.csv").read_bytes())
    return list({row["Gene stable ID"]: row for row in rows}.values())


def test_the_seed_decides_every_byte():
    once, again, other = (make(300, "--seed", seed).stdout for seed in (7, 7, 8))
    assert once == again
    assert once != other


@pytest.mark.parametrize("genes", [1, 2, 25, 1134])
def test_there_are_as_many_genes_as_asked_for(genes):
    rows = rows_of(make(genes).stdout)
    assert len({row["Gene stable ID"] for row in rows}) == len(rows) == genes


def test_the_genes_are_of_the_kinds_of_the_bundled_table(generated, bundled):
    for column in ("Gene type", "Strand"):
        drawn, real = (Counter(row[column] for row in rows) for rows in (generated, bundled))
        assert set(drawn) <= set(real)
        for value, count in real.items():
            assert drawn[value] / len(generated) == pytest.approx(count / len(bundled), abs=0.05)


def test_the_genes_have_names_descriptions_and_lengths_like_the_bundled_table(generated, bundled):
    for column in ("Gene name", "Gene description"):
        drawn, real = ([len(row[column]) for row in rows] for rows in (generated, bundled))
        assert statistics.mean(drawn) == pytest.approx(statistics.mean(real), rel=0.15)
    drawn, real = (statistics.median(lengths(rows)) for rows in (generated, bundled))
    assert drawn == pytest.approx(real, rel=0.25)


def test_genes_overlap_as_often_as_in_the_bundled_table(generated, bundled):
    def share_that_overlaps_the_next(rows):
        rows = sorted(rows, key=lambda row: (row["Chromosome/scaffold name"],
                                             int(row["Gene start (bp)"])))  # fmt: skip
        pairs = list(zip(rows, rows[1:], strict=False))
        return sum(
            int(b["Gene start (bp)"]) <= int(a["Gene end (bp)"])
            for a, b in pairs
            if a["Chromosome/scaffold name"] == b["Chromosome/scaffold name"]
        ) / len(pairs)

    drawn, real = map(share_that_overlaps_the_next, (generated, bundled))
    assert drawn == pytest.approx(real, abs=0.08)


def test_attributes_repeat_a_gene_for_each_go_term():
    rows = rows_of(make(400, "--attributes").stdout)
    terms = Counter(row["Gene stable ID"] for row in rows)
    assert len(terms) == 400
    assert max(terms.values()) > 1
    assert any(row["GO term accession"].startswith("GO:") for row in rows)


@pytest.mark.parametrize("genes", ["0", "-1", "many", "1e6"])
def test_an_impossible_number_is_refused(genes):
    refused = make("--", genes)
    assert refused.returncode == 2
    assert refused.stdout == b""


def test_the_program_serves_what_is_generated(start_server, tmp_path):
    export = tmp_path / "generated.csv"
    export.write_bytes(make(3000).stdout)
    server = start_server(
        "--data", str(export), "--database-url", database_url(tmp_path / "generated.sqlite3")
    )
    with client_of(server) as client:
        assert client.get("/genes").json()["total"] == 3000
