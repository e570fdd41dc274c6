"""Each role with exactly the grants that docs/operations.md gives it."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from database_servers import DatabaseServer

from conftest import client_of
from server import PROJECT
from stores import Store
from traffic import Traffic, wait_until

PASSWORD = "for-the-role"
ROLES = {"reader": "`serve`, `get`", "loader": "a loader", "migrator": "`migrate up`"}


def documented_grants(server: DatabaseServer) -> dict[str, str]:
    """For each role the GRANT statement of the table in the document."""
    text = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in text.splitlines() if row.startswith("|")]
    column = 2 if server.scheme == "postgresql" else 3
    grants = {}
    for role, label in ROLES.items():
        (row,) = [cells for cells in rows if cells[1].strip() == label]
        (grants[role],) = re.findall(r"`(GRANT [^`]+)`", row[column])
    return grants


class Roles:
    """Users of one database, who exist as long as the test."""

    def __init__(self, server: DatabaseServer, name: str):
        self.server = server
        self.name = name
        self.is_mysql = server.scheme == "mysql"
        for role in ROLES:
            password = f"BY '{PASSWORD}'" if self.is_mysql else f"PASSWORD '{PASSWORD}'"
            user = f"{role}@'%' IDENTIFIED" if self.is_mysql else role
            server.sql(f"CREATE USER {user} {password}", name)
        if not self.is_mysql:
            server.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC", name)

    def grant(self, role: str) -> None:
        statement = documented_grants(self.server)[role]
        if self.is_mysql:
            assert f" ON chr21.* TO {role}" in statement
            statement = statement.replace("chr21.*", f"{self.name}.*") + "@'%'"
        assert statement.endswith(f"TO {role}" + ("@'%'" if self.is_mysql else ""))
        self.server.sql(statement, self.name)

    def url(self, role: str) -> str:
        server = self.server
        return f"{server.scheme}://{role}:{PASSWORD}@127.0.0.1:{server.port}/{self.name}"

    def drop(self) -> None:
        for role in ROLES:
            if self.is_mysql:
                self.server.sql(f"DROP USER {role}@'%'", self.name)
            else:
                self.server.sql(f"DROP OWNED BY {role}; DROP USER {role}", self.name)


@pytest.fixture
def roles(database_server: DatabaseServer) -> Iterator[Roles]:
    made = Roles(database_server, database_server.new_database())
    yield made
    made.drop()


@pytest.fixture
def store_of(roles: Roles, tmp_path) -> Callable[[str], Store]:
    """The database as a role has it, once the migrator has made the tables."""
    roles.grant("migrator")
    migrator = Store(roles.url("migrator"), tmp_path, roles.server, roles.name)
    assert b"applied" in migrator.run("migrate", "up").stdout
    for role in ("reader", "loader"):
        roles.grant(role)
    return lambda role: Store(roles.url(role), tmp_path, roles.server, roles.name)


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
        assert PASSWORD.encode() not in refused.stderr
    assert [(one["name"], one["active"]) for one in reader.listed()] == [
        ("old", False),
        ("new", True),
    ]


def test_only_the_migrator_makes_tables(roles: Roles, tmp_path) -> None:
    for role in ("reader", "loader"):
        if roles.is_mysql:
            roles.grant(role)
        refused = Store(roles.url(role), tmp_path).run("migrate", "up")
        assert refused.returncode == 1
        assert b"this user lacks a permission there" in refused.stderr
