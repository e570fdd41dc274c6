"""Passwords and signatures show nowhere, whether they are right or wrong."""

import json
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from database_servers import PASSWORD

from conftest import client_of
from server import BINARY, clean_environment
from stores import Store
from traffic import Traffic, wait_until

WRONG = 'hunter2 "#?/:@é'
# A password in the forms in which it may turn up, and a part of it.
FORMS = {form for text in (PASSWORD, WRONG) for form in (text, quote(text), quote(text, safe=""))}
FORMS |= {"hunter2", PASSWORD[:6], json.dumps(PASSWORD)[1:-1]}


def expect_no_secret(*texts: str) -> None:
    for text in texts:
        assert not [form for form in FORMS if form in text], text


def test_a_server_never_shows_its_password(server_store: Store, start_server) -> None:
    server_store.load("old", 30)
    server = start_server(
        *("--log-level", "debug", "--store", "database", "--poll-interval", "200ms"),
        *("--database-url", server_store.url),
    )
    shown = Path(f"/proc/{server.process.pid}/cmdline").read_text(encoding="utf-8")
    assert "*@127.0.0.1" in shown
    targets = ("/metrics", "/dataset", "/genes", "/health/ready", "/genes?dataset=none", "/none")
    with client_of(server) as client:
        with Traffic(server, targets) as traffic:
            server_store.server.halt()
            try:
                wait_until(lambda: client.get("/genes").status_code == 503, "a refusal")
                traffic.wait_for_more()
            finally:
                server_store.server.resume()
            wait_until(lambda: client.get("/genes").status_code == 200, "an answer")
    server.stop()
    assert any("store cannot answer" in line for line in server.log)
    assert any(server_store.database in line for line in server.log)
    expect_no_secret(shown, *server.log, *(answer.text for answer in traffic.answers))
    expect_no_secret(*(str(answer.headers) for answer in traffic.answers))


@pytest.mark.parametrize("given", ["flag", "variable"])
def test_no_command_shows_a_password(server_store: Store, given: str) -> None:
    export = str(server_store.export("new"))
    server = server_store.server
    for url in (
        server_store.url,
        server.url(server_store.database, password=WRONG),
        server.url("nowhere"),
        server.url(server_store.database, port=1),
        server.url(server_store.database) + "?tls=yes",
        server.url(server_store.database) + "?sslmode=verify-full&sslrootcert=/none",
        f"{server.scheme}://chr21:{quote(WRONG, safe='')}@[::1/x",
        f"mongodb://chr21:{quote(WRONG, safe='')}@127.0.0.1/x",
    ):
        for command in (
            ("load", export, "--name", "new"),
            ("datasets", "list"),
            ("datasets", "show", "none"),
            ("migrate", "status"),
            ("get", "/genes"),
            ("serve", "--port", "99999999"),
        ):
            flags = ("--database-url", url) if given == "flag" else ()
            variable = url if given == "variable" else "sqlite:///none.sqlite3"
            done = subprocess.run(
                [BINARY, *command, *flags],
                cwd=server_store.folder,
                env=clean_environment(DATABASE_URL=variable),
                capture_output=True,
                timeout=30,
                check=False,
            )
            expect_no_secret(done.stdout.decode(), done.stderr.decode())


def test_a_wrong_password_ends_a_server_at_once(server_store: Store) -> None:
    url = server_store.server.url(server_store.database, password=WRONG)
    done = server_store.run("serve", "--port", "0", "--database-wait", "10m", "--database-url", url)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "refused the user or the password" in line
    expect_no_secret(line)


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
@pytest.mark.parametrize("command", ["serve", "load"])
def test_the_process_list_shows_no_secret(tmp_path, scheme: str, command: str) -> None:
    # Hosts that are silent: the program waits for one, and can be looked at.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(10)
        port = silent.getsockname()[1]
        url = f"{scheme}://ann:{quote(WRONG, safe='')}@127.0.0.1:{port}/d"
        signed = f"https://127.0.0.1:{port}/export.csv?X-Amz-Signature=hunter2"
        arguments = {"serve": ("--port", "0"), "load": (signed,)}[command]
        process = subprocess.Popen(
            [BINARY, command, *arguments, "--database-url", url],
            cwd=tmp_path,
            env=clean_environment(no_proxy="127.0.0.1"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with silent.accept()[0]:
                shown = Path(f"/proc/{process.pid}/cmdline").read_text(encoding="utf-8")
        finally:
            process.kill()
            process.wait()
    expect_no_secret(shown)
    assert "@127.0.0.1" in shown
