"""How far the bundled tables agree with others: a mart export, a UCSC cytoBand table."""

import csv
import re
from pathlib import Path

ID = "Gene stable ID"
DESCRIPTION = "Gene description"
EXACT = ["Chromosome/scaffold name", "Gene start (bp)", "Gene end (bp)", "Strand", "Gene type"]
MAY_BE_ABSENT = ["Gene name", DESCRIPTION]
SHOWN = 10  # differing genes listed for a column


class ExportError(Exception):
    """The file is not a mart export with the columns compared here."""


def read_export(path: Path) -> tuple[dict[str, dict[str, str]], int]:
    """Rows by gene stable ID (the first row of each) and the number of rows left out for that."""
    with open(path, encoding="utf-8-sig", newline="") as lines:
        delimiter = "\t" if "\t" in lines.readline() else ","
        lines.seek(0)
        reader = csv.DictReader(lines, delimiter=delimiter)
        missing = {ID, *EXACT, *MAY_BE_ABSENT} - set(reader.fieldnames or [])
        if missing:
            raise ExportError(f"{path}: no column {', '.join(sorted(missing))}")
        rows = list(reader)
    genes: dict[str, dict[str, str]] = {}
    for row in rows:
        genes.setdefault(row[ID], row)
    return genes, len(rows) - len(genes)


def comparable(gene: dict[str, str], column: str) -> str:
    """The cell's text; of a description, without the `[Source:...]` that Ensembl appends."""
    text = (gene[column] or "").strip()
    return re.sub(r"\s*\[Source:[^\]]*\]$", "", text) if column == DESCRIPTION else text


def column_agreement(pairs: list[tuple[dict, dict]], column: str) -> list[str]:
    """Counts over genes in both tables; with few differences, these too."""
    cells = [
        (ours[ID], comparable(ours, column), comparable(theirs, column)) for ours, theirs in pairs
    ]
    equal = sum(a == b != "" for _, a, b in cells)
    differ = [(stable_id, a, b) for stable_id, a, b in cells if a and b and a != b]
    counts = [
        f"{equal} equal",
        f"{len(differ)} differ",
        f"{sum(bool(b and not a) for _, a, b in cells)} only in the export",
        f"{sum(bool(a and not b) for _, a, b in cells)} only here",
        f"{sum(not a and not b for _, a, b in cells)} in neither",
    ]
    lines = [f"{column}: {', '.join(counts)}"]
    if len(differ) <= SHOWN:
        lines += [f"    {stable_id}: here {a!r}, export {b!r}" for stable_id, a, b in differ]
    return lines


def with_mart(bundled: Path, export: Path) -> str:
    ours, _ = read_export(bundled)
    try:
        theirs, repeated = read_export(export)
    except (UnicodeError, csv.Error) as error:
        raise ExportError(f"{export}: not CSV or TSV text: {error}") from error
    shared = [stable_id for stable_id in ours if stable_id in theirs]
    lines = [
        f"{ID}: {len(shared)} in both, {len(ours) - len(shared)} only here, "
        f"{len(theirs) - len(shared)} only in the export"
    ]
    if repeated:
        lines.append(f"    {repeated} repeated rows of the export not compared")
    pairs = [(ours[stable_id], theirs[stable_id]) for stable_id in shared]
    for column in EXACT + MAY_BE_ABSENT:
        lines += column_agreement(pairs, column)
    return "\n".join(lines)


def with_cytoband(bundled: Path, cytoband: Path) -> str:
    """A cytoBand row: chromosome with `chr`, start (0-based), end, band, stain; no header."""
    with open(bundled, encoding="utf-8", newline="") as lines:
        ours = {tuple(row.values()) for row in csv.DictReader(lines, delimiter="\t")}
    chromosomes = {band[0] for band in ours}
    with open(cytoband, encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    if any(len(row) != 5 or not row[1].isdigit() for row in rows):
        raise ExportError(f"{cytoband}: not five columns chromosome, start, end, band, stain")
    theirs = {
        (row[0].removeprefix("chr"), row[3], str(int(row[1]) + 1), row[2], row[4])
        for row in rows
        if row[0].removeprefix("chr") in chromosomes
    }
    return (
        f"bands (chromosome, name, start, end, stain): {len(ours & theirs)} equal, "
        f"{len(ours - theirs)} only here, {len(theirs - ours)} only in the table"
    )
