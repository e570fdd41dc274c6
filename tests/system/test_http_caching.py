"""Entity tags, conditional requests, codings and pages: what caches and crawlers go by."""

import gzip
import re

import brotli
import pytest

from conftest import client_of
from genes import ids
from targets import MOMENTARY, TARGETS

DATASET_TARGETS = [target for target in TARGETS.values() if target not in MOMENTARY]
NEGOTIATED_TARGETS = [f"/genes?format={name}" for name in ("csv", "bed", "gff3", "ndjson", "tsv")]
PAGE_TARGETS = ["/docs", "/docs/swagger-ui-bundle.js"]
ALL_TARGETS = DATASET_TARGETS + NEGOTIATED_TARGETS + PAGE_TARGETS
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("target", ALL_TARGETS)
def test_an_answer_that_is_known_already_is_304(client, target):
    first = client.get(target)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]+"', tag)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        for method in ("GET", "HEAD"):
            again = client.request(method, target, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            for name in ("ETag", "Cache-Control", "Vary"):
                assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("known", ['"0"', "0", "", '"*"', "W/"])
def test_an_answer_that_is_not_known_comes_whole(client, known):
    answer = client.get("/genes", headers={"If-None-Match": known})
    assert (answer.status_code, answer.json()["total"]) == (200, 1134)


@pytest.mark.parametrize("target", MOMENTARY[:3])
def test_what_holds_for_a_moment_is_not_kept(client, target):
    answer = client.get(target)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_lookups_are_not_kept(client):
    answer = client.post("/genes/lookup", json={"ids": []})
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_target_representation_and_coding_has_a_tag_of_its_own(client):
    codings = ["identity", "gzip", "br"]
    targets = ["/genes", "/genes?page=2", "/stats", *NEGOTIATED_TARGETS]
    tags = [
        client.get(target, headers={"Accept-Encoding": coding}).headers["ETag"]
        for target in targets
        for coding in codings
    ]
    tags += [
        client.get("/genes", headers={"Accept": accept, **PLAIN}).headers["ETag"]
        for accept in ("text/csv", "text/x-bed")
    ]
    assert len(set(tags)) == len(tags)


def test_tags_stay_the_same_when_the_server_is_started_again(start_server):
    runs = []
    for _ in range(2):
        server = start_server()
        with client_of(server) as client:
            runs.append([client.get(target).headers["ETag"] for target in ALL_TARGETS])
        server.stop()
    assert runs[0] == runs[1]


def test_servers_with_the_same_genes_give_the_same_tags(client, start_server):
    """So that a cache before several of them is of use; /dataset tells when its own was loaded."""
    other = start_server()
    with client_of(other) as other_client:
        for target in ALL_TARGETS:
            if target != "/dataset":
                tags = [one.get(target).headers["ETag"] for one in (client, other_client)]
                assert tags[0] == tags[1], target


def test_cache_control_can_be_set(start_server):
    server = start_server("--cache-control", "private, max-age=7")
    with client_of(server) as client:
        assert client.get("/genes").headers["Cache-Control"] == "private, max-age=7"
        assert client.get("/health").headers["Cache-Control"] == "no-store"


def test_vary_names_what_the_answer_depends_on(client):
    assert client.get("/genes").headers["Vary"] == "Accept, Accept-Encoding"
    assert client.get("/stats").headers["Vary"] == "Accept-Encoding"


CODINGS = [
    ("gzip", "gzip"),
    ("x-gzip", "gzip"),
    ("GZIP", "gzip"),
    ("br", "br"),
    ("gzip, br", "br"),
    ("br;q=0.5, gzip;q=1.0", "gzip"),
    ("gzip;q=0.001, deflate", "gzip"),
    ("br;q=0, gzip;q=0.2", "gzip"),
    ("br;q=0, *", "gzip"),
    ("*", "br"),
    ("gzip;q=0, br;q=0", None),
    ("gzip;q=0.2, identity", None),
    ("identity", None),
    ("deflate, zstd", None),
    ("", None),
]


@pytest.mark.parametrize(("accepted", "coding"), CODINGS)
def test_the_coding_is_chosen_by_quality(connection, accepted, coding):
    plain = connection.ask("/genes", headers="Accept-Encoding: identity\r\n")
    answer = connection.ask("/genes", headers=f"Accept-Encoding: {accepted}\r\n")
    assert answer.headers.get("Content-Encoding") == coding
    decode = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding]
    assert decode(answer.content) == plain.content
    if coding:
        assert len(answer.content) < len(plain.content) / 2


@pytest.mark.parametrize("target", ALL_TARGETS)
def test_every_coding_decodes_to_the_same_bytes(connection, target):
    bodies = set()
    for coding, decode in (
        ("identity", bytes),
        ("gzip", gzip.decompress),
        ("br", brotli.decompress),
    ):
        answer = connection.ask(target, headers=f"Accept-Encoding: {coding}\r\n")
        coded = answer.headers.get("Content-Encoding", "identity") == coding
        bodies.add(decode(answer.content) if coded else answer.content)
    assert len(bodies) == 1


def test_a_client_that_names_no_coding_gets_none(connection):
    assert "Content-Encoding" not in connection.ask("/genes").headers


def test_a_small_answer_is_not_compressed(connection):
    answer = connection.ask("/genes/ENSG00000157540", headers="Accept-Encoding: gzip, br\r\n")
    assert "Content-Encoding" not in answer.headers


def links_of(answer):
    links = re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"])
    return {relation: target for target, relation in links}


@pytest.mark.parametrize("query", ["page_size=200", "page_size=7&gene_type=coding&sort=-length"])
def test_following_next_visits_each_gene_once(client, query):
    target, visited, total = f"/genes?{query}", [], None
    while target:
        answer = client.get(target)
        links = links_of(answer)
        assert total in (None, answer.headers["X-Total-Count"])
        total = answer.headers["X-Total-Count"]
        visited += ids(answer.json()["items"])
        target = links.get("next")
    assert len(visited) == len(set(visited)) == int(total or 0)
    assert links["last"] == str(answer.url.raw_path, "ascii")


def test_links_name_the_pages_around_and_keep_everything_else(client):
    links = links_of(client.get("/genes?page=3&search=a%20b&page_size=1&strand=%2B&search=kinase"))
    rest = "search=a%20b&page_size=1&strand=%2B&search=kinase"
    assert {name: links[name] for name in ("first", "prev", "next")} == {
        "first": f"/genes?{rest}&page=1",
        "prev": f"/genes?{rest}&page=2",
        "next": f"/genes?{rest}&page=4",
    }


def test_the_ends_have_no_links_beyond_them(client):
    assert set(links_of(client.get("/genes"))) == {"first", "next", "last"}
    assert set(links_of(client.get("/genes?page=46"))) == {"first", "prev", "last"}
    beyond = links_of(client.get("/genes?page=1000"))
    assert beyond == {"first": "/genes?page=1", "prev": "/genes?page=46", "last": "/genes?page=46"}
    assert set(links_of(client.get("/genes?search=no-such-words"))) == {"first", "last"}
