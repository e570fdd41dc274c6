"""Requests as people really write them: what becomes of each, in one table.

The files are not part of the project; where they are not there, the tests are skipped. Those of
60_http.requests.txt are about HTTP itself: test_http_messages.py, test_http_methods.py and
test_http_refusals.py send the like.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from conftest import client_of, shared_file
from server import PROJECT, Server, database_url

FIELD = "data/field"
DATASETS = {
    "bundled": None,
    "e109": "data/mart/genomes/mart_like_human_e109_GRCh38_entrez_patches.txt.gz",
    "gencode48": "data/mart/genomes/mart_like_human_gencode48_GRCh38.csv.gz",
    "numeric": f"{FIELD}/44_numeric_ids.tsv",
    "synonyms": f"{FIELD}/37_synonyms.tsv",
}


@dataclass(frozen=True)
class Answer:
    """What an answer must be."""

    status: int = 200
    says: tuple[str, ...] = ()  # phrases of its body
    total: int | None = None
    notice: str = ""  # the beginning of X-Notice; there is none where this is empty


def listed(total: int, *says: str, notice: str = "") -> Answer:
    return Answer(says=says, total=total, notice=notice)


def not_found(*says: str) -> Answer:
    return Answer(404, says)


def refused(*says: str) -> Answer:
    return Answer(400, says)


GART = listed(1, '"GART"', notice="read-as")
REGION_FORM = refused("expected chromosome:first-last, such as 21:25880550-26171128")
APP, SOD1, BRCA1 = "ENSG00000142192", "ENSG00000142168", "ENSG00000012048"
NO_SUCH_ID = not_found("There is no gene with the stable ID")
EMPTY_NAME = "must be a string that is not empty"


@dataclass(frozen=True)
class Slots:
    """A look-up: what its slots have, a stable ID or a phrase of the reason for none."""

    each: tuple[str, ...]


# By file and dataset, in the order of the file's lines.
EXPECTED: dict[tuple[str, str], list[Answer | Slots]] = {
    ("50_regions_as_typed", "bundled"): [
        GART,
        GART,
        refused("positions must be whole numbers"),
        REGION_FORM,
        REGION_FORM,
        REGION_FORM,
        REGION_FORM,
        REGION_FORM,
        REGION_FORM,
        GART,
        listed(1, '"GART"'),
        refused("lies outside chromosome 21, which ends at 46709983"),
    ],
    ("51_mitochondrion", "e109"): [
        listed(4, '"MT-RNR1"', notice="read-as"),
        listed(4, '"MT-RNR1"', notice="read-as"),
        listed(4, '"MT-RNR1"', notice="read-as"),
        listed(1, '"PLCXD1"', notice="read-as"),
        listed(37, notice="read-as"),
        Answer(says=('"name":"MT"', '"length":16569', '"gene_count":37'), notice="read-as"),
    ],
    ("51_mitochondrion", "numeric"): [
        listed(0, notice="read-as"),
        listed(0, notice="read-as"),
        listed(0, notice="read-as"),
        refused("names a chromosome that this dataset does not have; the nearest are 3, 6, Mt"),
        listed(1, '"rns"', notice="read-as"),
        Answer(says=('"name":"Mt"', '"length":null', '"gene_count":1'), notice="read-as"),
    ],
    ("52_version_in_request", "bundled"): [
        Answer(says=('{"gene_name":"APP"}',), notice="other-version"),
        Answer(says=('{"gene_name":"APP"}',)),
        listed(1, '"APP"'),
    ],
    ("53_case_of_names", "e109"): [
        Answer(says=('{"gene_name":"C1orf112"}',)),
        Answer(says=('{"gene_name":"BRCA1"}',)),
    ],
    ("54_filters_that_name_nothing", "e109"): [
        listed(898, notice='read-as;parameter="chromosome";value="chr21";as="21"'),
        listed(37, notice='read-as;parameter="chromosome";value="M";as="MT"'),
        listed(0, notice='names-nothing;parameter="gene_type";value="lincRNA";nearest="lncRNA'),
        listed(0, notice='names-nothing;parameter="gene_type";value="protein-coding";nearest='),
        listed(0, notice='names-nothing;parameter="gene_stable_id";value="ENST00000284987"'),
        listed(0, notice='names-nothing;parameter="name";value="APP%2CSOD1";list='),
        listed(1, APP),
        Answer(says=('"total":898',), notice="read-as"),
    ],
    ("55_other_kinds_of_id", "e109"): [
        NO_SUCH_ID,
        not_found("it is the entrezgene_id of APP", f"ask for /genes/{APP}"),
        NO_SUCH_ID,
        not_found('There is no gene named \\"HGNC:620\\"'),
        not_found(f"the closest are {APP}"),
        not_found(f"it is a stable ID: ask for /genes/{APP}"),
        Slots(("no gene", APP, "no gene", "no gene", "it is a gene name")),
    ],
    ("55_other_kinds_of_id", "synonyms"): [
        NO_SUCH_ID,
        NO_SUCH_ID,
        NO_SUCH_ID,
        not_found("There is no gene named"),
        NO_SUCH_ID,
        not_found("There is no gene named"),
        Slots(("no gene", "no gene", "no gene", "no gene", "no gene")),
    ],
    ("56_retired_ids", "e109"): [NO_SUCH_ID, NO_SUCH_ID],
    ("57_paging", "gencode48"): [
        listed(78_894, '"page":3156'),
        listed(78_894, '"items":[]'),
        refused("must be a whole number from 1 to 200"),
        refused("did you mean page?", "did you mean page_size?"),
        refused("did you mean page_size?", "did you mean page?"),
        Answer(says=("Gene stable ID\tGene name\tChromosome/scaffold name",)),
    ],
    ("58_pasted_lists", "e109"): [
        Slots(('send a list as strings of their own: ["APP","SOD1"]',)),
        refused("names[1]", EMPTY_NAME),
        Slots((APP, APP, APP)),
        Slots(("closest: BRCA1", "closest: BRCA1", "ENSG00000206503", "ENSG00000183072")),
        Slots(("closest: MARCHF1", "no gene has this name", "no gene", "closest: TP53")),
        refused("names[1]", EMPTY_NAME),
        refused("symbols", "there are: ids, names, inputs"),
        refused("names[3]", EMPTY_NAME),
    ],
    ("59_ambiguous_names", "e109"): [
        Answer(says=("ENSG00000200344",), notice='same-name;count="838";also='),
        Answer(says=('"chromosome":"X"',), notice='same-name;count="1";also="ENSG00000288118"'),
        Slots(("ENSG00000200344", "ENSG00000182890")),
    ],
    ("61_closest", "e109"): [
        not_found("the closest are MARCHF1"),
        not_found("it is a stable ID: ask for /genes/ENSG00000265702"),
        not_found('There is no gene named \\"1-Mar\\"'),
        not_found("the closest are PAK2, "),
        not_found("the closest are TP53, "),
    ],
    ("61_closest", "synonyms"): [
        not_found("it is a synonym of PRKN (ENSG00000185345)"),
        not_found("it is a synonym of 2 genes: KMT2A (ENSG00000118058), SEPTIN9"),
        refused("did you mean attribute.external_synonym?"),
        refused("did you mean attribute.entrezgene_id?"),
    ],
}
ABOUT_HTTP = "60_http"
# How the comments of the files name the datasets.
NAMED_AS = {
    "bundled": "bundled",
    "e109": "e109",
    "GRCh38_entrez": "e109",
    "gencode48": "gencode48",
    "44_numeric_ids": "numeric",
    "37_synonyms": "synonyms",
}


def requests_of(file: str, dataset: str) -> list[str]:
    """The lines of a file that are asked of that dataset, as its comments say."""
    datasets: set[str] = set()
    lines = []
    for line in shared_file(f"{FIELD}/{file}.requests.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            named = {ours for theirs, ours in NAMED_AS.items() if theirs in line}
            datasets = named or datasets
        elif line and dataset in datasets:
            lines.append(line)
    return lines


@pytest.fixture(scope="module", params=sorted({dataset for _, dataset in EXPECTED}))
def asked(request, tmp_path_factory) -> Iterator[tuple[str, list[httpx.Client]]]:
    """The name of a dataset, and who answers from it: memory and SQL."""
    export = DATASETS[request.param]
    flags = () if export is None else ("--data", str(shared_file(export)))
    folder: Path = tmp_path_factory.mktemp(request.param)
    memory = Server(folder / "memory", *flags)
    url = database_url(memory.database)
    database = Server(folder / "sql", "--store", "database", "--database-url", url)
    with client_of(memory) as first, client_of(database) as second:
        yield request.param, [first, second]
    database.stop()
    memory.stop()


def send(client: httpx.Client, line: str) -> httpx.Response:
    if not line.startswith("{"):
        return client.get(line)
    return client.post(
        "/genes/lookup", content=line.encode(), headers={"Content-Type": "application/json"}
    )


def check_slots(answer: httpx.Response, expected: Slots) -> None:
    assert answer.status_code == 200
    slots = answer.json()["results"]
    assert len(slots) == len(expected.each)
    for slot, phrase in zip(slots, expected.each, strict=True):
        if slot["gene"] is None:
            assert phrase in slot["reason"]
        else:
            assert slot["gene"]["gene_stable_id"] == phrase


def check(answer: httpx.Response, expected: Answer | Slots) -> None:
    if isinstance(expected, Slots):
        check_slots(answer, expected)
        return
    assert answer.status_code == expected.status
    for phrase in expected.says:
        assert phrase in answer.text
    if expected.total is not None:
        assert answer.json()["total"] == expected.total
    notice = answer.headers.get("X-Notice", "")
    assert notice.startswith(expected.notice)
    assert bool(notice) == bool(expected.notice), notice


def test_requests_from_the_field_are_answered_or_refused_with_their_cause(asked) -> None:
    dataset, clients = asked
    for (file, of), expected in EXPECTED.items():
        if of != dataset:
            continue
        lines = requests_of(file, dataset)
        assert len(lines) == len(expected), file
        for line, outcome in zip(lines, expected, strict=True):
            for client in clients:
                answer = send(client, line)
                try:
                    check(answer, outcome)
                except AssertionError as fault:
                    raise AssertionError(f"{file}, {line}: {answer.text}") from fault


def test_every_file_of_requests_is_in_the_table() -> None:
    folder = PROJECT.parent / "shared" / FIELD
    if not folder.is_dir():
        pytest.skip(f"../shared/{FIELD} is not there: it is not part of the project")
    there = {file.name.removesuffix(".requests.txt") for file in folder.glob("*.requests.txt")}
    assert there - {ABOUT_HTTP} == {file for file, _ in EXPECTED}
