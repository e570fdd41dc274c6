"""Exports that come through a pipe, compressed, or from a web server."""

import contextlib
import gzip
import http.server
import re
import resource
import subprocess
from pathlib import Path

import pytest

from server import BINARY, PATIENCE, Server, clean_environment, database_url
from web_server import encrypt, running

MEBIBYTE = 1 << 20
EXPORT = b"Gene stable ID,Gene name\nENSG00000142192,APP\nENSG00000142168,SOD1\n"
SECRET = "X-Amz-Signature=5ec2e7"


class FileServer(http.server.ThreadingHTTPServer):
    redirect = ""


class Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.partition("?")[0]
        if name == "/elsewhere":
            assert isinstance(self.server, FileServer)
            self.send_response(302)
            self.send_header("Location", self.server.redirect)
            self.end_headers()
            return
        status = {"/export.csv": 200, "/cut": 200}.get(name, 403)
        self.send_response(status)
        self.send_header("Content-Length", str(len(EXPORT) + (name == "/cut")))
        self.end_headers()
        self.wfile.write(EXPORT)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    file, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            key,
            "-out",
            file,
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    return file, key


@contextlib.contextmanager
def served(certificate: tuple[Path, Path] | None, redirect: str = ""):
    server = FileServer(("127.0.0.1", 0), Files)
    server.redirect = redirect
    if certificate:
        encrypt(server, certificate)
    with running(server):
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"


def load(directory: Path, where: str, given: bytes = b"", **variables: str):
    flags = ("--data", where, "--database-url", database_url(directory / "genes.sqlite3"))
    return subprocess.run(
        [BINARY, "get", "/genes?fields=gene_name&format=tsv", *flags],
        input=given,
        env=clean_environment(no_proxy="127.0.0.1", **variables),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


NAMES = b"Gene name\nSOD1\nAPP\n"


@pytest.mark.parametrize("given", [EXPORT, gzip.compress(EXPORT)], ids=["plain", "gzip"])
def test_an_export_comes_through_a_pipe(tmp_path, given):
    outcome = load(tmp_path, "-", given)
    assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr


def test_an_export_comes_from_https(tmp_path, certificate):
    with served(certificate) as url:
        outcome = load(tmp_path, f"{url}/export.csv?{SECRET}", SSL_CERT_FILE=str(certificate[0]))
    assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
    assert SECRET.encode() not in outcome.stderr


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path, certificate):
    with served(certificate) as url:
        outcome = load(tmp_path, f"{url}/export.csv?{SECRET}")
    (line,) = outcome.stderr.decode().splitlines()
    assert outcome.returncode == 1
    assert f"{url}/export.csv cannot be read: " in line and "SSL" in line
    assert SECRET not in line


def test_a_redirect_is_followed_to_https_alone(tmp_path, certificate):
    trusted = str(certificate[0])
    with served(certificate) as secure, served(None, f"{secure}/export.csv") as plain:
        outcome = load(tmp_path, f"{plain}/elsewhere", SSL_CERT_FILE=trusted)
        assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
    with served(None) as plain, served(certificate, f"{plain}/export.csv") as secure:
        outcome = load(tmp_path / "other", f"{secure}/elsewhere", SSL_CERT_FILE=trusted)
        assert outcome.returncode == 1
        assert b"cannot be read: Unsupported protocol" in outcome.stderr


@pytest.mark.parametrize(
    ("path", "words"),
    [("/expired", "status 403; a presigned URL may have expired"), ("/cut", "partial file")],
)
def test_an_answer_that_is_not_the_whole_export_is_refused(tmp_path, path, words):
    with served(None) as url:
        outcome = load(tmp_path, f"{url}{path}?{SECRET}")
    (line,) = outcome.stderr.decode().splitlines()
    assert outcome.returncode == 1
    assert words in line and SECRET not in line


def test_a_server_that_is_not_there_is_named(tmp_path):
    with served(None) as url:
        pass
    outcome = load(tmp_path, f"{url}/export.csv?{SECRET}")
    (line,) = outcome.stderr.decode().splitlines()
    assert outcome.returncode == 1
    assert f"{url}/export.csv cannot be read: Couldn't connect" in line and SECRET not in line


@pytest.mark.parametrize("where", ["-", "https://127.0.0.1:1/export.csv"])
def test_without_openssl_it_says_which_package_is_missing(tmp_path, where):
    (tmp_path / "libssl.so.3").write_text("no library")
    outcome = load(tmp_path, where, EXPORT, LD_LIBRARY_PATH=str(tmp_path))
    (line,) = outcome.stderr.decode().splitlines()
    assert outcome.returncode == 1
    assert "install the package libssl3" in line


def test_the_bundled_genes_need_no_openssl(tmp_path):
    (tmp_path / "libssl.so.3").write_text("no library")
    started = Server(tmp_path, variables={"LD_LIBRARY_PATH": str(tmp_path)})
    started.stop()


def test_an_export_that_does_not_fit_into_memory_ends_with_what_to_do(tmp_path: Path) -> None:
    if re.search(rb"__[at]san_init", BINARY.read_bytes()):
        pytest.skip("a sanitizer reserves more memory than any limit would leave")
    export = tmp_path / "large.csv.gz"
    with gzip.open(export, "wb", compresslevel=1) as file:
        file.write(EXPORT)
        for _ in range(512):
            file.write(b"\n" * MEBIBYTE)
    done = subprocess.run(
        [BINARY, "load", export],
        cwd=tmp_path,
        env=clean_environment(DATABASE_URL=database_url(tmp_path / "genes.sqlite3")),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (512 * MEBIBYTE,) * 2),
        capture_output=True,
        timeout=4 * PATIENCE,
        check=False,
    )
    (line,) = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (1, b"")
    assert "large.csv.gz: there is not enough memory for all of its rows and genes" in line
    assert "give the process more memory, or load a smaller export" in line
    assert not (tmp_path / "genes.sqlite3").exists()
