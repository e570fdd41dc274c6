"""Each role with exactly the grants that docs/operations.md gives it."""

import json
from collections.abc import Callable, Iterator

import pytest

from conftest import client_of
from database_servers import DatabaseServer
from server import PROJECT
from stores import Store
from traffic import Traffic, wait_until

ROLES = ("migrator", "loader", "reader")


def documented_statements(server: DatabaseServer) -> list[str]:
    """The SQL that the document tells to run, one statement after another."""
    heading = "## PostgreSQL" if server.scheme == "postgresql" else "## MySQL and MariaDB"
    text = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
    block = text.split(f"{heading}\n", 1)[1].split("```sql\n", 1)[1].split("```", 1)[0]
    block = block.replace("\\connect chr21\n", "\\connect chr21;\n")
    return [statement.strip() for statement in block.split(";") if statement.strip()]


class Roles:
    """A database as the document makes it, whose roles exist as long as the test."""

    def __init__(self, server: DatabaseServer, name: str):
        self.server = server
        self.name = name
        place = server.first_database
        for statement in documented_statements(server):
            if statement == "\\connect chr21":
                place = name
                continue
            for words in ("DATABASE chr21", " chr21.*"):
                statement = statement.replace(words, words.replace("chr21", name))
            server.sql(statement, place)

    def url(self, role: str) -> str:
        place = f"127.0.0.1:{self.server.port}/{self.name}"
        return f"{self.server.scheme}://chr21_{role}:{role}-secret@{place}"

    def drop(self) -> None:
        if self.server.scheme == "postgresql":
            self.server.sql(f"DROP DATABASE {self.name} WITH (FORCE)", "postgres")
        for role in ROLES:
            user = "" if self.server.scheme == "postgresql" else "@'%'"
            self.server.sql(f"DROP USER chr21_{role}{user}", self.server.first_database)


@pytest.fixture
def roles(database_server: DatabaseServer) -> Iterator[Roles]:
    made = Roles(database_server, f"roles{database_server.port}")
    yield made
    made.drop()
    if database_server.scheme != "postgresql":
        database_server.sql(f"DROP DATABASE {made.name}", database_server.first_database)


@pytest.fixture
def store_of(roles: Roles, tmp_path) -> Callable[[str], Store]:
    """The database as a role has it, once the migrator has made the tables."""
    stores = {role: Store(roles.url(role), tmp_path, roles.server, roles.name) for role in ROLES}
    stores["migrator"].do("migrate", "up")
    return lambda role: stores[role]


@pytest.mark.parametrize("engine", ["memory", "database"])
def test_each_role_can_do_its_work(store_of: Callable, start_server, engine: str) -> None:
    loader, reader = store_of("loader"), store_of("reader")
    loader.load("old", 30)
    server = start_server(
        *("--store", engine, "--poll-interval", "100ms", "--database-url", reader.url)
    )
    with Traffic(server) as traffic, client_of(server) as client:
        loader.load("new", 40)
        wait_until(lambda: client.get("/dataset").json()["name"] == "new", "the switch")
        assert client.get("/genes?dataset=old").json()["total"] == 30
        loader.do("datasets", "drop", "old")
        traffic.wait_for_more()
    assert (traffic.failures, traffic.statuses()) == ([], {200})
    assert json.loads(reader.do("get", "/genes"))["total"] == 40
    assert [one["name"] for one in reader.listed()] == ["new"]
    for role in (reader, loader):
        assert role.run("migrate", "check").returncode == 0


def test_no_role_can_do_anothers_work(store_of: Callable) -> None:
    loader, reader = store_of("loader"), store_of("reader")
    loader.load("old", 30)
    loader.load("new", 40)
    export = str(loader.export("newest", 50))
    for command in (
        ("load", export),
        ("datasets", "activate", "old"),
        ("datasets", "drop", "old"),
        ("datasets", "prune", "--keep", "1"),
    ):
        refused = reader.run(*command)
        assert (refused.returncode, refused.stderr.count(b"\n")) == (1, 1)
        assert b"this user lacks a permission there" in refused.stderr
        assert b"-secret" not in refused.stderr
    assert [(one["name"], one["active"]) for one in reader.listed()] == [
        ("old", False),
        ("new", True),
    ]


def test_only_the_migrator_makes_tables(roles: Roles, tmp_path) -> None:
    for role in ("reader", "loader"):
        refused = Store(roles.url(role), tmp_path).run("migrate", "up")
        assert refused.returncode == 1
        assert b"this user lacks a permission there" in refused.stderr
