"""The OpenAPI document breaks no program that was written for a released version."""

import copy
import json
from collections.abc import Callable

import pytest
from openapi_changes import Document, breaking_changes

from docs_server import ROOT

RELEASED = sorted((ROOT / "docs/openapi").glob("*.json"))


def read(file) -> Document:
    return json.loads(file.read_text(encoding="utf-8"))


# What CHANGELOG.md tells of: limits, where a request that reaches them was answered before; and
# what else brings up a suggestion.
ON_PURPOSE = {
    "0.1.0": [
        *(
            f"GET {path}: search has the maxItems 100 instead of None"
            for path in ("/density", "/genes", "/stats")
        ),
        *(
            f"GET /suggest 200 application/json.suggestions[].match may be {kind}"
            for kind in ("previous_name", "synonym")
        ),
    ],
}


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_the_document_breaks_no_program_written_for(file):
    changes = breaking_changes(read(file), read(ROOT / "docs/openapi.json"))
    assert sorted(changes) == sorted(ON_PURPOSE.get(file.stem, []))


def test_there_is_a_released_version_to_compare_with():
    assert [file.stem for file in RELEASED] == ["0.1.0"]


def genes(document: Document) -> Document:
    return document["paths"]["/genes"]["get"]


def gene(document: Document) -> Document:
    return document["components"]["schemas"]["Gene"]


def parameter(document: Document, name: str) -> Document:
    (found,) = [one for one in genes(document)["parameters"] if one["name"] == name]
    return found


PLANTED: list[tuple[Callable[[Document], object], str]] = [
    (lambda new: new["paths"].pop("/stats"), "GET /stats is gone"),
    (
        lambda new: genes(new)["parameters"].remove(parameter(new, "band")),
        "GET /genes: parameter band is gone",
    ),
    (
        lambda new: parameter(new, "band").update(required=True),
        "GET /genes: band has to be sent",
    ),
    (
        lambda new: parameter(new, "page_size")["schema"].update(maximum=100),
        "GET /genes: page_size has the maximum 100 instead of 200",
    ),
    (
        lambda new: parameter(new, "format")["schema"]["enum"].remove("bed"),
        "GET /genes: format does not take bed any more",
    ),
    (
        lambda new: parameter(new, "page")["schema"].update(type="string"),
        "GET /genes: page is string instead of integer",
    ),
    (
        lambda new: genes(new)["responses"]["200"]["content"].pop("text/csv"),
        "GET /genes 200 text/csv is gone",
    ),
    (
        lambda new: gene(new)["properties"].pop("strand"),
        "GET /suggest 200 application/json.suggestions[].gene: strand is gone",
    ),
    (
        lambda new: gene(new)["required"].remove("gene_name"),
        "GET /suggest 200 application/json.suggestions[].gene: gene_name may be missing",
    ),
    (
        lambda new: gene(new)["properties"]["gene_stable_id"].update(nullable=True),
        "GET /suggest 200 application/json.suggestions[].gene.gene_stable_id may be null",
    ),
    (
        lambda new: new["paths"]["/genes/lookup"]["post"]["responses"].pop("400"),
        "POST /genes/lookup: answer 400 is gone",
    ),
]


@pytest.mark.parametrize(("plant", "told"), PLANTED, ids=[told for _, told in PLANTED])
def test_a_breaking_change_is_told(plant, told):
    before = read(RELEASED[0])
    after = copy.deepcopy(before)
    plant(after)
    assert told in breaking_changes(before, after)


def test_what_is_added_breaks_nobody():
    before = read(RELEASED[0])
    after = copy.deepcopy(before)
    after["paths"]["/new"] = after["paths"]["/genes"]
    genes(after)["parameters"].append({"name": "new", "in": "query", "schema": {"type": "string"}})
    parameter(after, "format")["schema"]["enum"].append("parquet")
    gene(after)["properties"]["new"] = {"type": "string"}
    assert breaking_changes(before, after) == []
