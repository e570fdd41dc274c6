"""Passwords and signatures show nowhere, whether they are right or wrong."""

import json
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import client_of
from database_servers import PASSWORD
from server import BINARY, clean_environment
from stores import Store, on_server
from traffic import Traffic, wait_until

WRONG = 'hunter2 "#?/:@é'
# A password in the forms in which it may turn up, and a part of it.
FORMS = {form for text in (PASSWORD, WRONG) for form in (text, quote(text), quote(text, safe=""))}
FORMS |= {"hunter2", PASSWORD[:6], json.dumps(PASSWORD)[1:-1]}


def expect_no_secret(*texts: str) -> None:
    for text in texts:
        assert not [form for form in FORMS if form in text], text


def shown_by_the_system(process: subprocess.Popen[bytes]) -> str:
    """The command line and the environment of a process, as others see them."""
    files = (Path(f"/proc/{process.pid}/{name}") for name in ("cmdline", "environ"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def test_a_server_never_shows_its_password(server_store: Store, start_server) -> None:
    server_store.load("old", 30)
    server = start_server(
        *("--log-level", "debug", "--store", "database", "--poll-interval", "200ms"),
        *("--database-url", server_store.url),
    )
    shown = shown_by_the_system(server.process)
    assert "*@127.0.0.1" in shown
    targets = ("/metrics", "/dataset", "/genes", "/health/ready", "/genes?dataset=none", "/none")
    with client_of(server) as client, Traffic(server, targets) as traffic:
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
            ("serve", "--help"),
            ("--help-all",),
        ):
            known = command[0] != "--help-all" and given == "flag"
            flags = ("--database-url", url) if known else ()
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
@pytest.mark.parametrize("given", ["flags", "variables"])
def test_the_process_list_shows_no_secret(tmp_path, scheme: str, command: str, given: str) -> None:
    # Hosts that are silent: the program waits for one, and can be looked at.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(10)
        port = silent.getsockname()[1]
        url = f"{scheme}://ann:{quote(WRONG, safe='')}@127.0.0.1:{port}/d"
        signed = f"https://127.0.0.1:{port}/export.csv?X-Amz-Signature=hunter2"
        arguments = {"serve": ("--port", "0"), "load": (signed,)}[command]
        variables = {"no_proxy": "127.0.0.1"}
        if given == "flags":
            arguments += ("--database-url", url)
        else:
            variables |= {"DATABASE_URL": url, "CHR21_DATA": signed}
        process = subprocess.Popen(
            [BINARY, command, *arguments],
            cwd=tmp_path,
            env=clean_environment(**variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with silent.accept()[0]:
                shown = shown_by_the_system(process)
        finally:
            process.kill()
            process.wait()
    expect_no_secret(shown)
    assert "*@127.0.0.1" in shown


def test_a_password_may_come_from_a_file_of_passwords(postgresql, tmp_path: Path) -> None:
    store = on_server(postgresql, tmp_path)
    store.load("old", 30)
    passwords = tmp_path / "passwords"
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    passwords.write_text(f"127.0.0.1:*:*:chr21:{escaped}\n", encoding="utf-8")
    passwords.chmod(0o600)
    store.url = f"postgresql://chr21@127.0.0.1:{postgresql.port}/{store.database}"
    assert b"refused the user or the password" in store.run("datasets", "list").stderr
    done = store.run("datasets", "list", PGPASSFILE=str(passwords))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"old" in done.stdout
