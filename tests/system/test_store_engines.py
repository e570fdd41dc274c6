"""--store database answers byte for byte what --store memory answers from the same file."""

import pytest

from conftest import client_of
from server import Server, database_url
from targets import DYRK1A, FILTERS, MOMENTARY, ORDERS, TARGETS, UNKNOWN

OTHER_TARGETS = [
    "/genes?page=46",
    "/genes?page=1000",
    "/genes?search=%25&search=_",
    "/genes?search=%27%20OR%201=1%20--",
    "/genes?name=app%27%3B%20DROP%20TABLE%20gene",
    "/genes?search=KINASE&page_size=3&page=2&sort=-gene_name",
    "/genes?format=csv",
    "/genes?format=gff3&band=q22",
    "/genes?format=bed&region=21:5000000-5500000&region=21:5400000-9000000",
    "/genes?fields=length,band&min_length=10&max_length=100000&sort=-length,gene_end",
    "/genes/by-name/no-such-name",
    "/genes/by-name/TNF%CE%B1",
    "/genes/by-name/ENSG00000157540",
    "/genes/dyrk1a",
    "/genes?gene_type=a&page=3",
    "/genes?gene_type=pseudo&gene_type=lnc&page_size=200&page=2",
    "/genes?gene_type=no-such-type",
    "/genes?biotype=protein_coding&page=3",
    "/genes?biotype=LNCRNA&biotype=tec&page_size=200&page=2",
    "/genes?biotype=pseudogene&sort=-length",
    "/genes?gene_type=pseudogene&biotype=processed_pseudogene&biotype=lncrna",
    "/genes?biotype=pseudo",
    "/genes?chromosome=chr21&chromosome=chr22&name=APP,SOD1&name=DYRK1&gene_stable_id=ENSG1",
    "/genes?region=CHR21:1-9000000&band=chr21q11.2",
    "/chromosomes/chr21",
    "/chromosomes/chr22",
    "/stats?chromosome=22",
    "/density?gene_type=nope",
    "/genes/by-name/%C2%A0APP%20",
    "/suggest?q=keratin%20associated%E2%80%93",
    "/genes?search=q&page=2",
    "/genes?search=zx",
    "/genes?search=-&page_size=200",
    "/suggest?q=k&limit=50",
    "/suggest?q=kr",
    "/suggest?q=3p3&limit=1",
    f"/genes/{DYRK1A}/neighbors?limit=100",
    f"/genes/{DYRK1A}/neighbors?gene_type=pseudogene&strand=-1&limit=3",
    "/suggest?q=a&limit=50",
    "/suggest?q=dyrk1b",
    "/suggest?q=keratin&limit=50",
    "/suggest?q=ensg000001&limit=50",
    "/suggest?q=%25",
    "/stats?by=band&gene_type=coding",
    "/stats?by=strand&search=a",
    "/density?bins=13&strand=-1",
    "/genes?page=0",
]
SAME_TARGETS = (
    [target for target in TARGETS.values() if target not in MOMENTARY]
    + [f"/genes?page_size=200&{query}" for query, _ in FILTERS]
    + [f"/genes?page_size=200&page=2&sort={sort}" for sort in ORDERS]
    + [target for target, _ in UNKNOWN]
    + OTHER_TARGETS
)


@pytest.fixture(scope="module")
def database_client(server, tmp_path_factory):
    """A client of a server that asks the same file for every answer."""
    flags = ("--store", "database", "--database-url", database_url(server.database))
    started = Server(tmp_path_factory.mktemp("engine"), *flags)
    with client_of(started) as opened:
        yield opened
    started.stop()


@pytest.mark.parametrize("target", SAME_TARGETS)
def test_both_engines_give_the_same_bytes(client, database_client, target):
    from_memory, from_database = client.get(target), database_client.get(target)
    assert from_database.status_code == from_memory.status_code
    assert from_database.content == from_memory.content
    for name in ("ETag", "Content-Type", "Link", "X-Notice", "X-Total-Count"):
        assert from_database.headers.get(name) == from_memory.headers.get(name)


def test_both_engines_look_up_the_same_genes(client, database_client):
    body = {"ids": [DYRK1A, "x", f"{DYRK1A}.1"], "names": ["app", "DYRK1B", "none", DYRK1A]}
    body["inputs"] = ["y_rna", "APP", f"{DYRK1A}.3", "DYRK1B", "21"]
    answers = [one.post("/genes/lookup", json=body) for one in (client, database_client)]
    assert answers[0].status_code == 200
    assert answers[0].content == answers[1].content


def test_a_database_that_goes_away_is_503_and_not_ready(tmp_path):
    started = Server(tmp_path, "--store", "database")
    with client_of(started) as client:
        assert client.get("/health/ready").status_code == 200
        started.database.write_bytes(b"gone" * 100)
        assert client.get("/health").status_code == 200
        answers = [client.get(target) for target in ("/health/ready", "/genes?search=app")]
    started.stop()
    for answer in answers:
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "sqlite" not in answer.text.lower()
        assert str(tmp_path) not in answer.text
    assert any('"message":"the store cannot answer"' in line for line in started.log)
