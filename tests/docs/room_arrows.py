"""Which room of src/ may use which, and which libraries: the table of docs/architecture.md."""

import re
from dataclasses import dataclass
from pathlib import Path

# What a room may include besides itself. "web" and "data" are headers made from those folders.
MAY_USE = {
    "text": set(),
    "gene": {"text"},
    "https": {"gene", "text"},
    "mart": {"https", "gene", "text"},
    "store": {"gene", "text"},
    "store/memory": {"store", "gene", "text"},
    "store/sql": {
        *("store/sql/url", "store/sql/engine", "store/sql/dataset", "store/sql/question"),
        *("store", "gene", "text"),
    },
    "store/sql/url": {"gene", "text"},
    "store/sql/engine": {"store/sql/url", "store"},
    "store/sql/dataset": {"store/sql/engine", "store", "gene", "text"},
    "store/sql/question": {"store/sql/dataset", "store/sql/engine", "store", "gene", "text"},
    "observe": {"text"},
    "service": {"store", "observe", "gene", "text"},
    "api": {"service", "store", "gene", "text", "web"},
    "transport/http": {"service", "observe", "gene", "text"},
    "transport/events": {"service", "text"},
    "transport/lambda": {"observe", "text"},
    "datasets": {
        *("mart", "store", "store/memory", "store/sql", "observe", "gene", "text", "data"),
    },
    "cli": {
        *("store", "store/sql", "observe", "service", "api", "datasets", "transport/http"),
        *("transport/events", "transport/lambda", "gene", "text"),
    },
}

# Where the headers of each library may be seen; the longest prefix that fits counts.
LIBRARIES = {
    "sqlite3.h": {"store/sql/engine"},
    "libpq-fe.h": {"store/sql/engine"},
    "mysql.h": {"store/sql/engine"},
    "boost/beast": {"https", "transport/http", "transport/lambda"},
    "boost/asio": {"transport/http", "transport/lambda"},
    "boost/json": {"api", "transport/events", "datasets", "cli"},
    "boost/unordered": {"mart"},
    "boost/container": {"api"},
    "spdlog/": {"observe"},
    "prometheus/": {"observe"},
    "CLI/": {"cli"},
    "yaml-cpp/": {"api", "cli"},
    "fmt/": {"mart", "observe", "service", "api", "datasets", "cli"},
    "utf8proc.h": {"text"},
    "xxhash.h": {"store/memory", "store/sql/dataset", "store/sql/engine", "service"},
    "brotli/": {"service"},
    "zlib.h": {"text", "service"},
    "openssl/": {"https", "mart"},
    # The operating system.
    "dlfcn.h": {"https", "store/sql/engine"},
    "malloc.h": {"store/memory", "transport/http"},
    "fcntl.h": {"store/memory"},
    "arpa/": {"https"},
    "poll.h": {"https", "store/sql/engine", "transport/lambda"},
    "pthread.h": {"transport/http"},
    "sched.h": {"transport/http"},
    "sys/": {
        *("https", "store/memory", "store/sql/engine", "transport/http", "transport/lambda"),
        *("observe", "cli"),
    },
    "net": {"https", "transport/http", "transport/lambda"},
    "unistd.h": {
        *("https", "store/memory", "store/sql/engine", "transport/http", "transport/lambda"),
        *("observe", "cli"),
    },
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
STANDARD = re.compile(r"[a-z0-9_]+")  # <vector>; a header of C++ has neither "." nor "/"


@dataclass(frozen=True)
class Violation:
    file: str
    header: str
    why: str

    def __str__(self):
        return f"{self.file} includes {self.header}: {self.why}"


def room_of(path):
    """The room that a path such as "store/sql/query.hpp" lies in; None outside every room."""
    folder = path.rpartition("/")[0]
    rooms = [room for room in (*MAY_USE, "web", "data") if f"{folder}/".startswith(f"{room}/")]
    return max(rooms, key=len, default=None)


def why_not_ours(room, header):
    used = room_of(header)
    if used is None:
        return "no room has this header; paths start at src/"
    if used == room or used in MAY_USE[room]:
        return None
    allowed = ", ".join(sorted(MAY_USE[room])) or "nothing else"
    return f"{room} may use {allowed}, and not {used}"


def why_not_a_library(room, header):
    if STANDARD.fullmatch(header):
        return None
    fitting = [library for library in LIBRARIES if header.startswith(library)]
    library = max(fitting, key=len, default="")
    if not library:
        return "this library has no room; give it one in tests/docs/room_arrows.py"
    if room in LIBRARIES[library]:
        return None
    return f"only {', '.join(sorted(LIBRARIES[library]))} may use this library, and not {room}"


def find_violations(source: Path):
    """Every #include under `source` that goes against the tables, in the order of the files."""
    violations = []
    for file in sorted([*source.rglob("*.hpp"), *source.rglob("*.cpp")]):
        path = file.relative_to(source).as_posix()
        room = room_of(path)
        if room not in MAY_USE:
            violations.append(Violation(path, "", "this file is in no room"))
            continue
        for ours, library in INCLUDE.findall(file.read_text(encoding="utf-8")):
            why = why_not_ours(room, ours) if ours else why_not_a_library(room, library)
            if why:
                violations.append(Violation(path, ours or library, why))
    return violations


def includes_between_rooms(source: Path):
    """The arrows that are really there: (room, room it uses)."""
    arrows = set()
    for file in sorted([*source.rglob("*.hpp"), *source.rglob("*.cpp")]):
        room = room_of(file.relative_to(source).as_posix())
        for ours, _ in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if ours and room_of(ours) != room:
                arrows.add((room, room_of(ours)))
    return arrows
