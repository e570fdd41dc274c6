"""Genes read from a mart export, and plain answers about them to compare the program with."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from server import PROJECT

Gene = dict[str, Any]

BUNDLED_EXPORT = PROJECT / "data/chr21_genes.csv"
BANDS = PROJECT / "data/GRCh38_bands.tsv"
CHROMOSOME_LENGTH = 46_709_983

COLUMNS = {
    "gene_stable_id": "Gene stable ID",
    "gene_name": "Gene name",
    "gene_description": "Gene description",
    "chromosome": "Chromosome/scaffold name",
    "gene_start": "Gene start (bp)",
    "gene_end": "Gene end (bp)",
    "strand": "Strand",
    "gene_type": "Gene type",
}
NUMBERS = ("gene_start", "gene_end", "strand")


def to_genes(lines: Iterable[str], delimiter: str = ",") -> list[Gene]:
    """The genes of an export's lines, each once, in their order."""
    genes: dict[str, Gene] = {}
    for row in csv.DictReader(lines, delimiter=delimiter):
        gene: Gene = {field: row[header] or None for field, header in COLUMNS.items()}
        for field in NUMBERS:
            gene[field] = None if gene[field] is None else int(gene[field])
        genes.setdefault(gene["gene_stable_id"], gene)
    return list(genes.values())


def read_export(file: Path) -> list[Gene]:
    """The genes of an export of one chromosome in genome order: by start, then stable ID."""
    with file.open(newline="", encoding="utf-8") as lines:
        genes = to_genes(lines)
    return sorted(genes, key=lambda gene: (gene["gene_start"], gene["gene_stable_id"]))


def read_bands(chromosome: str = "21") -> list[dict[str, Any]]:
    with BANDS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        {**row, "start": int(row["start"]), "end": int(row["end"])}
        for row in rows
        if row["chromosome"] == chromosome
    ]


def ids(genes: Iterable[Gene]) -> list[str]:
    return [gene["gene_stable_id"] for gene in genes]


def length(gene: Gene) -> int:
    return gene["gene_end"] - gene["gene_start"] + 1


def contains(gene: Gene, field: str, part: str) -> bool:
    """Whether the field has `part` in it, ignoring case."""
    return part.lower() in (gene[field] or "").lower()


def distance(gene: Gene, first: int, last: int) -> int:
    """From a gene to first..last in bp: 0 when they share a base, 1 when they touch."""
    return max(0, gene["gene_start"] - last, first - gene["gene_end"])


def overlaps(gene: Gene, first: int, last: int) -> bool:
    return distance(gene, first, last) == 0


def touched_bands(gene: Gene, bands: list[dict[str, Any]]) -> list[str]:
    return [band["band"] for band in bands if overlaps(gene, band["start"], band["end"])]
