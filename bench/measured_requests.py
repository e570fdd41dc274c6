"""The requests that are measured beside nginx and beside an older build."""

import csv
import dataclasses
import itertools
import json
import pathlib

GENE = "/genes/ENSG00000157540"
GENES = pathlib.Path(__file__).parent.parent / "data" / "chr21_genes.csv"


@dataclasses.dataclass
class Row:
    name: str
    path: str
    file: str
    goal: float | None = None  # the least ratio of requests per second to nginx
    cpu_goal: float | None = None  # the greatest ratio of CPU time per request to nginx
    connections: int = 32
    pipelined: bool = False
    body: str | None = None  # of a POST
    status: int = 200

    @property
    def method(self):
        return "GET" if self.body is None else "POST"

    @property
    def headers(self):
        return {} if self.body is None else {"Content-Type": "application/json"}

    def verdict(self, ratio, cpu_ratio):
        if self.goal is None:
            return ""
        met = ratio >= self.goal and (self.cpu_goal is None or cpu_ratio <= self.cpu_goal)
        return "met" if met else "missed"

    def goal_text(self):
        if self.goal is None:
            return ""
        return f"{self.goal}x" + (f", CPU {self.cpu_goal}x" if self.cpu_goal else "")


def look_up_of_names(count):
    """The names of the bundled genes over and over, as a request's body."""
    with GENES.open(encoding="utf-8", newline="") as file:
        names = [gene["Gene name"] for gene in csv.DictReader(file) if gene["Gene name"]]
    return json.dumps({"names": list(itertools.islice(itertools.cycle(names), count))})


# nginx gives each answer's bytes as a file, to a GET; it answers no look-up.
ROWS = [
    Row("one gene by ID", GENE, "gene", 1.25, 0.72),
    Row("`page_size=25`", "/genes?page_size=25", "page_25", 1.2),
    Row("`page_size=200`", "/genes?page_size=200", "page_200", 1.2),
    Row("`search=kinase`", "/genes?search=kinase", "search", 1.0),
    Row("one gene, pipelined x16", GENE, "gene", 4.0, pipelined=True),
    Row("one gene, 256 connections", GENE, "gene", 1.1, connections=256),
    Row("`/suggest?q=dyr`", "/suggest?q=dyr", "suggest"),
    Row("a name that is not there", "/genes/by-name/DYRK1AA", "miss", status=404),
    Row("look-up of 1,000 names", "/genes/lookup", "look_up", body=look_up_of_names(1000)),
]
