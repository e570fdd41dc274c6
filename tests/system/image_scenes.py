"""What the program is for in a container, as scenes with servers around it.

A scene gets a function that runs the program in the image, and asserts that it did its work.
"""

import contextlib
import http.server
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import web_server
from database_servers import DatabaseServer
from server import PATIENCE

GENE = "/genes/ENSG00000142192"
RDS_BUNDLE = "/etc/ssl/rds/global-bundle.pem"
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
EXPORT = b"Gene stable ID,Gene name\nENSG00000142192,APP\nENSG00000142168,SOD1\n"


class Run(Protocol):
    """Runs the program with these arguments; `mounts` are files in the place of the image's."""

    def __call__(
        self,
        *arguments: str,
        variables: Mapping[str, str] | None = None,
        mounts: Mapping[Path, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]: ...


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost and 127.0.0.1, signed by itself, and its key."""
    file, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return file, key


def bundled_genes(run: Run) -> None:
    done = run("get", GENE)
    assert done.returncode == 0 and b'"gene_name":"APP"' in done.stdout, done.stderr


def a_server(run: Run, server: DatabaseServer, suffix: str = "", **settings: Mapping) -> None:
    """An empty database is given tables and genes, and answers."""
    variables = {"DATABASE_URL": server.url(server.new_database()) + suffix}
    for command in (("migrate", "up"), ("load", "--bundled"), ("get", GENE, "--store", "database")):
        done = run(*command, variables=variables, **settings)
        assert done.returncode == 0, (command, done.stderr)
    assert b'"gene_name":"APP"' in done.stdout


def encrypt(server: DatabaseServer, certificate: tuple[Path, Path]) -> None:
    """Has a PostgreSQL server take encrypted connections with this certificate."""
    for file, name in zip(certificate, ("server.crt", "server.key"), strict=True):
        copy = server.folder / "data" / name
        copy.write_bytes(file.read_bytes())
        if server.user is not None:
            subprocess.run(["chown", server.user, copy], check=True)
        copy.chmod(0o600)
    server.sql("ALTER SYSTEM SET ssl = on", server.first_database)
    server.sql("SELECT pg_reload_conf()", server.first_database)


class Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(EXPORT)))
        self.end_headers()
        self.wfile.write(EXPORT)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def https(certificate: tuple[Path, Path]) -> Iterator[str]:
    """The URL of an export on a web server, whose name has to be looked up."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    web_server.encrypt(server, certificate)
    with web_server.running(server):
        yield f"https://localhost:{server.server_port}/export.csv"


def an_export_by_https(
    run: Run, certificate: tuple[Path, Path], authorities: Path | None
) -> subprocess.CompletedProcess[bytes]:
    """An export is loaded and read. `authorities`: in place of those of the image."""
    variables = {"DATABASE_URL": "sqlite:////tmp/genes.sqlite3", "no_proxy": "localhost"}
    mounts = {authorities: AUTHORITIES} if authorities else {}
    target = "/genes?fields=gene_name&format=tsv"
    with https(certificate) as url:
        return run("get", target, "--data", url, variables=variables, mounts=mounts)


class MysqlGreeter:
    """Greets as a MySQL server that logs its users in with some plugin, and keeps the answers.

    It is no server: after the client's answer it refuses.
    """

    def __init__(self, plugin: str):
        self.plugin = plugin.encode()
        self.answer = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(PATIENCE)
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._greet)

    def __enter__(self) -> "MysqlGreeter":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.join()
        self.listener.close()

    def _greet(self) -> None:
        # CLIENT_PROTOCOL_41, SECURE_CONNECTION and PLUGIN_AUTH, with 20 bytes to scramble with.
        able = 0x0000_0200 | 0x0000_8000 | 0x0008_0000
        with contextlib.suppress(OSError), self.listener.accept()[0] as client:
            client.settimeout(PATIENCE)
            send_packet(
                client,
                0,
                b"\x0a8.4.0\0" + struct.pack("<I", 7) + b"8bytes__\0"
                + struct.pack("<HBHHB", able & 0xFFFF, 45, 2, able >> 16, 21)
                + bytes(10) + b"12_bytes____\0" + b"mysql_native_password\0",
            )  # fmt: skip
            read_packet(client)
            send_packet(client, 2, b"\xfe" + self.plugin + b"\0" + b"20_bytes_to_scramble\0")
            self.answer = read_packet(client)
            send_packet(client, 4, b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied")


def send_packet(client: socket.socket, number: int, payload: bytes) -> None:
    client.sendall(struct.pack("<I", len(payload))[:3] + bytes([number]) + payload)


def read_packet(client: socket.socket) -> bytes:
    head = read_exactly(client, 4)
    return read_exactly(client, int.from_bytes(head[:3], "little"))


def read_exactly(client: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        piece = client.recv(size - len(read))
        if not piece:
            raise OSError("the client has closed")
        read += piece
    return read


def answer_to_plugin(run: Run, plugin: str) -> tuple[bytes, bytes]:
    """What the program answers to a server that asks for this plugin, and what it says."""
    with MysqlGreeter(plugin) as greeter:
        url = f"mysql://someone:secret@127.0.0.1:{greeter.port}/genes"
        done = run("get", GENE, variables={"DATABASE_URL": url})
    return greeter.answer, done.stderr
