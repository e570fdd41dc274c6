"""Genes as JSON, NDJSON, CSV, TSV, BED and GFF3, by Accept and by format=."""

import csv
import hashlib
import io
import json
import re
from urllib.parse import unquote

import pytest

from genes import CHROMOSOME_LENGTH, COLUMNS, to_genes
from problems import check_problem, faults_of
from server import database_url, run

MEDIA_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "bed": "text/x-bed",
    "gff3": "text/x-gff3",
}
DOWNLOADS = [name for name in MEDIA_TYPES if name != "json"]


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_accept_and_format_give_the_same_representation(client, name):
    by_format = client.get(f"/genes?format={name}&page_size=9", headers={"Accept": "image/png"})
    by_accept = client.get("/genes?page_size=9", headers={"Accept": MEDIA_TYPES[name]})
    for answer in (by_format, by_accept):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].split(";")[0] == MEDIA_TYPES[name]
    assert by_format.content == by_accept.content


ACCEPTED = [
    ("*/*", "json"),
    ("text/csv, application/json;q=0.9", "csv"),
    ("text/csv;q=0.1, application/json;q=0.2", "json"),
    ("text/*;q=0.5, text/x-bed", "bed"),
    ("text/csv;q=0, text/*", "tsv"),
    ("application/*", "json"),
    ("image/png, */*;q=0.1", "json"),
    ("TEXT/CSV; charset=utf-8", "csv"),
]


@pytest.mark.parametrize(("accept", "name"), ACCEPTED)
def test_accept_is_weighed_by_quality_and_precision(client, accept, name):
    answer = client.get("/genes?page_size=1", headers={"Accept": accept})
    assert answer.headers["Content-Type"].split(";")[0] == MEDIA_TYPES[name]


@pytest.mark.parametrize("accept", ["image/png", "text/html", "text/csv;q=0", "*/*;q=0"])
@pytest.mark.parametrize("target", ["/genes", "/stats", "/openapi.yaml"])
def test_what_accept_does_not_allow_is_406_with_what_there_is(client, target, accept):
    problem = check_problem(client.get(target, headers={"Accept": accept}), 406)
    offered = MEDIA_TYPES.values() if target == "/genes" else ["application/"]
    assert all(media_type in problem["detail"] for media_type in offered)


@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_download_has_all_rows_and_a_file_name(client, bundled_genes, name):
    answer = client.get(f"/genes?format={name}")
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="homo_sapiens-GRCh38-114-chr21.{name}"'
    assert answer.headers["X-Total-Count"] == str(len(bundled_genes))
    assert "Link" not in answer.headers
    assert len(set(re.findall(r"ENSG\d{11}", answer.text))) == len(bundled_genes)


@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_download_can_be_taken_page_by_page(client, bundled_genes, name):
    answer = client.get(f"/genes?format={name}&page_size=10&page=2")
    found = list(dict.fromkeys(re.findall(r"ENSG\d{11}", answer.text)))
    assert found == [gene["gene_stable_id"] for gene in bundled_genes[10:20]]
    assert 'rel="next"' in answer.headers["Link"]


@pytest.mark.parametrize("name", DOWNLOADS)
def test_without_a_page_size_everything_is_on_page_one(client, name):
    answer = client.get(f"/genes?format={name}&page=2")
    assert answer.status_code == 200
    assert "ENSG" not in answer.text


def test_json_is_not_a_download(client):
    assert "Content-Disposition" not in client.get("/genes").headers


def test_ndjson_has_the_gene_of_the_json_page_on_each_line(client):
    items = client.get("/genes?page_size=200&search=a").json()["items"]
    lines = client.get("/genes?page_size=200&search=a&format=ndjson").text
    assert lines.endswith("\n")
    assert [json.loads(line) for line in lines.splitlines()] == items


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables_have_mart_headers_and_every_gene(client, bundled_genes, name, delimiter):
    table = client.get(f"/genes?format={name}").text
    assert set(table.splitlines()[0].split(delimiter)) == set(COLUMNS.values())
    assert to_genes(io.StringIO(table), delimiter) == bundled_genes


def test_tables_take_fields_in_the_order_given(client):
    table = client.get("/genes?format=csv&fields=band,gene_start,length&page_size=1").text
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0] == ["Karyotype band", "Gene start (bp)", "Gene length (bp)"]
    assert rows[1] == ["p12", "5011799", "5347"]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_loads_again_as_the_same_genes(client, tmp_path, name):
    table = tmp_path / f"genes.{name}"
    table.write_bytes(client.get(f"/genes?format={name}").content)
    reloaded = run(
        "get",
        "/genes?format=ndjson",
        "--data",
        str(table),
        "--database-url",
        database_url(tmp_path / "reloaded.sqlite3"),
        directory=tmp_path,
    )
    assert reloaded.returncode == 0, reloaded.stderr
    items = client.get("/genes?format=ndjson").content
    assert hashlib.sha256(reloaded.stdout).hexdigest() == hashlib.sha256(items).hexdigest()


def test_bed_is_zero_based_and_half_open(client, bundled_genes):
    rows = [line.split("\t") for line in client.get("/genes?format=bed").text.splitlines()]
    expected = [
        [
            gene["chromosome"],
            str(gene["gene_start"] - 1),
            str(gene["gene_end"]),
            gene["gene_stable_id"],
            "0",
            "+" if gene["strand"] == 1 else "-",
        ]
        for gene in bundled_genes
    ]
    assert rows == expected


def read_gff3(text):
    """A reader of the GFF3 specification's rules; asserts each as it goes."""
    lines = text.split("\n")
    assert lines[0] == "##gff-version 3"
    assert lines.pop() == "", "the last line must end"
    regions, features, identifiers = {}, [], set()
    for line in lines[1:]:
        if line.startswith("##sequence-region "):
            _, name, first, last = line.split(" ")
            regions[name] = (int(first), int(last))
            continue
        columns = line.split("\t")
        assert len(columns) == 9 and all(columns), line
        seqid, _, kind, start, end, score, strand, phase, attributes = columns
        assert re.fullmatch(r"[a-zA-Z0-9.:^*$@!+_?|-]+", seqid)
        assert regions[seqid][0] <= int(start) <= int(end) <= regions[seqid][1]
        assert (kind, score, phase) == ("gene", ".", ".") and strand in "+-.?"
        members = dict(pair.split("=") for pair in attributes.split(";"))
        assert not re.search(r"[\x00-\x1f\x7f&,]|%(?![0-9A-F]{2})", attributes)
        assert members["ID"] not in identifiers
        identifiers.add(members["ID"])
        decoded = {unquote(tag): unquote(value) for tag, value in members.items()}
        features.append((seqid, int(start), int(end), strand, decoded))
    return regions, features


def test_gff3_is_well_formed_and_says_the_same(client, bundled_genes):
    regions, features = read_gff3(client.get("/genes?format=gff3").text)
    assert regions == {"21": (1, CHROMOSOME_LENGTH)}
    assert len(features) == len(bundled_genes)
    for feature, gene in zip(features, bundled_genes, strict=True):
        seqid, start, end, strand, attributes = feature
        assert (seqid, start, end) == (gene["chromosome"], gene["gene_start"], gene["gene_end"])
        assert strand == ("+" if gene["strand"] == 1 else "-")
        assert attributes["ID"] == f"gene:{gene['gene_stable_id']}"
        assert attributes["gene_id"] == gene["gene_stable_id"]
        assert attributes.get("Name") == gene["gene_name"]
        assert attributes.get("description") == gene["gene_description"]
        assert attributes["biotype"] == gene["gene_type"]


@pytest.mark.parametrize("name", ["bed", "gff3"])
def test_formats_with_fixed_columns_take_no_fields(client, name):
    by_format = client.get(f"/genes?format={name}&fields=gene_name")
    by_accept = client.get("/genes?fields=gene_name", headers={"Accept": MEDIA_TYPES[name]})
    assert name in faults_of(by_format)["fields"]
    assert name in faults_of(by_accept)["fields"]
