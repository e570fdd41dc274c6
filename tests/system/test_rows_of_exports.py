"""Tables give the distinct rows of the export, held against a plain reader of the file."""

import csv
import gzip
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import shared_file
from stores import Store, on_file

STABLE_ID = "Gene stable ID"
TIES = (
    "Gene stable ID\tTranscript stable ID\tTranscript type\tGO term accession\tGO Term Accession\n"
    "G1\tT1\tprotein_coding\tGO:1\tGO:2\n"
    "G2\tT9\t\t\t\n"
    "G1\tT2\tprotein_coding\tGO:1\t\n"
    "G1\tT3\tretained_intron\t\t\n"
    "G1\tT1\tprotein_coding\tGO:1\tGO:2\n"
    "G1\t\t\t\t\n"
    "G3\t\t\t\t\n"
)
AWKWARD = (
    "04_bbs_transcripts_phenotypes.csv",
    "06_human_transcripts_hgnc.txt.gz",
    "07_human_goslim_multirow.txt",
    "14_mito_transcripts_descriptions.txt",
)
GENOMES = (
    "biomart_internal_names_human_e113.tsv.gz",
    "mart_like_human_e109_GRCh38_entrez_patches.txt.gz",
)
FILES = [f"data/mart/awkward/{name}" for name in AWKWARD] + [
    f"data/mart/genomes/{name}" for name in GENOMES
]


def rows_of(file: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of an export, by the standard library alone."""
    data = file.read_bytes()
    if file.name.endswith(".gz"):
        data = gzip.decompress(data)
    lines = data.decode("utf-8-sig").splitlines()
    if "\t" in lines[0]:
        header, *rows = [line.split("\t") for line in lines if line]
    else:
        header, *rows = list(csv.reader(line for line in lines if line))
    return [name.strip() for name in header], rows


class Export:
    """An export that is stored, and what its table should say."""

    def __init__(self, store: Store, file: Path) -> None:
        self.store = store
        loaded = json.loads(store.do("load", str(file), "--report", "json"))
        self.columns: dict[str, list[int]] = defaultdict(list)
        self.header, self.rows = rows_of(file)
        for place, column in enumerate(loaded["report"]["columns"]):
            self.columns[column["name"]].append(place)
        self.attributes = [one["name"] for one in loaded["dataset"]["attributes"]]

    def expected(self, fields: list[str]) -> dict[str, list[list[str]]]:
        (stable_id, *_) = self.columns["gene_stable_id"]
        places = [place for field in fields for place in self.columns[field]]
        projected: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
        first: dict[str, str] = {}
        for row in self.rows:
            if not row[stable_id]:
                continue
            gene = first.setdefault(row[stable_id].upper(), row[stable_id])
            projected[gene][tuple(row[place] for place in places)] = None
        return {gene: [list(row) for row in rows] for gene, rows in projected.items()}

    def answered(self, fields: list[str], engine: str) -> dict[str, list[list[str]]]:
        target = "/genes?format=tsv&fields=" + ",".join(["gene_stable_id", *fields])
        done = self.store.run("get", target, CHR21_STORE=engine)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr
        header, *lines = done.stdout.decode().split("\n")[:-1]
        names = [self.header[place] for field in fields for place in self.columns[field]]
        assert header.split("\t")[1:] == names
        answered = defaultdict(list)
        for line in lines:
            gene, *cells = line.split("\t")
            answered[gene].append(cells)
        return answered


def choices_of(attributes: list[str]) -> Iterator[list[str]]:
    """Each attribute, some pairs and the whole."""
    pairs = [list(pair) for pair in itertools.permutations(attributes, 2)]
    yield from ([name] for name in attributes)
    yield from random.Random(21).sample(pairs, min(len(pairs), 4))
    yield attributes


@pytest.fixture(params=["ties", *FILES])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Export:
    if request.param == "ties":
        file = tmp_path / "ties.tsv"
        file.write_text(TIES)
    else:
        file = shared_file(request.param)
    return Export(on_file(tmp_path), file)


def test_a_table_is_the_distinct_projection_of_the_rows_of_each_gene(export: Export) -> None:
    assert export.attributes
    for fields in choices_of(export.attributes):
        expected = export.expected(fields)
        for engine in ("memory", "database"):
            answered = export.answered(fields, engine)
            assert answered.keys() == expected.keys(), (fields, engine)
            for gene, rows in expected.items():
                assert answered[gene] == rows, (fields, engine, gene)


def test_a_whole_table_loaded_again_is_the_same_table(export: Export, tmp_path: Path) -> None:
    whole = export.store.do("get", "/genes?format=csv&fields=all")
    again = tmp_path / "again.csv"
    again.write_text(whole, newline="")
    other = tmp_path / "other"
    other.mkdir()
    store = on_file(other)
    store.do("load", str(again))
    assert store.do("get", "/genes?format=csv&fields=all") == whole
    assert store.do("get", "/genes?format=ndjson&fields=all") == export.store.do(
        "get", "/genes?format=ndjson&fields=all"
    )
