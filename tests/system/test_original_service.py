"""The four routes of the original service, with the bundled genes and the export that it served."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from conftest import client_of, shared_file
from genes import BUNDLED_EXPORT, Gene, contains, ids, read_export
from problems import check_problem
from server import Server


@pytest.fixture(scope="module", params=["the bundled export", "the original's export"])
def export(request: pytest.FixtureRequest) -> Path:
    """The second one is not part of the project; where it is not there, its tests are skipped."""
    if request.param == "the bundled export":
        return BUNDLED_EXPORT
    return shared_file("data/mart/chr21_mart_export.csv")


@pytest.fixture(scope="module")
def export_genes(export: Path) -> list[Gene]:
    return read_export(export)


@pytest.fixture(scope="module")
def export_client(tmp_path_factory: pytest.TempPathFactory, export: Path) -> Iterator[httpx.Client]:
    started = Server(tmp_path_factory.mktemp("original"), "--data", str(export))
    with client_of(started) as opened:
        yield opened
    started.stop()


def original_list(genes, chromosome=None, gene_type=None, search=None, page=1, page_size=25):
    """The original's list: filtered, by start, one page of it."""
    found = [
        gene
        for gene in genes
        if (chromosome is None or gene["chromosome"] == chromosome)
        and (gene_type is None or contains(gene, "gene_type", gene_type))
        and (
            search is None
            or contains(gene, "gene_name", search)
            or contains(gene, "gene_description", search)
        )
    ]
    first = (page - 1) * page_size
    return {
        "total": len(found),
        "page": page,
        "page_size": page_size,
        "items": found[first : first + page_size],
    }


LISTS = [
    {},
    {"page": 2},
    {"page": 46},
    {"page": 47},
    {"page": 2_147_483_647, "page_size": 200},
    {"page_size": 1},
    {"page_size": 200, "page": 3},
    {"chromosome": "21"},
    {"chromosome": "2"},
    {"gene_type": "protein_coding"},
    {"gene_type": "PSEUDO", "page_size": 200},
    {"search": "kinase"},
    {"search": "KeRaTiN", "page": 2, "page_size": 30},
    {"search": "APP"},
    {"search": "no such words"},
    {"search": "like", "gene_type": "coding", "chromosome": "21", "page_size": 7},
    {"search": "(cytosine-5-)"},
    {"search": "[Source:HGNC Symbol;Acc:HGNC:1"},
]


@pytest.mark.parametrize("query", LISTS, ids=str)
def test_genes_are_listed_as_the_original_did(export_client, export_genes, query):
    answer = export_client.get("/genes", params=query)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == original_list(export_genes, **query)


def test_a_gene_has_exactly_the_keys_of_the_original_in_its_order(export_client):
    (gene,) = export_client.get("/genes?page_size=1").json()["items"]
    assert list(gene) == [
        "gene_stable_id",
        "gene_name",
        "gene_description",
        "chromosome",
        "gene_start",
        "gene_end",
        "strand",
        "gene_type",
    ]


def test_a_list_has_exactly_the_keys_of_the_original_in_its_order(export_client):
    assert list(export_client.get("/genes").json()) == ["total", "page", "page_size", "items"]


def test_the_welcome_keeps_its_message(export_client):
    assert export_client.get("/").json()["message"] == "Welcome to Chromosome 21 Gene API"


def test_every_gene_is_found_by_its_id(export_client, export_genes):
    for gene in export_genes:
        assert export_client.get(f"/genes/{gene['gene_stable_id']}").json() == gene


def test_a_name_finds_its_first_gene_by_start_ignoring_case(export_client, export_genes):
    first: dict[str, Gene] = {}
    for gene in export_genes:
        if gene["gene_name"]:
            first.setdefault(gene["gene_name"].upper(), gene)
    assert len(first) > 500
    for name, gene in first.items():
        assert export_client.get(f"/genes/by-name/{name.lower()}").json() == gene


@pytest.mark.parametrize("target", ["/genes/ENSG00000000000", "/genes/by-name/NOSUCHGENE"])
def test_an_unknown_gene_is_404_with_a_message(export_client, target):
    assert check_problem(export_client.get(target), 404)["message"]


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page_size=0", "page_size=201", "page_size=2.5"],
)
def test_a_page_outside_its_range_is_refused(export_client, query):
    check_problem(export_client.get(f"/genes?{query}"), 400)


@pytest.mark.parametrize("character", ["%", "_"])
def test_wildcards_of_the_original_are_ordinary_characters(export_client, export_genes, character):
    answer = export_client.get("/genes", params={"search": character, "page_size": 200}).json()
    assert answer == original_list(export_genes, search=character, page_size=200)
    assert answer["total"] < 50
    check_problem(
        export_client.get(f"/genes/by-name/DYRK1{'%25' if character == '%' else '_'}"), 404
    )


def test_genes_with_equal_starts_come_by_stable_id(export_client, export_genes):
    starts = [gene["gene_start"] for gene in export_genes]
    shared = [gene for gene in export_genes if starts.count(gene["gene_start"]) > 1]
    assert shared
    listed = export_client.get("/genes?format=ndjson").text
    places = [listed.index(stable_id) for stable_id in ids(shared)]
    assert places == sorted(places)
