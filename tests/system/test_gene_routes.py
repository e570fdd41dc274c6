"""Lookup, neighbors, suggestions, stats, density and chromosomes against plain computations."""

import statistics

import pytest

from genes import (
    CHROMOSOME_LENGTH,
    contains,
    distance,
    ids,
    length,
    overlaps,
    read_bands,
    touched_bands,
)
from problems import check_problem, faults_of
from targets import DYRK1A


def test_lookup_gives_one_slot_for_each_input_ids_first(client):
    body = {"names": ["app", "DYRK1X"], "ids": [f"{DYRK1A}.22", "ENSG1", DYRK1A]}
    answer = client.post("/genes/lookup", json=body).json()
    assert [slot["input"] for slot in answer["results"]] == body["ids"] + body["names"]
    found = [slot["gene"] and slot["gene"]["gene_name"] for slot in answer["results"]]
    assert found == ["DYRK1A", None, "DYRK1A", "APP", None]
    for slot in answer["results"]:
        assert (slot["gene"] is None) == bool(slot["reason"])
    assert "DYRK1A" in answer["results"][-1]["reason"]
    assert (answer["found"], answer["missing"]) == (3, 2)


def test_lookup_takes_ten_thousand_inputs_and_refuses_one_more(client, bundled_genes):
    wanted = (ids(bundled_genes) * 10)[:10000]
    answer = client.post("/genes/lookup", json={"ids": wanted[:5000], "inputs": wanted[5000:]})
    assert ids(slot["gene"] for slot in answer.json()["results"]) == wanted
    too_many = client.post("/genes/lookup", json={"inputs": wanted, "names": ["APP"]})
    assert "10000" in faults_of(too_many)["body"]


LOOKUP_FAULTS = [
    ("{", ["body"]),
    ("[]", ["body"]),
    ("{}", ["body"]),
    ('{"ids": "ENSG1"}', ["ids"]),
    ('{"ids": [""], "names": [1, null]}', ["ids[0]", "names[0]", "names[1]"]),
    ('{"gene_ids": [], "ids": []}', ["gene_ids"]),
    ('{"inputs": ["APP", ""]}', ["inputs[1]"]),
    ('{"names": ["a\\u0000b"]}', ["names[0]"]),
    ('{"names": ["\\ud800"]}', ["body"]),
    (b'{"names": ["\xff"]}', ["body"]),
    ("[" * 5000, ["body"]),
]


@pytest.mark.parametrize(("body", "named"), LOOKUP_FAULTS)
def test_lookup_names_every_part_of_the_body_that_is_wrong(client, body, named):
    answer = client.post(
        "/genes/lookup", content=body, headers={"Content-Type": "application/json"}
    )
    assert sorted(faults_of(answer)) == named


@pytest.mark.parametrize("limit", [1, 5, 100])
def test_neighbors_are_the_nearest_genes_by_brute_force(client, bundled_genes, limit):
    for gene in bundled_genes[::37] + bundled_genes[-1:]:
        expected: dict[str, list[dict]] = {"overlapping": [], "upstream": [], "downstream": []}
        for other in bundled_genes:
            if other is gene:
                continue
            bp = distance(other, gene["gene_start"], gene["gene_end"])
            ahead = (other["gene_start"] > gene["gene_start"]) == (gene["strand"] == 1)
            place = "overlapping" if bp == 0 else "downstream" if ahead else "upstream"
            expected[place].append({"distance": bp, "gene": other})
        for place, others in expected.items():
            expected[place] = sorted(others, key=lambda one: one["distance"])[:limit]
        answer = client.get(f"/genes/{gene['gene_stable_id']}/neighbors?limit={limit}").json()
        assert answer == {"gene": gene, **expected}


def test_neighbors_can_be_narrowed_to_a_type_and_a_strand(client):
    query = "gene_type=protein_coding&strand=-&limit=100"
    answer = client.get(f"/genes/{DYRK1A}/neighbors?{query}").json()
    others = answer["overlapping"] + answer["upstream"] + answer["downstream"]
    assert len(others) > 50
    for other in others:
        assert (other["gene"]["gene_type"], other["gene"]["strand"]) == ("protein_coding", -1)


def kind_of(gene, text):
    name, stable_id = (gene["gene_name"] or "").lower(), gene["gene_stable_id"].lower()
    if text in (name, stable_id):
        return 0
    if name.startswith(text) or stable_id.startswith(text):
        return 1
    description = (gene["gene_description"] or "").lower()
    starts = [at for at in range(len(description)) if description.startswith(text, at)]
    if any(at == 0 or not description[at - 1].isalnum() for at in starts):
        return 2
    return None


@pytest.mark.parametrize(
    "text", ["app", "dyr", "krtap10", "k", "ENSG00000157", "kinase", "Keratin", "21"]
)
def test_suggestions_come_exact_first_then_prefix_then_description(client, bundled_genes, text):
    ranked = []
    for place, gene in enumerate(bundled_genes):
        kind = kind_of(gene, text.lower())
        if kind is not None:
            name = gene["gene_name"]
            ranked.append((kind, name is None, len(name or ""), place))
    expected = [bundled_genes[place]["gene_stable_id"] for *_, place in sorted(ranked)[:50]]
    answer = client.get("/suggest", params={"q": text, "limit": 50}).json()
    assert answer["q"] == text
    found = [one for one in answer["suggestions"] if one["match"] != "typo"]
    assert ids(one["gene"] for one in found) == expected
    kinds = [one["match"] for one in answer["suggestions"]]
    assert kinds == sorted(kinds, key=["exact", "prefix", "description", "typo"].index)


@pytest.mark.parametrize("text", ["DYRK1AA", "DYRK1B", "YDRK1A", "DYK1A", "dyrk1"])
def test_suggestions_forgive_one_typo(client, text):
    suggestions = client.get("/suggest", params={"q": text}).json()["suggestions"]
    assert "DYRK1A" in [one["text"] for one in suggestions]


def test_suggestions_complete_a_gene_without_a_name_by_its_id(client):
    (only,) = client.get("/suggest?q=ensg00000279493").json()["suggestions"]
    assert (only["text"], only["match"]) == ("ENSG00000279493", "exact")


def groups_of(genes, by, bands):
    groups: dict[object, list[int]] = {}
    for gene in genes:
        keys = [f"21{band}" for band in touched_bands(gene, bands)] if by == "band" else [gene[by]]
        for key in keys:
            groups.setdefault(key, []).append(length(gene))
    return groups


def quantiles(lengths):
    quarters = [lengths[0]] * 3
    if len(lengths) > 1:
        quarters = statistics.quantiles(lengths, n=4, method="inclusive")  # type 7
    five = [min(lengths), *quarters, max(lengths)]
    return dict(zip(["min", "q1", "median", "q3", "max"], five, strict=True))


@pytest.mark.parametrize("query", ["", "&gene_type=protein_coding", "&search=keratin&strand=-1"])
@pytest.mark.parametrize("by", ["gene_type", "strand", "chromosome", "band"])
def test_stats_are_counts_and_quantiles_of_the_filtered_genes(client, bundled_genes, by, query):
    genes = [
        gene
        for gene in bundled_genes
        if ("protein" not in query or contains(gene, "gene_type", "protein_coding"))
        and (
            "keratin" not in query
            or (gene["strand"] == -1 and contains(gene, "gene_description", "keratin"))
        )
    ]
    answer = client.get(f"/stats?by={by}{query}").json()
    assert (answer["by"], answer["total"]) == (by, len(genes))
    expected = groups_of(genes, by, read_bands())
    assert {group["value"] for group in answer["groups"]} == set(expected)
    for group in answer["groups"]:
        lengths = expected[group["value"]]
        assert group["count"] == len(lengths)
        assert group["length"] == pytest.approx(quantiles(lengths))


def test_stats_are_ordered_by_count_and_bands_along_the_chromosome(client):
    counts = [group["count"] for group in client.get("/stats").json()["groups"]]
    assert counts == sorted(counts, reverse=True)
    bands = [group["value"] for group in client.get("/stats?by=band").json()["groups"]]
    order = [f"21{band['band']}" for band in read_bands()]
    assert bands == [band for band in order if band in bands]


@pytest.mark.parametrize("bins", [1, 7, 100, 1000])
def test_density_counts_each_gene_in_the_window_of_its_start(client, bundled_genes, bins):
    answer = client.get(f"/density?bins={bins}").json()
    (chromosome,) = answer["chromosomes"]
    size = -(-CHROMOSOME_LENGTH // bins)
    counts = [0] * bins
    for gene in bundled_genes:
        counts[(gene["gene_start"] - 1) // size] += 1
    assert (answer["bins"], answer["total"], answer["unplaced"]) == (bins, len(bundled_genes), 0)
    assert chromosome == {
        "name": "21",
        "length": CHROMOSOME_LENGTH,
        "bin_size": size,
        "counts": counts,
    }


def test_chromosomes_have_length_bands_and_gene_counts(client, bundled_genes):
    answer = client.get("/chromosomes").json()
    (chromosome,) = answer["chromosomes"]
    assert answer["assembly"] == "GRCh38"
    assert (chromosome["name"], chromosome["length"]) == ("21", CHROMOSOME_LENGTH)
    assert chromosome["gene_count"] == len(bundled_genes)
    expected = [
        {
            "name": band["band"],
            "start": band["start"],
            "end": band["end"],
            "stain": band["stain"],
            "gene_count": sum(overlaps(gene, band["start"], band["end"]) for gene in bundled_genes),
        }
        for band in read_bands()
    ]
    assert chromosome["bands"] == expected
    assert client.get("/chromosomes/21").json() == chromosome
    assert "21" in check_problem(client.get("/chromosomes/22"), 404)["detail"]
