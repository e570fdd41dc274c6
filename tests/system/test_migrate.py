"""`chr21 migrate`, and servers that it has prepared or not."""

import os
import random
import re
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from database_servers import PASSWORD, DatabaseServer, Pgbouncer
from server import BINARY, clean_environment, database_url, run

KILLS = 100 if os.environ.get("CHR21_THOROUGH") == "1" else 20
SERVE = ("serve", "--database-wait", "1ms")
SECRETS = (PASSWORD, PASSWORD[:4], "hunter2")
LATEST = len(list(Path(__file__).parents[2].glob("src/store/sql/migrations/sqlite/*.sql")))


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of a failure, which holds no password."""
    text = done.stderr.decode()
    assert text.startswith("chr21: ")
    assert text.count("\n") == 1
    assert not any(secret in text for secret in SECRETS)
    return text


@pytest.fixture
def chr21(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a subcommand on the database that the environment names."""

    def run_on(url: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return run(*arguments, directory=tmp_path, variables={"DATABASE_URL": url})

    return run_on


def make_schema(chr21: Callable, url: str) -> None:
    assert chr21(url, "migrate", "check").returncode == 1
    assert (
        re.findall(r"^\w+", chr21(url, "migrate", "status").stdout.decode(), re.MULTILINE)
        == ["missing"] * LATEST
    )
    first = chr21(url, "migrate", "up", "--to", "1")
    assert (first.returncode, first.stderr) == (0, b"")
    assert b"applied 1 step\n" in first.stdout
    assert chr21(url, "migrate", "up").returncode == 0
    assert b"nothing to apply" in chr21(url, "migrate", "up").stdout
    status = chr21(url, "migrate", "status").stdout.decode()
    assert re.findall(r"^applied  .* by chr21 \d", status, re.MULTILINE) != []
    assert "missing" not in status
    check = chr21(url, "migrate", "check")
    assert (check.returncode, check.stderr) == (0, b"")
    assert b"the schema is up to date" in check.stdout


def test_makes_the_schema_of_a_file_step_by_step(chr21: Callable, tmp_path: Path) -> None:
    file = tmp_path / "genes.sqlite3"
    chr21(database_url(file), "migrate", "status")
    assert not file.exists()
    make_schema(chr21, database_url(file))


def test_makes_the_schema_of_a_server_step_by_step(
    chr21: Callable, database_server: DatabaseServer
) -> None:
    make_schema(chr21, database_server.url(database_server.new_database()))


def test_works_through_a_transaction_pooler(chr21: Callable, pgbouncer: Pgbouncer) -> None:
    make_schema(chr21, pgbouncer.url(pgbouncer.server.new_database()))


def test_runs_at_once_apply_each_step_once(
    chr21: Callable, database_server: DatabaseServer
) -> None:
    name = database_server.new_database()
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(chr21, database_server.url(name), "migrate", "up") for _ in range(4)]
        failed = [one.result().stderr for one in runs if one.result().returncode != 0]
        assert failed == []
    applied = sum(
        int(found[1])
        for one in runs
        if (found := re.search(rb"applied (\d+)", one.result().stdout))
    )
    assert applied == LATEST
    rows = database_server.sql("SELECT count(*), sum(statements_left) FROM schema_migration", name)
    assert rows == f"{LATEST}\t0"


def test_a_run_that_is_killed_is_finished_by_the_next(
    chr21: Callable, database_server: DatabaseServer, tmp_path: Path
) -> None:
    moments = random.Random(21)
    killed = 0
    for _ in range(KILLS):
        url = database_server.url(database_server.new_database())
        process = subprocess.Popen(
            [BINARY, "migrate", "up"],
            cwd=tmp_path,
            env=clean_environment(DATABASE_URL=url),
            stdout=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.005, 0.12))
        process.kill()
        killed += process.wait() != 0
        assert chr21(url, "migrate", "up").returncode == 0
        assert chr21(url, "migrate", "check").returncode == 0
    assert killed > 0


@pytest.mark.parametrize("arguments", [("serve", "--port", "0"), ("get", "/dataset")])
def test_what_serves_makes_no_tables_on_a_server(
    chr21: Callable, database_server: DatabaseServer, arguments: tuple[str, ...]
) -> None:
    name = database_server.new_database()
    done = chr21(database_server.url(name), *arguments)
    assert done.returncode == 1
    assert "has no tables of this program yet; run `chr21 migrate up`" in told(done)
    schema = "table_schema" if database_server.scheme == "mysql" else "table_catalog"
    tables = f"SELECT count(*) FROM information_schema.tables WHERE {schema} = '{name}'"
    assert database_server.sql(f"{tables} AND table_name = 'gene'", name) == "0"


def test_says_in_one_line_what_is_wrong_with_a_server(
    chr21: Callable, database_server: DatabaseServer
) -> None:
    name = database_server.new_database()
    for url, complaint in (
        (database_server.url(name, password="hunter2"), "refused the user or the password"),
        (database_server.url("nowhere"), "there is no such database on this server"),
        (database_server.url(name, port=1), "nothing listens there"),
        (database_server.url(name).replace("127.0.0.1", "no.invalid"), "no host of that name"),
        (database_server.url(name) + "?tls=yes", 'there is no option "tls"'),
        (database_server.url(name) + "?sslmode=require", "does not speak TLS"),
    ):
        for command in (("migrate", "up"), ("migrate", "status"), SERVE, ("get", "/genes")):
            done = chr21(url, *command)
            assert done.returncode == 1
            assert complaint in told(done)


def test_a_reader_without_grants_is_told_so(
    chr21: Callable, database_server: DatabaseServer
) -> None:
    name = database_server.new_database()
    assert chr21(database_server.url(name), "migrate", "up").returncode == 0
    if database_server.scheme == "mysql":
        database_server.sql("CREATE USER reader@'%' IDENTIFIED BY 'hunter2'", name)
        database_server.sql(f"GRANT SELECT ON {name}.schema_migration TO reader@'%'", name)
    else:
        database_server.sql("CREATE USER reader PASSWORD 'hunter2'", name)
        database_server.sql("GRANT SELECT ON schema_migration TO reader", name)
    url = f"{database_server.scheme}://reader:hunter2@127.0.0.1:{database_server.port}/{name}"
    assert chr21(url, "migrate", "check").returncode == 0
    done = chr21(url, "get", "/dataset")
    assert done.returncode == 1
    assert "this user lacks a permission there" in told(done)
    drop = "DROP USER reader@'%'" if database_server.scheme == "mysql" else "DROP OWNED BY reader"
    database_server.sql(drop, name)
    if database_server.scheme != "mysql":
        database_server.sql("DROP USER reader", name)


def test_a_password_on_the_command_line_leaves_the_process_list(tmp_path: Path) -> None:
    # A host that is silent: the program waits for it, and can be looked at.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://ann:hunter2@127.0.0.1:{silent.getsockname()[1]}/d"
        process = subprocess.Popen(
            [BINARY, "migrate", "check", "--database-url", url],
            cwd=tmp_path,
            env=clean_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            silent.settimeout(10)
            with silent.accept()[0]:
                shown = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        finally:
            process.kill()
            process.wait()
    assert b"hunter2" not in shown
    assert b"postgresql://***********@127.0.0.1" in shown


@pytest.mark.parametrize(
    "arguments",
    [(), ("down",), ("up", "--to", "0"), ("up", "--to", "x"), ("up", "--to", "99"), ("check", "x")],
)
def test_other_actions_are_usage_errors(
    chr21: Callable, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file = tmp_path / "genes.sqlite3"
    assert chr21(database_url(file), "migrate", *arguments).returncode == 2
    assert not file.exists()
