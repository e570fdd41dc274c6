"""How names are understood, on the tables of ../shared/data/field, by both engines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from conftest import client_of, shared_file
from server import Server

FIELD = "data/field"


@pytest.fixture(params=["memory", "database"])
def field_client(
    request: pytest.FixtureRequest, start_server: Callable[..., Server], tmp_path: Path
) -> Callable[[str], httpx.Client]:
    """A client of a server that was filled from one of the tables."""

    def open_client(name: str) -> httpx.Client:
        table = shared_file(f"{FIELD}/{name}")
        return client_of(start_server("--data", str(table), "--store", request.param))

    return open_client


def look_up(client: httpx.Client, **members: list[str]) -> list[dict[str, Any]]:
    return client.post("/genes/lookup", json=members).json()["results"]


def named(slot: dict[str, Any]) -> str | None:
    return slot["gene"] and slot["gene"]["gene_name"]


SYNONYMS = [
    ("p53", "TP53", "synonym", "external_synonym"),
    ("TYMP", "TYMP", "name", None),
    ("PARK2", "PRKN", "synonym", "external_synonym"),
    ("dj-1", "PARK7", "synonym", "external_synonym"),
    ("MLL", None, "synonym", "external_synonym"),
    ("7157", "TP53", "attribute", "entrezgene_id"),
    ("HGNC:8607", "PRKN", "attribute", "hgnc_id"),
    ("NM_000546", "TP53", "attribute", "refseq_mrna"),
    ("NM_000546.6", "TP53", "attribute", "refseq_mrna"),
    ("ENST00000269305", "TP53", "attribute", "ensembl_transcript_id"),
    ("ENST00000269305.9", "TP53", "attribute", "ensembl_transcript_id_version"),
    ("ENSG00000141510.3", "TP53", "stable_id", None),
    ("nothing", None, None, None),
]


def test_inputs_are_found_by_whatever_names_them(field_client):
    with field_client("37_synonyms.tsv") as client:
        slots = look_up(client, inputs=[text for text, *_ in SYNONYMS])
        found = [(slot["input"], named(slot), slot["matched"], slot["attribute"]) for slot in slots]
        assert found == SYNONYMS
        ambiguous = slots[4]
        assert ambiguous["reason_code"] == "ambiguous"
        assert "KMT2A (ENSG00000118058), SEPTIN9 (ENSG00000184640)" in ambiguous["reason"]
        assert ambiguous["also"] == ["ENSG00000118058", "ENSG00000184640"]
        assert [one["text"] for one in ambiguous["suggestions"]] == ["KMT2A", "SEPTIN9"]
        assert slots[-1]["reason_code"] == "not_found"
        (by_name,) = look_up(client, names=["HGNC:8607"])
        (by_id,) = look_up(client, ids=["p53"])
        assert (by_name["gene"], by_id["gene"]) == (None, None)


def test_versions_that_differ_are_told(field_client):
    with field_client("37_synonyms.tsv") as client:
        texts = ["ENST00000269305.9", "ENST00000269305.3", "ENST00000269305"]
        versions = [slot["version"] for slot in look_up(client, inputs=texts)]
        assert versions == [None, {"requested": "3", "dataset": "9"}, None]


def test_routes_for_one_kind_say_what_else_a_text_is(field_client):
    with field_client("37_synonyms.tsv") as client:
        for target, said in {
            "/genes/by-name/p53": "it is a synonym of TP53 (ENSG00000141510)",
            "/genes/by-name/MLL": "it is a synonym of 2 genes: KMT2A (ENSG00000118058), SEPTIN9",
            "/genes/by-name/HGNC:11998": "it is the hgnc_id of TP53",
            "/genes/7157": "it is the entrezgene_id of TP53 (ENSG00000141510): ask for /genes/ENSG",
            "/genes/PARK2": "it is a synonym of PRKN",
        }.items():
            answer = client.get(target)
            assert answer.status_code == 404
            assert said in answer.json()["detail"]


def test_synonyms_are_suggested_after_names(field_client):
    with field_client("37_synonyms.tsv") as client:
        suggested = client.get("/suggest?q=TYMP").json()["suggestions"]
        assert [(one["text"], one["match"]) for one in suggested] == [
            ("TYMP", "exact"),
            ("SCO2", "synonym"),
        ]


def test_genes_on_chromosomes_come_before_those_on_patches(field_client):
    with field_client("38_patch_before_x.tsv") as client:
        assert client.get("/genes/by-name/glud2").json()["gene_stable_id"] == "ENSG00000182890"
        (slot,) = look_up(client, names=["GLUD2"])
        assert (slot["also"], slot["also_count"]) == (["ENSG00000288118"], 1)
        for one in client.get("/suggest?q=glud").json()["suggestions"]:
            assert one["also_count"] == 1
            assert one["gene"]["gene_stable_id"] not in one["also"]


def test_versions_of_a_dataset_are_ignored(field_client):
    with field_client("41_versioned.csv") as client:
        dataset = client.get("/dataset").json()
        assert (dataset["species"], dataset["assembly"]) == ("Homo sapiens", "GRCh38")
        stored = client.get("/genes/by-name/APP").json()["gene_stable_id"]
        bare, version = stored.split(".")
        other = f"{bare}.{int(version) + 1}"
        for text in (bare, other, stored, bare.lower()):
            assert client.get(f"/genes/{text}").json()["gene_stable_id"] == stored
            assert client.get(f"/genes?gene_stable_id={text}").json()["total"] == 1
        slots = look_up(client, ids=[bare, stored, other])
        assert [slot["version"] for slot in slots] == [
            None,
            None,
            {"requested": str(int(version) + 1), "dataset": version},
        ]


def test_several_versions_of_one_id_are_listed(start_server, tmp_path):
    table = tmp_path / "versions.tsv"
    table.write_text("Gene stable ID\tGene name\nENSG00000142192.2\tA\nENSG00000142192.3\tB\n")
    with client_of(start_server("--data", str(table))) as client:
        answer = client.get("/genes/ENSG00000142192")
        assert answer.status_code == 404
        assert answer.json()["suggestions"] == ["A", "B"]
        assert "A (ENSG00000142192.2), B (ENSG00000142192.3)" in answer.json()["detail"]
