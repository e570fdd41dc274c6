"""Records what a program answers, byte for byte, and compares another program with the record.

Servers of the program are started on free ports of 127.0.0.1, in folders that go with them: one
that answers from memory, one that answers by SQL, and one with two datasets, of which one has
attributes. Each is asked the same requests in the same order. A record is a file of JSON lines.

Left out is what changes from run to run: Date, X-Request-Id (unless the request gave one),
Server-Timing, the time of a load, the figures of /metrics; and what changes with each build: the
commit, and with it the entity tags of the pages that show either.
"""

import argparse
import difflib
import gzip
import hashlib
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30.0
SHOWN_BODY = 2_000
Answer = dict[str, object]

EXPORT = """\
Gene stable ID,Gene name,Gene description,Chromosome/scaffold name,Gene start (bp),\
Gene end (bp),Strand,Gene type,GO term accession,HGNC ID
ENSG00000142192,APP,amyloid beta precursor protein,21,25880550,26171128,-1,\
protein_coding,GO:0005515,HGNC:620
ENSG00000142192,APP,amyloid beta precursor protein,21,25880550,26171128,-1,\
protein_coding,GO:0005524,HGNC:620
ENSG00000157540,DYRK1A,"dual, ""quoted"" kinase",21,37365573,37526358,1,\
protein_coding,GO:0004672,HGNC:3091
ENSG00000999991,,,22,100,200,1,lncRNA,,
ENSG00000999992,Ñandú,größer als 5 %,X,300,301,,,GO:0005524,
ENSG00000999993,a_b%c,_,MT,1,16569,-1,Mt_rRNA,,
"""


@dataclass(frozen=True)
class Setting:
    """A server to ask: what it is called in the record and how it is started."""

    name: str
    flags: tuple[str, ...]
    loads_export: bool = False


SETTINGS = [
    Setting("memory", ("--store", "memory")),
    Setting("sql", ("--store", "database")),
    Setting("export in memory", ("--store", "memory"), loads_export=True),
    Setting("export by sql", ("--store", "database"), loads_export=True),
    Setting("no CORS", ("--cors-origin", "", "--cache-control", "no-cache")),
    Setting("CORS of one", ("--cors-origin", "https://genes.example")),
]

# Requests


def request(target: str, *fields: str, method: str = "GET", body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: chr21.example", "Connection: close", *fields]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


PATHS = [
    "/", "/genes", "/genes/ENSG00000142192", "/genes/ensg00000142192.3", "/genes/ENSG1",
    "/genes/by-name/APP", "/genes/by-name/app", "/genes/by-name/DYRK1B", "/genes/by-name/a%00b",
    "/genes/by-name/%C3%91and%C3%BA", "/genes/by-name/a_b%25c", "/genes/by-name/", "/genes/",
    "/genes/by-name/%zz", "/genes/by-name/a%2Fb", "/genes/by-name/%FF", "/genes/lookup",
    "/genes/ENSG00000142192/neighbors", "/genes/ENSG00000999991/neighbors", "/genes/x/neighbors",
    "/genes/ENSG00000142192/neighbours", "/suggest?q=dyr", "/stats", "/density", "/chromosomes",
    "/chromosomes/21", "/chromosomes/chr21", "/chromosomes/MT", "/chromosomes/99", "/dataset",
    "/health", "/health/ready", "/metrics", "/openapi.json", "/openapi.yaml", "/docs", "/docs/",
    "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/reference.js",
    "/docs/reference.css", "/docs/icon.svg", "/docs/LICENSE.txt", "/docs/nothing", "/favicon.ico",
    "/robots.txt", "/nothing", "/Genes", "//genes", "/genes?", "/genes#x", "/%67enes",
    "/genes/../genes", "/?x=1", "/health?x=1", "/dataset?fields=x", "/docs?x=1", "*",
    "http://chr21.example/genes?page_size=1", "/genes/by-name/SOD2?fields=gene_name",
]  # fmt: skip

FILTERS: dict[str, list[str]] = {
    "chromosome": ["21", "22", "chr21", "X", "99", "", "MT"],
    "gene_type": ["protein_coding", "pseudogene", "LNC", "nothing", ""],
    "search": ["kinase", "%", "_", "größer", "GRÖSSER", "a\x00", "\udcff", "x" * 300, ""],
    "search_in": ["gene_name", "gene_stable_id,gene_description", "go_id", "nothing", ""],
    "attribute.go_id": ["GO:0005524", "go:0005524", "GO", ""],
    "attribute.nothing": ["1"],
    "name": ["APP", "app", "ñandú", "DYRK1B", ""],
    "gene_stable_id": ["ENSG00000142192", "ensg00000142192.9", "ENSG1", ""],
    "region": [
        "21:25880550-26171128", "chr21:33,500,000-33,600,000", "21:1-1", "21:5-1", "21", "21:",
        "21:0-5", "21:1-99999999", "x:1-2", "21:1-18446744073709551616", "21:-1-5", "MT:1-5", "",
    ],
    "band": ["q22.13", "21q22", "chr21q22.3", "q", "p11.2", "22q11", "q99", "nothing", ""],
    "strand": ["1", "-1", "+", "-", "0", "2", ""],
    "min_length": ["1000", "0", "-1", "x", "1e3", "99999999999999999999", ""],
    "max_length": ["1000", "1", "0", ""],
}  # fmt: skip
PAGING: dict[str, list[str]] = {
    "page": ["1", "2", "46", "9999", "0", "-1", "x", "2147483648", "", " 1", "01", "+1"],
    "page_size": ["1", "5", "200", "201", "0", "x", ""],
    "sort": [
        "length", "-length", "gene_name", "-gene_name,length", "band", "chromosome,-gene_start",
        "strand,gene_type", "nothing", "gene_name,gene_name", "go_id", ",", "",
    ],
    "format": ["json", "ndjson", "csv", "tsv", "bed", "gff3", "xml", "JSON", ""],
    "fields": [
        "gene_name", "gene_name,band,length", "all", "go_id,gene_name", "nothing", "gene_nam",
        "gene_name,gene_name", ",", "",
    ],
    "dataset": [
        "homo_sapiens-GRCh38-114-chr21", "ae0ccb08", "AE0CCB089781", "ae0ccb0", "nothing", "small",
        "",
    ],
}  # fmt: skip
OTHERS: dict[str, dict[str, list[str]]] = {
    "/suggest": {
        "q": ["d", "dyr", "dryk1a", "col6a", "superoxide", "ñan", "%", "", "x" * 200, "zzzzzz"],
        "limit": ["1", "50", "51", "0", "x", ""],
    },
    "/stats": {"by": ["gene_type", "strand", "chromosome", "band", "length", ""]},
    "/density": {"bins": ["1", "7", "1000", "1001", "0", "x", ""]},
    "/genes/ENSG00000157540/neighbors": {
        "limit": ["1", "5", "100", "101", "0", "x", ""],
        "gene_type": FILTERS["gene_type"],
        "strand": FILTERS["strand"],
        "fields": PAGING["fields"],
        "dataset": PAGING["dataset"],
    },
    "/genes/ENSG00000157540": {"fields": PAGING["fields"], "dataset": PAGING["dataset"]},
    "/genes/by-name/APP": {"fields": PAGING["fields"], "dataset": PAGING["dataset"]},
    "/genes/by-name/APPP": {"dataset": PAGING["dataset"]},
    "/chromosomes": {"dataset": PAGING["dataset"]},
    "/chromosomes/21": {"dataset": PAGING["dataset"]},
    "/dataset": {"dataset": PAGING["dataset"]},
    "/health": {"dataset": PAGING["dataset"]},
}
PAIRED = {
    "chromosome": "21", "gene_type": "protein_coding", "search": "kinase", "name": "APP",
    "region": "21:25000000-38000000", "band": "q22.13", "strand": "-1", "min_length": "5000",
    "max_length": "100000", "page": "2", "page_size": "3", "sort": "-length", "format": "tsv",
    "fields": "gene_name,length", "attribute.go_id": "GO:0005524", "search_in": "gene_name",
}  # fmt: skip
ODD_QUERIES = [
    "page=1&page=2", "format=csv&format=tsv", "name=APP&name=SOD1&name=APP", "pge=1", "gene_name=a",
    "start=1", "id=1", "&&", "page", "=1", "page=1&", "a=1&b=2&c=3&page=x&strand=9", "page=%31",
    "name=a+b", "name=a%20b", "name=%", "name=%C3", "page=1;page=2", "region=21:1-9&region=21:x",
    "band=q22.13&region=21:1-100", "strand=1&strand=-1", "min_length=9&max_length=1",
    "attribute.=x", "attribute.GO_ID=GO:0005524", "search_in=gene_name", "Name=APP",
    "attribute.go_id=GO:0005524&attribute.go_id=GO:0004672&sort=gene_name",
    "format=bed&fields=gene_name", "format=gff3&page=2&page_size=4", "format=csv&page_size=2",
]  # fmt: skip
ACCEPTS = [
    "application/json", "text/csv", "text/tab-separated-values", "application/x-ndjson", "*/*",
    "text/x-bed", "text/x-gff3", "application/xml", "text/*", "text/csv;q=0.5, application/json",
    "text/csv;q=0", "application/json;q=0, */*;q=0.1", "bogus", "", "text/html", ";;;,",
    "text/csv; charset=utf-8", "application/problem+json", "TEXT/CSV", "application/yaml",
]  # fmt: skip
CODINGS = [
    "gzip", "br", "gzip, br", "br;q=0.5, gzip;q=0.9", "identity", "identity;q=0", "*", "*;q=0",
    "gzip;q=0", "deflate", "GZIP", "", "x-gzip", "gzip;q=x", "br;q=0, *",
]  # fmt: skip
METHODS = ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "BREW"]
BODIES: list[bytes] = [
    b"", b"{}", b"[]", b"{", b'{"names":["APP","DYRK1"]}', b'{"ids":["ENSG00000142192.1","x"]}',
    b'{"ids":["ENSG00000142192"],"names":["app",""]}', b'{"names":[1,null]}', b'{"gene_ids":[]}',
    b'{"names":"APP"}', b'{"names":["a\\u0000b"]}', b'{"names":["\\ud800"]}', b'{"names":["\xff"]}',
    b"[" * 5000, b'{"names":[' + b",".join([b'"x"'] * 1001) + b"]}", b'{"names":[]}', b"null",
    b'{"names":["SOD1"],"names":["APP"]}', b'\xef\xbb\xbf{"names":["APP"]}',
]  # fmt: skip
RAW: list[bytes] = [
    b"\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n", b"G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\nHost: a\nConnection: close\n\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'8\r\n{"names"\r\n9\r\n:["APP"]}\r\n0\r\n\r\n',
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
    b"GET /genes?page_size=1 HTTP/1.1\r\nHost: a\r\n\r\n"
    b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"POST /genes/lookup HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 2\r\n\r\n{}",
    b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
]  # fmt: skip


def query_of(pairs: dict[str, str]) -> str:
    return "&".join(
        f"{name}={quote(value, safe=':,.', errors='surrogateescape')}"
        for name, value in pairs.items()
    )


def queries() -> Iterator[str]:
    """Targets with a query: each value of each parameter, and pairs of parameters."""
    for path in ("/genes", "/stats", "/density"):
        parameters = FILTERS | (PAGING if path == "/genes" else {"dataset": PAGING["dataset"]})
        for name, values in parameters.items():
            more = {} if name == "page_size" or path != "/genes" else {"page_size": "2"}
            for value in values:
                yield f"{path}?{query_of({name: value} | more)}"
        for query in ODD_QUERIES:
            yield f"{path}?{query}"
    for one, other in itertools.combinations(PAIRED, 2):
        yield f"/genes?{query_of({one: PAIRED[one], other: PAIRED[other]})}"
    for path, parameters in OTHERS.items():
        for name, values in parameters.items():
            for value in values:
                asked = {"q": "a"} if path == "/suggest" and name != "q" else {}
                yield f"{path}?{query_of(asked | {name: value})}"
    for format_name in PAGING["format"]:
        for fields in ("all", "gene_name,go_id", "band,length"):
            yield f"/genes?format={format_name}&fields={fields}&page_size=3"


def requests() -> Iterator[bytes]:
    for target in [*PATHS, *queries()]:
        yield request(target)
    for path in PATHS:
        for method in METHODS:
            yield request(path, method=method)
    for path in ("/", "/genes?page_size=3", "/genes/by-name/APP", "/dataset", "/openapi.json",
                 "/genes/by-name/x", "/docs", "/metrics", "/stats"):  # fmt: skip
        for accept in ACCEPTS:
            yield request(path, f"Accept: {accept}")
    for path in ("/genes", "/", "/openapi.json", "/docs/swagger-ui.css", "/genes?format=csv",
                 "/nothing", "/genes?page_size=1"):  # fmt: skip
        for coding in CODINGS:
            yield request(path, f"Accept-Encoding: {coding}")
            yield request(path, f"Accept-Encoding: {coding}", method="HEAD")
    for body in BODIES:
        yield request("/genes/lookup", "Content-Type: application/json", method="POST", body=body)
    for kind in ("text/plain", "application/json; charset=utf-8", "APPLICATION/JSON", ""):
        yield request(
            "/genes/lookup", f"Content-Type: {kind}", method="POST", body=b'{"names":["APP"]}'
        )
    for fields in ("gene_name", "all", "nothing", "go_id"):
        yield request(
            f"/genes/lookup?fields={fields}", "Content-Type: application/json", method="POST",
            body=b'{"names":["APP"]}',
        )  # fmt: skip
    for path in ("/", "/genes", "/dataset", "/docs", "/nothing", "/genes/by-name/APP"):
        for field in ("If-None-Match: *", 'If-None-Match: "x"', "If-Match: *", "Range: bytes=0-4",
                      "Origin: https://web.example", "If-None-Match: x",
                      "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT", "X-Request-Id: mine-1",
                      "X-Request-Id: not well formed", "Content-Length: 0"):  # fmt: skip
            yield request(path, field)
    preflight = ("Origin: https://web.example", "Access-Control-Request-Method: POST")
    yield request("/genes/lookup", *preflight, method="OPTIONS")
    yield request(
        "/genes", *preflight, "Access-Control-Request-Headers: content-type", method="OPTIONS"
    )
    yield from RAW


# Asking


def exchange(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while more := connection.recv(1 << 16):
                received += more
        except ConnectionResetError:
            pass  # the server refused before it had read all; what it said has arrived
        return received


def settled(text: str) -> str:
    """The text without what changes from run to run or with each build."""
    text = re.sub(r"(?m)^(Date|X-Request-Id|Server-Timing): .*\r\n", "", text)  # a second answer's
    text = re.sub(r'"(loaded_at|stale_since|commit)":"[^"]*"', r'"\1":"..."', text)
    return re.sub(r"\b[0-9a-f]{12}\b(?=[\"',) ]|$)", "(commit)", text)


def metrics_without_figures(text: str) -> str:
    kept = [re.sub(r" [-+.\dInfNae]+$", " N", line) for line in text.splitlines()]
    names = {
        line if line.startswith("#") else line.split("{")[0].removesuffix(" N") for line in kept
    }
    return "\n".join(sorted(names))


def shows_build_or_load(target: str) -> bool:
    return target.startswith(("/docs", "/openapi", "/metrics", "/dataset")) or target == "/"


def answer_of(sent: bytes, received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    given = b"X-Request-Id: mine-1" in sent
    dropped = {"date", "server-timing"} | (set() if given else {"x-request-id"})
    target = sent.split(b" ")[1].decode("latin-1") if sent.count(b" ") > 1 else ""
    if shows_build_or_load(target):
        dropped |= {"etag", "content-length"}
    fields = [line for line in lines if line.split(":")[0].lower() not in dropped]
    if re.search(rb"(?im)^content-encoding: gzip", head) and body:
        body = gzip.decompress(body)
        fields.append("(gzip was undone)")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {"status": status, "fields": fields, "sha256": hashlib.sha256(body).hexdigest()}
    text = metrics_without_figures(text) if target == "/metrics" else settled(text)
    return {
        "status": status,
        "fields": fields,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "body": text[:SHOWN_BODY],
    }


def run(program: Path, folder: Path, *arguments: str) -> None:
    finished = subprocess.run([program, *arguments], cwd=folder, env=environment(), check=False,
                              capture_output=True, timeout=PATIENCE)  # fmt: skip
    if finished.returncode != 0:
        raise SystemExit(f"answers: {' '.join(arguments)}: {finished.stderr.decode()}")


def environment() -> dict[str, str]:
    names = {name for name in os.environ if name.startswith("CHR21_")} | {"DATABASE_URL"}
    return {name: value for name, value in os.environ.items() if name not in names}


class Server:
    """`chr21 serve` in a folder of its own, until the end of the `with` block."""

    def __init__(self, program: Path, setting: Setting) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="chr21-answers-")
        folder = Path(self._folder.name)
        run(program, folder, "get", "/health")
        if setting.loads_export:
            (folder / "small.csv").write_text(EXPORT, encoding="utf-8")
            run(program, folder, "load", "small.csv")
        self._process = subprocess.Popen(
            [program, "serve", "--port", "0", "--log-format", "json", *setting.flags],
            cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stderr
        said = []
        self.port = 0
        for line in self._process.stderr:
            said.append(line)
            if found := re.search(r'"address":"http://[^"]*:(\d+)"', line):
                self.port = int(found[1])
                break
        if not self.port:
            raise SystemExit("answers: the server did not start: " + "".join(said))

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        assert self._process.stderr
        self._process.stderr.close()
        self._folder.cleanup()


def answers(program: Path) -> Iterator[Answer]:
    for setting in SETTINGS:
        # The log is left to the pipe only as far as it fits: errors alone.
        quiet = Setting(setting.name, (*setting.flags, "--no-access-log"), setting.loads_export)
        with Server(program, quiet) as server:
            for sent in requests():
                shown = sent[:300].decode("utf-8", "backslashreplace")
                received = exchange(server.port, sent)
                yield {"setting": setting.name, "sent": shown, **answer_of(sent, received)}


# Comparing


def differences(was: Answer, now: Answer) -> list[str]:
    def lines(one: Answer) -> list[str]:
        fields = one["fields"]
        assert isinstance(fields, list)
        body = str(one.get("body", "")).replace(",", ",\n").splitlines()
        return [str(one["status"]), *fields, f"(sha256 of the body {one['sha256']})", *body]

    found = difflib.unified_diff(lines(was), lines(now), "before", "now", lineterm="", n=1)
    return list(found)


def compare(recorded: list[Answer], program: Path, shown: int) -> int:
    different = 0
    for was, now in itertools.zip_longest(recorded, answers(program)):
        if was is None or now is None:
            raise SystemExit("answers: the record is of other requests; record it again")
        if was["setting"] != now["setting"] or was["sent"] != now["sent"]:
            raise SystemExit("answers: the record is of other requests; record it again")
        if was == now:
            continue
        different += 1
        if different <= shown:
            print(f"== {now['setting']}: {str(now['sent']).splitlines()[0]!r}")
            print("\n".join(differences(was, now)))
    print(f"{len(recorded)} answers, {different} differ")
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="script/answers", description="records the answers of a program and compares another"
    )
    parser.add_argument("action", choices=["record", "compare"])
    parser.add_argument("file", type=Path, help="the record")
    parser.add_argument("--program", type=Path, help="by default CHR21_BINARY or the release build")
    parser.add_argument("--show", type=int, default=20, help="how many differences to print (20)")
    given = parser.parse_args()
    named = os.environ.get("CHR21_BINARY", ROOT / "build/release/src/chr21")
    program = Path(given.program or named).resolve()
    if not program.is_file():
        parser.error(f"{program} is not there; build it with script/build release")
    if given.action == "compare":
        with given.file.open(encoding="utf-8") as lines:
            return compare([json.loads(line) for line in lines], program, given.show)
    with given.file.open("w", encoding="utf-8") as out:
        count = 0
        for answer in answers(program):
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            count += 1
    print(f"{count} answers recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
