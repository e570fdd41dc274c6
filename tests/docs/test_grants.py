"""What docs/operations.md tells to run on a new server is enough, and no more than enough."""

import re
import shutil
import subprocess
import urllib.request

import pytest

from database_servers import MariadbServer, MissingServerError, PostgresqlServer
from docs_server import BINARY, ROOT, DocsServer, clean_environment

PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
WRITTEN_PLACE = "@database.example/chr21"
LACKS_A_PERMISSION = "this user lacks a permission there"


def run_setup(server, sql):
    if isinstance(server, MariadbServer):
        server.sql(sql, "mysql")
        return
    where = ("-h", str(server.folder), "-p", str(server.port), "-U", "chr21", "-d", "postgres")
    psql = (server.programs["psql"], "-X", "-q", "-v", "ON_ERROR_STOP=1", *where)
    server.run(*psql, "-f", "-", input=sql.encode())


class Place:
    """A server that was set up as a section of the page says."""

    def __init__(self, server, heading):
        section = re.split(rf"^## {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0]
        blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))
        run_setup(server, blocks["sql"])
        commands = blocks["sh"].replace(WRITTEN_PLACE, f"@127.0.0.1:{server.port}/chr21")
        self.commands = re.findall(r"^DATABASE_URL=(\S+) chr21 (.+)$", commands, re.MULTILINE)
        self.urls = {re.findall(r"chr21_(\w+):", url)[0]: url for url, _ in self.commands}

    def run(self, url, command, folder):
        return subprocess.run(
            [BINARY, *command.split()],
            cwd=folder,
            env=clean_environment() | {"DATABASE_URL": url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(
    params=[(PostgresqlServer, "PostgreSQL"), (MariadbServer, "MySQL and MariaDB")],
    ids=["postgresql", "mariadb"],
)
def place(request):
    start, heading = request.param
    try:
        server = start()
    except MissingServerError as missing:
        pytest.skip(str(missing))
    request.addfinalizer(server.stop)
    return Place(server, heading)


def test_a_server_is_set_up_loaded_and_served_with_the_roles_of_the_page(place, tmp_path):
    shutil.copy(ROOT / "data/chr21_genes.csv", tmp_path / "mart_export.txt.gz")
    *before, (reader, serve) = place.commands
    for url, command in before:
        done = place.run(url, command, tmp_path)
        assert done.returncode == 0, f"chr21 {command}\n{done.stdout}"
    assert serve == "serve"
    with (
        DocsServer(tmp_path, DATABASE_URL=reader) as server,
        urllib.request.urlopen(f"{server.address}/genes?search=kinase", timeout=30) as answer,
    ):
        assert b'"total":6,' in answer.read()
    for command in ("datasets list", "migrate check", "get /stats --store database"):
        done = place.run(reader, command, tmp_path)
        assert done.returncode == 0, f"chr21 {command}\n{done.stdout}"
    refused = place.run(reader, "datasets activate mart_export", tmp_path)
    assert (refused.returncode, LACKS_A_PERMISSION in refused.stdout) == (1, True), refused.stdout


def test_no_role_can_do_the_work_of_the_next(place, tmp_path):
    refused = place.run(place.urls["loader"], "migrate up", tmp_path)
    assert (refused.returncode, LACKS_A_PERMISSION in refused.stdout) == (1, True), refused.stdout
    assert place.run(place.urls["migrator"], "migrate up", tmp_path).returncode == 0
    refused = place.run(place.urls["reader"], "load --bundled", tmp_path)
    assert (refused.returncode, LACKS_A_PERMISSION in refused.stdout) == (1, True), refused.stdout
    assert place.run(place.urls["loader"], "load --bundled", tmp_path).returncode == 0
