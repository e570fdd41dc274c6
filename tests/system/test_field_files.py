"""Files as people really have them: what becomes of each, in one table.

The files are not part of the project; where they are not there, the tests are skipped.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from server import BINARY, PATIENCE, PROJECT, clean_environment, database_url

FIELD = PROJECT.parent / "shared" / "data" / "field"


@dataclass(frozen=True)
class Loaded:
    """A file that loads: its genes, and phrases of its warnings, notes and reasons to skip."""

    genes: int
    warnings: tuple[str, ...] = ()  # each is in one of them; there are no others
    notes: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int, list[int]], ...] = ()
    stamp: bool = False


def refused(*phrases: str) -> tuple[str, ...]:
    """A file that is refused, with all these phrases in the one line that says so."""
    return phrases


NO_REGION = "chromosome, start or end is missing"
DATES = "column Gene name: 3 cells with a date"
POSITION = "column Gene start (bp): a position must be a whole number"
SAYS_IT_FAILS = "what a server, a proxy or a program says when it fails"
BROKE_OFF = "BioMart broke off with an error"

EXPECTED: dict[str, Loaded | tuple[str, ...]] = {
    "01_excel_dates.tsv": Loaded(4, (f'{DATES} ("1-Mar"), on lines 2, 3, 4',)),
    "02_sci.tsv": refused(f"line 2, {POSITION}", '"1.86e+08"', "scientific notation"),
    "02_sci_b.tsv": refused(f"line 2, {POSITION}", '"1E5"', "scientific notation"),
    "03_float.tsv": refused(f"line 2, {POSITION}", '"5010871.0"', "data frames"),
    "04_strand.tsv": Loaded(2, notes=("the strand is written as a sign in 2 cells",)),
    "05_na.tsv": refused(f"line 4, {POSITION}", '"NA"', "a missing value"),
    "05_na_names_only.tsv": Loaded(
        3,
        (
            "column Gene name: 2 cells with a word for a missing value",
            "column Gene description: 2 cells with a word for a missing value",
        ),
    ),
    "05_nan_null.tsv": Loaded(
        3,
        (
            "column Gene name: 3 cells with a word for a missing value",
            "column Gene description: 3 cells with a word for a missing value",
        ),
    ),
    "06_semicolon.csv": refused("line 1", "separated by semicolons"),
    "07_utf16.txt": refused("UTF-16", "save it as UTF-8"),
    "07_utf16be_nobom.txt": refused("UTF-16", "iconv -f UTF-16BE -t UTF-8"),
    "07_utf16le_nobom.txt": refused("UTF-16", "iconv -f UTF-16LE -t UTF-8"),
    "08_bom_crlf.csv": Loaded(1),
    "09_query_error.txt": refused("an error that BioMart reported", '"Query ERROR: caught BioMart'),
    "10_page.html": refused("an HTML page"),
    "11_midstream_error.tsv": refused("line 3", BROKE_OFF, '"Query ERROR: caught BioMart'),
    "11_midstream_html.tsv": refused("line 3", SAYS_IT_FAILS, '"<!DOCTYPE html>"'),
    "11_one_column_error.txt": refused("line 4", BROKE_OFF, '"Query ERROR: caught BioMart'),
    "13_odd_names.tsv": Loaded(10),
    "15_gencode_headers.tsv": Loaded(
        1, (NO_REGION,), ("the strand is written as a sign in 1 cell",)
    ),
    "15_gencode_headers_1.tsv": Loaded(1, (NO_REGION,)),
    "15_only_version.tsv": refused("line 1", "the ID with its version is there"),
    "16_rogue_quote.tsv": Loaded(2, (NO_REGION,)),
    "17_negative.tsv": refused(
        f"line 2, {POSITION}", '"-1055"', "across the origin of a circular chromosome"
    ),
    "17_start_after_end.tsv": refused(
        "line 2, column Gene start (bp)",
        "490883",
        "879",
        "across the origin of a circular chromosome",
        "is not supported",
    ),
    "17_zero.tsv": refused(f"line 2, {POSITION}", '"0"', "counted from 1"),
    "18_multi.tsv.gz": Loaded(2),
    "18_trunc.tsv.gz": refused("cannot be inflated", "cut off"),
    "19_genes.csv": refused("a zip archive or an Excel workbook"),
    "19_m.tsv.bz2": refused("a bzip2 archive"),
    "19_m.tsv.xz": refused("an xz archive"),
    "19_mart_export.zip": refused("a zip archive or an Excel workbook"),
    "19_old.xls": refused("an old Excel workbook"),
    "20_concatenated.tsv": Loaded(
        4, ("1 repeated header line",), skipped=(("repeated_header", 1, [4]),)
    ),
    "21_no_stamp.tsv": Loaded(2),
    "21_truncated.tsv": refused("line 3", "this row has 5 cells", "seems to be cut off"),
    "21_truncated_last_cell.tsv": Loaded(2, notes=("the last line, 3, has no line end",)),
    "22_wb.tsv": Loaded(2),
    "23_thousands.csv": refused(f"line 2, {POSITION}", '"1,000"', "separators of thousands"),
    "24_cr_only.txt": refused("a carriage return (CR) alone"),
    "25_latin1.tsv": refused("line 2, column Gene description", "must be UTF-8", "Latin-1"),
    "26_1001.json": refused("seems to be JSON"),
    "27_chr_names.tsv": Loaded(7),
    "28_blank_success.tsv": Loaded(
        1, ("1 blank line skipped",), skipped=(("blank_line", 1, [3]),), stamp=True
    ),
    "28_failed.tsv": refused("line 3", SAYS_IT_FAILS, '"[failed]"'),
    "28_header_each_chrom.tsv": Loaded(
        2, ("1 repeated header line",), skipped=(("repeated_header", 1, [4]),), stamp=True
    ),
    "28_success_each_chrom.tsv": Loaded(3, stamp=True),
    "28_two_col_header_again.csv": Loaded(
        2, (NO_REGION, "1 repeated header line"), skipped=(("repeated_header", 1, [3]),)
    ),
    "29_empty.tsv": refused("this is empty"),
    "29_no_header.tsv": refused("line 1", "there is no header line"),
    "29_only_header.tsv": refused("has a header line but no genes"),
    "29_only_header_success.tsv": refused("has a header line but no genes"),
    "29_only_success.tsv": refused("line 1", "BioMart's [success] stands here"),
    "30_id_trailing_space.tsv": Loaded(
        1, notes=("blanks or invisible characters were taken off the ends of 1 cell, on line 3",)
    ),
    "31_excel_guard.csv": Loaded(2, ("column Gene name: 2 cells with a formula or an apostrophe",)),
    "32_r_quoted.tsv": refused("line 1", "enclosed in quotes", "quote = FALSE"),
    "32_r_shifted.tsv": refused(
        "line 2", "one name shorter than its rows", "row.names = FALSE", r"1\tENSG00000100001\tAAA1"
    ),
    "32_r_write_csv.csv": Loaded(
        2,
        (
            "the first column has no name and is dropped: row numbers",
            "column Gene.name: 1 cell with a word for a missing value",
        ),
    ),
    "33_internal.csv": Loaded(1),
    "34_pipe.txt": refused("line 1", "separated by vertical bars"),
    "34_sep_comma.csv": Loaded(1, ("1 line before the header skipped", NO_REGION)),
    "34_sep_line.csv": refused("line 1", "separated by semicolons"),
    "34_spaces.txt": refused("line 1", "separated by blanks"),
    "35_newline_in_def.tsv": refused("line 3", '"second part of it"', "a line break"),
    "35_tab_in_def.tsv": refused("line 2", "this row has 4 cells", "a tab in it"),
    "36_biomart_hgnc.tsv": Loaded(1, ("there is no Gene name column",)),
    "36_other_headers.tsv": refused("line 1", "the column Gene stable ID is missing", "GeneID"),
    "37_synonyms.tsv": Loaded(8),
    "38_patch_before_x.tsv": Loaded(2),
    "39_gff.tsv": Loaded(1),
    "41_chr21_prefixed.csv": Loaded(1134),
    "41_versioned.csv": Loaded(1134),
    "42_entrez_float.tsv": Loaded(
        3,
        (
            NO_REGION,
            "column NCBI gene ID: 1 cell with a word for a missing value",
            'column NCBI gene ID: 1 cell with a whole number as a float ("56169.0"), on line 2',
        ),
    ),
    "43_excel_tsv_quotes.txt": Loaded(
        3, (NO_REGION, "column Gene description: 2 cells with quotes round them")
    ),
    "44_numeric_ids.tsv": Loaded(6),
    "45_bare_comma.csv": refused("line 3", '"LOC2,B,S01,S02"', "not enclosed in quotes"),
    "46_one_col_html.txt": refused("line 3", SAYS_IT_FAILS, '"<!DOCTYPE html>"'),
    "48_par_new_ids.tsv": Loaded(2),
}


def load(folder: Path, name: str, *flags: str) -> subprocess.CompletedProcess[str]:
    file = FIELD / name
    if not file.is_file():
        pytest.skip(f"../shared/data/field/{name} is not there: it is not part of the project")
    url = database_url(folder / "genes.sqlite3")
    return subprocess.run(
        [BINARY, "load", file, "--dry-run", "--report", "json", "--database-url", url, *flags],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def check_phrases(sentences: list[str], phrases: tuple[str, ...]) -> None:
    assert len(sentences) == len(phrases), sentences
    for sentence, phrase in zip(sentences, phrases, strict=True):
        assert phrase in sentence


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_from_the_field_is_read_or_refused_with_its_cause(tmp_path: Path, name: str) -> None:
    expected = EXPECTED[name]
    done = load(tmp_path, name)
    if not isinstance(expected, Loaded):
        (line,) = done.stderr.splitlines()
        assert (done.returncode, done.stdout) == (1, "")
        assert name in line
        for phrase in expected:
            assert phrase in line
        return
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["report"]
    assert report["genes"] == expected.genes
    check_phrases(report["warnings"], expected.warnings)
    check_phrases(report["notes"], expected.notes)
    skipped = [(one["reason"], one["rows"], one["first_lines"]) for one in report["skipped"]]
    assert skipped == list(expected.skipped)
    assert report["completion_stamp"] == expected.stamp


@pytest.mark.parametrize(
    "name", [name for name, expected in EXPECTED.items() if isinstance(expected, Loaded)]
)
def test_strict_refuses_the_files_with_warnings_alone(tmp_path: Path, name: str) -> None:
    expected = EXPECTED[name]
    assert isinstance(expected, Loaded)
    done = load(tmp_path, name, "--strict")
    assert done.returncode == (1 if expected.warnings else 0), done.stderr
    if expected.warnings:
        assert "--strict" in done.stderr and "nothing was written" in done.stderr


def test_every_file_from_the_field_is_in_the_table() -> None:
    if not FIELD.is_dir():
        pytest.skip("../shared/data/field is not there: it is not part of the project")
    there = {file.name for file in FIELD.iterdir() if not file.name.endswith(".requests.txt")}
    assert there - {"SOURCES.md"} == set(EXPECTED)
