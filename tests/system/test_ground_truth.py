"""Regions against what bedtools answered for 409 queries over the genes of the mart export."""

import csv
import re

from conftest import shared_file
from genes import distance

TRUTH = "data/truth/chr21_bedtools_"


def read_rows(name):
    with shared_file(f"{TRUTH}{name}.tsv").open() as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def found_ids(client, row):
    region = f"21:{row['start_1based']}-{row['end_1based']}"
    answer = client.get(f"/genes?format=ndjson&fields=gene_stable_id&region={region}")
    assert answer.status_code == 200, answer.text
    return set(re.findall(r"ENSG\d+", answer.text))


def test_every_region_holds_as_many_genes_as_bedtools_counts(export_client):
    rows = read_rows("expected_counts")
    assert len(rows) == 409
    counts = {row["query"]: len(found_ids(export_client, row)) for row in rows}
    assert counts == {row["query"]: int(row["overlapping_genes"]) for row in rows}


def test_every_region_holds_the_genes_that_bedtools_names(export_client):
    rows = read_rows("expected_ids")
    assert len(rows) == 266
    for row in rows:
        assert found_ids(export_client, row) == set(row["gene_ids"].split(",")), row["query"]


def test_distances_are_counted_as_bedtools_closest_counts_them(export_genes):
    """So that the brute force, to which neighbors are compared, is right itself."""
    genes = {gene["gene_stable_id"]: gene for gene in export_genes}
    with shared_file(f"{TRUTH}closest.tsv").open() as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    assert len(rows) > 3000
    for _, start, end, query, *gene, bp in rows:
        first, last, closest = int(start) + 1, int(end), genes[gene[3]]
        assert distance(closest, first, last) == int(bp), query
        assert min(distance(other, first, last) for other in export_genes) == int(bp), query
