"""Bad requests: each fault is named with what is allowed, and nothing is guessed or ignored."""

from urllib.parse import quote

import pytest

from problems import check_problem, faults_of
from targets import DYRK1A, UNKNOWN

# target, the parameter that is named, and words that its message must have
BAD = [
    ("/genes?page=0", "page", "1 to"),
    ("/genes?page=-1", "page", "whole number"),
    ("/genes?page=%2B1", "page", "whole number"),
    ("/genes?page=1.0", "page", "whole number"),
    ("/genes?page=1e9999", "page", "whole number"),
    ("/genes?page=0x1", "page", "whole number"),
    ("/genes?page=1%201", "page", "whole number"),
    ("/genes?page=%C2%A0", "page", "empty"),
    ("/genes?page=%D9%A1", "page", "whole number"),
    (f"/genes?page={'9' * 30}", "page", "2147483647"),
    ("/genes?page=2147483648", "page", "2147483647"),
    ("/genes?page_size=0", "page_size", "1 to 200"),
    ("/genes?page_size=201", "page_size", "1 to 200"),
    (f"/genes?page_size={'9' * 30}", "page_size", "1 to 200"),
    ("/genes?page_size=all", "page_size", "1 to 200"),
    ("/genes?page=1&page=2", "page", "more than once"),
    ("/genes?page", "page", "empty"),
    ("/genes?page=", "page", "empty"),
    ("/genes?search=", "search", "empty"),
    ("/genes?search=a&search=", "search", "empty"),
    ("/genes?chromosome=", "chromosome", "empty"),
    ("/genes?gene_type=", "gene_type", "empty"),
    ("/genes?pagesize=5", "pagesize", "page_size?"),
    ("/genes?Page=5", "Page", "page?"),
    ("/genes?serach=a", "serach", "search?"),
    ("/genes?chrom=21", "chrom", "chromosome"),
    ("/genes?limit=10", "limit", "page_size?"),
    ("/genes?gene_name=APP", "gene_name", "name?"),
    ("/genes?lorem_ipsum=10", "lorem_ipsum", "there are: chromosome"),
    ("/genes?name=%20%E2%80%8B", "name", "empty"),
    ("/genes?=5", "", "is not a parameter"),
    ("/genes?region=21:200-100", "region", "first position is after the last"),
    ("/genes?region=21:0-100", "region", "start at 1"),
    ("/genes?region=21:1-46709984", "region", "ends at 46709983"),
    ("/genes?region=21", "region", "chromosome:first-last"),
    ("/genes?region=21:5", "region", "chromosome:first-last"),
    ("/genes?region=:1-5", "region", "chromosome is missing"),
    ("/genes?region=21:a-5", "region", "whole numbers"),
    ("/genes?region=21:1,00-500", "region", "groups of three"),
    ("/genes?region=21:-5-10", "region", "whole numbers"),
    (f"/genes?region=21:1-{'9' * 30}", "region", "larger"),
    ("/genes?region=99:1-5", "region", "does not have"),
    ("/genes?region=chrchr21:1-5", "region", "does not have"),
    ("/genes?strand=2", "strand", "1, -1, + or -"),
    ("/genes?strand=forward", "strand", "1, -1, + or -"),
    ("/genes?min_length=0", "min_length", "1 to"),
    ("/genes?max_length=4294967296", "max_length", "1 to"),
    ("/genes?sort=size", "sort", "cannot sort by"),
    ("/genes?sort=gene_strat", "sort", "gene_start?"),
    ("/genes?sort=length,,gene_end", "sort", "cannot sort by"),
    ("/genes?sort=--length", "sort", "cannot sort by"),
    ("/genes?fields=gene_nam", "fields", "gene_name?"),
    ("/genes?fields=length,length", "fields", "twice"),
    ("/genes?fields=all,all", "fields", "names all twice"),
    ("/genes?fields=go_id", "fields", "has no field"),
    ("/genes?search_in=gene_name", "search_in", "only with search"),
    ("/genes?search=a&search_in=gene_nam", "search_in", "gene_name?"),
    ("/genes?attribute.go_id=GO:1", "attribute.go_id", "did you mean attribute.hgnc_id?"),
    ("/density?attribute.=1", "attribute.", "there are: attribute.version, "),
    ("/genes?format=xml", "format", "json"),
    ("/genes?format=JSON", "format", "json?"),
    ("/genes?search=%zz", "search", "two hexadecimal digits"),
    ("/genes?search=%4", "search", "two hexadecimal digits"),
    ("/genes?search=50%", "search", "two hexadecimal digits"),
    ("/genes?search=%ff", "search", "UTF-8"),
    ("/genes?search=%c0%af", "search", "UTF-8"),
    ("/genes?search=%ed%a0%80", "search", "UTF-8"),
    ("/genes?search=a%00b", "search", "NUL"),
    ("/genes?%zz=1", "%zz", "two hexadecimal digits"),
    ("/genes/%zz", "gene_stable_id", "two hexadecimal digits"),
    ("/genes/%00", "gene_stable_id", "NUL"),
    ("/genes/by-name/%ff", "name", "UTF-8"),
    (f"/genes/{DYRK1A}?page=1", "page", "there are: fields"),
    (f"/genes/{DYRK1A}/neighbors?limit=0", "limit", "1 to 100"),
    (f"/genes/{DYRK1A}/neighbors?limit=101", "limit", "1 to 100"),
    (f"/genes/{DYRK1A}/neighbors?strand=x", "strand", "1, -1, + or -"),
    ("/genes/none/neighbors?limit=0", "limit", "1 to 100"),
    ("/suggest", "q", "missing"),
    ("/suggest?q=", "q", "empty"),
    ("/suggest?q=a&limit=51", "limit", "1 to 50"),
    ("/stats?by=species", "by", "gene_type"),
    ("/stats?by=gene_typ", "by", "gene_type?"),
    ("/stats?page=2", "page", "not a parameter"),
    ("/density?bins=0", "bins", "1 to 1000"),
    ("/density?bins=1001", "bins", "1 to 1000"),
    ("/density?region=21:9-8", "region", "after the last"),
    ("/chromosomes?x=1", "x", "there are: dataset"),
    ("/health?verbose", "verbose", "none are taken"),
    ("/?a=b", "a", "none are taken"),
]


@pytest.mark.parametrize(("target", "parameter", "words"), BAD, ids=[bad[0][:60] for bad in BAD])
def test_a_bad_request_is_told_which_parameter_and_why(connection, target, parameter, words):
    answer = connection.ask(target)
    problem = check_problem(answer, 400)
    assert problem["instance"] == target
    (fault,) = problem["errors"]
    assert fault["parameter"] == parameter
    assert words in fault["message"]
    assert fault["message"] in problem["detail"]


# target, the parameter that is named, and the nearest values
NAMING_NOTHING = [
    ("/genes?band=q99", "band", ["q11.2", "q21.1", "q21.2", "q21.3"]),
    ("/genes?band=21q23", "band", ["21q21.3"]),
    ("/genes?band=Q21..3", "band", ["q21.3"]),
    ("/genes?biotype=pseudogene", "biotype", ["processed_pseudogene", "rRNA_pseudogene"]),
    ("/genes?biotype=protein", "biotype", ["protein_coding"]),
    ("/genes?gene_type=nope&biotype=nope", "biotype", ["TEC"]),
    (f"/genes/{DYRK1A}/neighbors?biotype=protein-coding", "biotype", ["protein_coding"]),
    ("/stats?band=q99", "band", ["q11.2"]),
    ("/stats?chromosome=chr22", "chromosome", ["21"]),
    ("/stats?gene_type=lincRNA", "gene_type", ["lncRNA"]),
    ("/stats?name=DYRK1", "name", ["DYRK1A"]),
    ("/density?gene_stable_id=ENSG0000142192", "gene_stable_id", ["ENSG00000142192"]),
    ("/density?chromosome=MT", "chromosome", ["21"]),
]


@pytest.mark.parametrize(("target", "parameter", "nearest"), NAMING_NOTHING)
def test_a_value_that_names_nothing_is_told_the_nearest(connection, target, parameter, nearest):
    problem = check_problem(connection.ask(target), 404)
    (fault,) = problem["errors"]
    assert fault["parameter"] == parameter
    assert fault["message"].startswith("names nothing")
    assert len(problem["suggestions"]) <= 12
    for one in nearest:
        assert one in problem["suggestions"]
        assert one in fault["message"]


def test_what_names_nothing_beside_another_fault_is_a_400(client):
    problem = check_problem(client.get("/genes?band=q99&page=0"), 400)
    assert [fault["parameter"] for fault in problem["errors"]] == ["band", "page"]


def test_all_faults_of_a_request_are_told_at_once(client):
    target = (
        "/genes?page=0&page_size=201&strand=x&regoin=1&sort=size&search=&band=q99"
        "&region=21:9-8&fields=nothing&min_length=x&format=xml&search=%25zz&name=%ff"
    )
    named = ["band", "fields", "format", "min_length", "name", "page", "page_size", "region"]
    assert sorted(faults_of(client.get(target))) == [*named, "regoin", "search", "sort", "strand"]


def test_a_fault_shows_the_value_that_was_given(client):
    (fault,) = check_problem(client.get("/genes?region=21%3A9-8"), 400)["errors"]
    assert fault["value"] == "21:9-8"


def test_a_missing_parameter_and_a_wrong_one_are_told_together(client):
    assert sorted(faults_of(client.get("/suggest?limit=0"))) == ["limit", "q"]


@pytest.mark.parametrize("target", ["/genes?page=47", "/genes?page=2147483647&page_size=200"])
def test_a_page_beyond_the_end_is_empty_with_the_right_total(client, target):
    answer = client.get(target)
    assert answer.status_code == 200
    assert (answer.json()["total"], answer.json()["items"]) == (1134, [])


def fits_search(gene, text):
    return any(text in (gene[field] or "").lower() for field in ("gene_name", "gene_description"))


SPECIAL = [
    "%",
    "_",
    "*",
    "'",
    '"',
    "\\",
    "''",
    "--",
    ";",
    "(",
    "[",
    "]",
    "?",
    "a%b",
    "\u00e9",
    "\U0001f9ec",
    "&",
    "+",
]


@pytest.mark.parametrize("text", SPECIAL)
def test_special_characters_in_search_are_ordinary(client, bundled_genes, text):
    answer = client.get("/genes", params={"search": text})
    assert answer.status_code == 200
    expected = sum(fits_search(gene, text) for gene in bundled_genes)
    assert answer.json()["total"] == expected


@pytest.mark.parametrize("text", ["%", "_", "*", "DYRK1_", "DYRK%", "' OR '1'='1", "a/b", "."])
def test_special_characters_in_a_name_are_ordinary(client, text):
    encoded = "".join(f"%{byte:02X}" for byte in text.encode())
    check_problem(client.get(f"/genes/by-name/{encoded}"), 404)
    assert client.get("/genes", params={"name": text}).json()["total"] == 0


@pytest.mark.parametrize(("target", "closest"), UNKNOWN)
def test_an_unknown_gene_is_404_with_the_closest_that_exist(client, target, closest):
    problem = check_problem(client.get(target), 404)
    assert problem["errors"] == []
    assert closest in problem["suggestions"]
    assert len(problem["suggestions"]) <= 5


NOTHING_LIKE_IT = [
    "/genes/%F0%9F%A7%AC",
    "/genes/by-name/%3Cscript%3E",
    "/genes/ENSG00000157541",
    "/genes/by-name/qxzq",
    *(
        f"/genes{route}/{quote(text)}"
        for text in ("TNFα", "α-synuclein", "Müller", "染色体", "e\u0301", "İ", "ı", "🧬")
        for route in ("", "/by-name")
    ),
]


@pytest.mark.parametrize("target", NOTHING_LIKE_IT)
def test_what_resembles_nothing_is_404_without_suggestions(client, target):
    assert not check_problem(client.get(target), 404).get("suggestions")


def test_names_that_go_on_for_ever_are_answered(client):
    assert faults_of(client.get(f"/genes/{'E' * 7000}"))
    assert faults_of(client.get(f"/genes?{'p' * 7000}=1"))
    assert faults_of(client.get("/suggest", params={"q": "k" * 7000}))
    check_problem(client.get(f"/genes/{'E' * 256}"), 404)
    assert client.get("/suggest", params={"q": "k" * 256}).json()["suggestions"] == []
