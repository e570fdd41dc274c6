"""How names are understood: chromosomes, blanks, dashes, lists, and what names nothing."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import httpx
import pytest

from conftest import client_of, shared_file
from problems import check_problem
from server import Server, database_url

E109 = "data/mart/genomes/mart_like_human_e109_GRCh38_entrez_patches.txt.gz"


def notices_of(answer: httpx.Response) -> list[tuple[str, dict[str, str]]]:
    """The items of X-Notice with their parameters, as a reader of RFC 9651 has them."""
    field = answer.headers.get("X-Notice", "")
    assert len(field) <= 512
    assert field.isascii()
    item = r'[a-z-]+(;[a-z]+=("[^"\\,]*(,[^"\\,]*)*"|[0-9]+))*'
    assert re.fullmatch(f"({item}(, {item})*)?", field), field
    items = []
    for one in re.finditer(item, field):
        kind, *parameters = one[0].split(";")
        pairs = (parameter.split("=", 1) for parameter in parameters)
        items.append((kind, {name: unquote(value.strip('"')) for name, value in pairs}))
    return items


def both_engines(folder, export: str) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    memory = Server(folder / "memory", "--data", str(shared_file(export)))
    url = database_url(memory.database)
    database = Server(folder / "sql", "--store", "database", "--database-url", url)
    with client_of(memory) as first, client_of(database) as second:
        yield first, second
    database.stop()
    memory.stop()


@pytest.fixture(scope="module")
def e109(tmp_path_factory):
    yield from both_engines(tmp_path_factory.mktemp("e109"), E109)


@pytest.fixture(scope="module")
def prefixed(tmp_path_factory):
    yield from both_engines(tmp_path_factory.mktemp("prefixed"), "data/field/41_chr21_prefixed.csv")


@pytest.fixture(scope="module")
def odd_names(tmp_path_factory):
    yield from both_engines(tmp_path_factory.mktemp("odd"), "data/field/27_chr_names.tsv")


@pytest.fixture(scope="module")
def worms(tmp_path_factory):
    yield from both_engines(tmp_path_factory.mktemp("worms"), "data/field/22_wb.tsv")


@pytest.fixture(scope="module")
def numeric(tmp_path_factory):
    yield from both_engines(tmp_path_factory.mktemp("numeric"), "data/field/44_numeric_ids.tsv")


def same(clients: tuple[httpx.Client, httpx.Client], target: str) -> httpx.Response:
    """What both engines answer."""
    memory, database = (client.get(target) for client in clients)
    assert memory.status_code == database.status_code, target
    assert memory.content == database.content, target
    assert memory.headers.get("X-Notice") == database.headers.get("X-Notice"), target
    return memory


# Of 50_regions_as_typed.requests.txt: the place, and the parameter's fault where it is refused.
REGIONS = [
    ("chr21:33,500,000-33,510,000", None),
    ("CHR21:33500000-33510000", None),
    ("21:33M-34M", "whole numbers"),
    ("chr21:33500000..33510000", "chromosome:first-last"),
    ("21-33500000-33510000", "chromosome:first-last"),
    ("21%2033500000%2033510000", "chromosome:first-last"),
    ("chr21%0933500000%0933510000", "chromosome:first-last"),
    ("21:33500000", "chromosome:first-last"),
    ("21", "chromosome:first-last"),
    ("NC_000021.9:33500000-33510000", None),
    ("NC_000021.8:33500000-33510000", "does not have"),
    ("CM000683.2:33500000-33510000", None),
    ("21:33500000%E2%80%9333510000", None),
    ("%C2%A021:33500000-33510000%E2%80%8B", None),
    ("21:1-50000000", "ends at 46709983"),
]


@pytest.mark.parametrize(("region", "fault"), REGIONS)
def test_a_region_as_people_type_it(client, region, fault):
    answer = client.get(f"/genes?fields=gene_name&region={region}")
    if fault:
        (error,) = check_problem(answer, 400)["errors"]
        assert fault in error["message"]
    else:
        expected = client.get("/genes?fields=gene_name&region=21:33500000-33510000")
        assert answer.json() == expected.json()


# Of 51_mitochondrion.requests.txt and the like: what is asked, and the same as the dataset has it.
SAME_IN_E109 = [
    ("/genes?fields=gene_name&region=chrM:1-2000", "/genes?fields=gene_name&region=MT:1-2000"),
    ("/genes?fields=gene_name&region=M:1-2000", "/genes?fields=gene_name&region=MT:1-2000"),
    ("/genes?fields=gene_name&region=chrMT:1-2000", "/genes?fields=gene_name&region=MT:1-2000"),
    ("/genes?region=x:276322-303356", "/genes?region=X:276322-303356"),
    ("/genes?chromosome=M", "/genes?chromosome=MT"),
    ("/genes?chromosome=chr21", "/genes?chromosome=21"),
    ("/genes?chromosome=NC_012920.1", "/genes?chromosome=MT"),
    ("/chromosomes/chrM", "/chromosomes/MT"),
    ("/stats?chromosome=chr21", "/stats?chromosome=21"),
    ("/density?chromosome=CHRX&bins=10", "/density?chromosome=X&bins=10"),
    ("/genes?band=chr21q22.3", "/genes?band=21q22.3"),
    ("/genes?name=APP%20", "/genes?name=APP"),
    ("/genes?name=%EF%BB%BFapp%C2%A0", "/genes?name=APP"),
    ("/genes?name=NKX2%E2%80%935", "/genes?name=NKX2-5"),
    ("/genes/by-name/NKX2%E2%80%935", "/genes/by-name/NKX2-5"),
    ("/genes/by-name/c1ORF112", "/genes/by-name/C1orf112"),
    ("/genes/by-name/%20brca1%09", "/genes/by-name/BRCA1"),
    ("/genes/%C2%A0ENSG00000142192%0D", "/genes/ENSG00000142192"),
]


@pytest.mark.parametrize(("asked", "meant"), SAME_IN_E109)
def test_what_is_written_otherwise_is_understood(e109, asked, meant):
    answer, expected = same(e109, asked), same(e109, meant)
    assert answer.status_code == expected.status_code == 200
    assert answer.json() == expected.json()
    if "total" in answer.json():
        assert answer.json()["total"] > 0


# What names nothing stays an answer of nothing: target, parameter, value, and one of the nearest.
NAMING_NOTHING = [
    ("/genes?chromosome=chr23", "chromosome", "chr23", "2"),
    ("/genes?gene_type=lincRNA", "gene_type", "lincRNA", "lncRNA"),
    ("/genes?gene_type=protein-coding", "gene_type", "protein-coding", "protein_coding"),
    ("/genes?gene_stable_id=ENST00000284987", "gene_stable_id", "ENST00000284987", None),
    ("/genes?gene_stable_id=ENSG0000142192", "gene_stable_id", "ENSG0000142192", "ENSG00000142192"),
    ("/genes?name=APP,SOD1", "name", "APP,SOD1", None),
    ("/genes?name=DYRK1", "name", "DYRK1", "DYRK2"),
    ("/genes?attribute.entrezgene_id=0", "attribute.entrezgene_id", "0", None),
]


@pytest.mark.parametrize(("target", "parameter", "value", "nearest"), NAMING_NOTHING)
def test_a_value_that_names_nothing_is_told_beside_the_body(
    e109, target, parameter, value, nearest
):
    answer = same(e109, target)
    assert answer.json() == {"total": 0, "page": 1, "page_size": 25, "items": []}
    ((kind, parameters),) = notices_of(answer)
    assert (kind, parameters["parameter"], parameters["value"]) == (
        "names-nothing",
        parameter,
        value,
    )
    if nearest:
        assert nearest in parameters["nearest"].split(",")
    head = e109[0].head(target)
    assert head.headers["X-Notice"] == answer.headers["X-Notice"]
    unchanged = e109[0].get(target, headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged.headers["X-Notice"] == answer.headers["X-Notice"]


def test_each_value_that_names_nothing_is_told(e109):
    answer = same(e109, "/genes?name=APP&name=nope1&name=nope2&chromosome=21&chromosome=nope3")
    assert answer.json()["total"] == 1
    assert [parameters["value"] for _, parameters in notices_of(answer)] == [
        "nope3",
        "nope1",
        "nope2",
    ]
    many = same(e109, "/genes?" + "&".join(f"name=nothing{i}" for i in range(200)))
    *items, (last, counted) = notices_of(many)
    assert (last, len(items) + int(counted["count"])) == ("more", 200)


def test_what_names_something_is_not_told(e109):
    for target in (
        "/genes",
        "/genes?chromosome=21&name=APP",
        "/genes?gene_type=RNA&page_size=1",
        "/genes?name=APP&name=SOD1",
        "/genes?biotype=lncRNA",
        "/stats?chromosome=X",
    ):
        assert "X-Notice" not in same(e109, target).headers, target


def test_a_name_that_was_read_as_another_is_told(e109):
    for target, parameter, value, name in (
        ("/genes?chromosome=chr21", "chromosome", "chr21", "21"),
        ("/stats?chromosome=m", "chromosome", "m", "MT"),
        ("/genes?region=chrM:1-2,000", "region", "chrM:1-2,000", "MT:1-2000"),
        ("/chromosomes/chrM", "name", "chrM", "MT"),
    ):
        assert notices_of(same(e109, target)) == [
            ("read-as", {"parameter": parameter, "value": value, "as": name})
        ]


def test_a_list_in_one_value_is_told_how_to_be_sent(e109):
    ((_, parameters),) = notices_of(same(e109, "/genes?name=APP,%20SOD1"))
    assert parameters["list"] == "name=APP&name=SOD1"
    body = {"names": ["APP, SOD1", "BRCA 1", "1-Mar"]}
    answers = [client.post("/genes/lookup", json=body) for client in e109]
    assert answers[0].content == answers[1].content
    reasons = [slot["reason"] for slot in answers[0].json()["results"]]
    assert 'send a list as strings of their own: ["APP","SOD1"]' in reasons[0]
    assert "list" not in reasons[1]
    assert "list" not in reasons[2]


# Of 58_pasted_lists.requests.txt: the names, and those that are found.
LOOKUPS = [
    (["APP", "APP", "app"], ["APP", "APP", "APP"]),
    (["APP", " SOD1", "brca1", "\u00a0TP53\u200b"], ["APP", "SOD1", "BRCA1", "TP53"]),
    (["BRCA-1", "BRCA 1", "HLA\u2013A", "NKX2\u20135"], [None, None, "HLA-A", "NKX2-5"]),
    (["APP, SOD1"], [None]),
]


@pytest.mark.parametrize(("names", "found"), LOOKUPS)
def test_names_of_a_lookup_as_they_are_pasted(e109, names, found):
    answers = [client.post("/genes/lookup", json={"names": names}) for client in e109]
    assert answers[0].content == answers[1].content
    results = answers[0].json()["results"]
    assert [slot["input"] for slot in results] == names
    assert [slot["gene"] and slot["gene"]["gene_name"] for slot in results] == found


@pytest.mark.parametrize("names", [["APP", ""], ["APP", " "], ["\u200b\ufeff"], ["NKX2-5", None]])
def test_a_lookup_of_nothing_is_a_fault(client, names):
    (fault,) = check_problem(client.post("/genes/lookup", json={"names": names}), 400)["errors"]
    assert fault["parameter"] == f"names[{len(names) - 1}]"


def test_groups_and_biotypes_agree(e109):
    groups = same(e109, "/stats?by=gene_type").json()["groups"]
    assert len(groups) > 20
    for group in groups:
        target = f"/genes?page_size=1&biotype={quote(group['value'])}"
        assert same(e109, target).json()["total"] == group["count"]
    several = "/genes?biotype=processed_pseudogene&biotype=LNCRNA"
    counts = {group["value"]: group["count"] for group in groups}
    expected = counts["processed_pseudogene"] + counts["lncRNA"]
    assert same(e109, several).json()["total"] == expected


def test_a_dataset_that_writes_chr21_answers_like_one_that_writes_21(prefixed, export_client):
    def plain(text: str) -> str:
        return text.replace('"chr21"', '"21"')

    dataset = same(prefixed, "/dataset").json()
    assert (dataset["assembly"], dataset["species"]) == ("GRCh38", "Homo sapiens")
    for target in (
        "/genes?chromosome=21",
        "/genes?chromosome=chr21&page=3",
        "/genes?region=21:33500000-33510000",
        "/genes?region=chr21:33500000-33510000",
        "/genes?band=q21.3&fields=all,band,length",
        "/genes?band=21q21.3",
        "/genes?band=chr21q21.3",
        "/chromosomes/21",
        "/chromosomes/chr21",
        "/chromosomes",
        "/stats?by=band",
        "/density?chromosome=21",
        "/genes/ENSG00000142192?fields=band,length",
        "/genes/ENSG00000142192/neighbors",
    ):
        answer = same(prefixed, target)
        expected = export_client.get(target)
        assert answer.status_code == expected.status_code == 200, target
        assert json.loads(plain(answer.text)) == expected.json(), target
    outside = check_problem(prefixed[0].get("/genes?region=21:1-50000000"), 400)
    assert "ends at 46709983" in outside["detail"]


@pytest.mark.parametrize(
    ("chromosome", "stable_id"),
    [
        ("chr21", "ENSG00000142192"),
        ("21", "ENSG00000142192"),
        ("MT", "ENSG00000198888"),
        ("chrM", "ENSG00000198888"),
        ("phavu.Chr01", "P0001"),
        ("PHAVU.CHR01", "P0001"),
        ("HLA-A*01:01:01:01", "HLA1"),
        ("2L", "D1"),
        ("scaffold_12-3", "D2"),
        ("scaffold_12\u20133", "D2"),
        ("group 5, part", "D3"),
    ],
)
def test_names_of_chromosomes_are_taken_as_they_are(odd_names, chromosome, stable_id):
    name = quote(chromosome, safe="")
    listed = same(odd_names, f"/genes?chromosome={name}").json()
    assert [gene["gene_stable_id"] for gene in listed["items"]] == [stable_id]
    (gene,) = listed["items"]
    placed = same(odd_names, f"/genes?region={name}:{gene['gene_start']}-{gene['gene_start']}")
    assert placed.json()["items"] == [gene]
    assert same(odd_names, f"/chromosomes/{name}").json()["name"] == gene["chromosome"]


def test_other_species_have_their_own_names(worms, numeric):
    assert same(worms, "/genes?chromosome=iv").json()["total"] == 1
    assert same(worms, "/genes?chromosome=chrII").json()["total"] == 1
    for name in ("Mt", "MT", "M", "chrM"):
        answer = same(numeric, f"/genes?chromosome={name}")
        assert answer.json()["total"] == same(numeric, "/genes?chromosome=Mt").json()["total"] > 0


def test_lists_of_values_are_short(e109):
    for target in ("/chromosomes/none", "/genes?region=none:1-2", "/stats?chromosome=none"):
        answer = same(e109, target)
        assert answer.status_code in (400, 404)
        assert len(answer.content) < 3000
        assert len(answer.json().get("suggestions", [])) <= 12


# Of 57_paging.requests.txt: the words of others for what we call otherwise.
@pytest.mark.parametrize(
    ("query", "advised"),
    [
        ("from=20000&size=10000", ["page?", "page_size?"]),
        ("limit=10&offset=5", ["page_size?", "page?"]),
        ("gene_name=APP", ["name?"]),
        ("attribute.synonym=p53", ["there are: attribute.entrezgene_id"]),
    ],
)
def test_a_parameter_of_another_name_is_advised_on(e109, query, advised):
    problem = check_problem(same(e109, f"/genes?{query}"), 400)
    assert len(problem["errors"]) == len(advised)
    for fault, words in zip(problem["errors"], advised, strict=True):
        assert words in fault["message"]
