"""What the HTTPS client trusts, follows and refuses, against a server with a real certificate."""

import contextlib
import gzip
import http.server
import select
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server import BINARY, PATIENCE, clean_environment, database_url
from web_server import running

EXPORT = b"Gene stable ID,Gene name\nENSG00000142192,APP\nENSG00000142168,SOD1\n"
NAMES = b"Gene name\nSOD1\nAPP\n"
SECRET = "X-Amz-Signature=5ec2e7"


def make_certificate(folder: Path, names: str) -> tuple[Path, Path]:
    """A certificate of these names, signed by itself, and its key."""
    folder.mkdir(parents=True, exist_ok=True)
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
            "/CN=localhost",
            "-addext",
            f"subjectAltName={names}",
        ],
        check=True,
        capture_output=True,
    )
    return file, key


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of localhost alone: 127.0.0.1 is another host."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "DNS:localhost")


class Files(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        assert isinstance(self.server, QuietServer)
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0]
        if name.startswith("/to/"):
            self.send_response(307)
            self.send_header("Location", self.server.redirects[name.removeprefix("/to/")])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        if name == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(EXPORT), 7):
                piece = EXPORT[at : at + 7]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        if name == "/unsigned-end":  # HTTP/1.0's way, and no close_notify of TLS
            self.close_connection = True
            self.end_headers()
            self.wfile.write(EXPORT)
            return
        body = gzip.compress(EXPORT) if name == "/export.csv.gz" else EXPORT
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Files)
        self.context: ssl.SSLContext | None = context
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.redirects: dict[str, str] = {}

    def handle_error(self, *_):
        pass  # clients that do not trust us go away in the middle

    def finish_request(self, request, client_address):
        if self.context is not None:  # here, on the thread of the connection
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)


@contextlib.contextmanager
def served(certificate: tuple[Path, Path], least=ssl.TLSVersion.TLSv1_2, most=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = least
    if most:
        context.maximum_version = most
    context.load_cert_chain(*certificate)
    server = QuietServer(context)
    with running(server):
        yield server


def url_of(server, path="/export.csv", host="localhost"):
    return f"https://{host}:{server.server_port}{path}?{SECRET}"


def load(folder: Path, where: str, trusted: tuple[Path, Path] | None, **variables: str):
    folder.mkdir(exist_ok=True)
    flags = ("--data", where, "--database-url", database_url(folder / "genes.sqlite3"))
    if trusted:
        variables["SSL_CERT_FILE"] = str(trusted[0])
    return subprocess.run(
        [BINARY, "get", "/genes?fields=gene_name&format=tsv", *flags],
        env=clean_environment(**({"no_proxy": "*"} | variables)),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def refusal(outcome) -> str:
    (line,) = outcome.stderr.decode().splitlines()
    assert outcome.returncode == 1
    assert SECRET not in line and "hunter2" not in line
    return line


@pytest.mark.parametrize("path", ["/export.csv", "/export.csv.gz", "/chunked"])
def test_an_export_comes_whole_however_it_is_sent(tmp_path, certificate, path):
    with served(certificate) as server:
        outcome = load(tmp_path, url_of(server, path), certificate)
    assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr


def test_an_end_that_the_server_has_not_signed_is_refused(tmp_path, certificate):
    with served(certificate) as server:
        outcome = load(tmp_path, url_of(server, "/unsigned-end"), certificate)
    assert "the connection was cut" in refusal(outcome)


def test_a_certificate_of_another_host_is_refused(tmp_path, certificate):
    with served(certificate) as server:
        outcome = load(tmp_path, url_of(server, host="127.0.0.1"), certificate)
        assert "SSL certificate problem: IP address mismatch" in refusal(outcome)
    other = make_certificate(tmp_path / "other", "DNS:genes.example")
    with served(other) as server:
        outcome = load(tmp_path, url_of(server), other)
        assert "SSL certificate problem: hostname mismatch" in refusal(outcome)
    assert server.asked == []


def test_a_certificate_of_an_unknown_authority_is_refused(tmp_path, certificate):
    other = make_certificate(tmp_path / "other", "DNS:localhost")
    with served(certificate) as server:
        for trusted in (None, other):
            outcome = load(tmp_path, url_of(server), trusted)
            assert "SSL certificate problem: self-signed certificate" in refusal(outcome)
    assert server.asked == []


def test_a_certificate_that_is_over_is_refused(tmp_path):
    file, key = make_certificate(tmp_path / "tls", "DNS:localhost")
    expired = (tmp_path / "expired.pem", key)
    subprocess.run(
        ["openssl", "x509", "-in", file, "-signkey", key, "-days", "-1", "-out", expired[0]],
        check=True,
        capture_output=True,
    )
    with served(expired) as server:
        outcome = load(tmp_path, url_of(server), expired)
    assert "SSL certificate problem: certificate has expired" in refusal(outcome)


def test_authorities_that_cannot_be_read_are_named(tmp_path, certificate):
    with served(certificate) as server:
        outcome = load(tmp_path, url_of(server), None, SSL_CERT_FILE=str(tmp_path / "none.pem"))
    assert f"SSL_CERT_FILE names {tmp_path}/none.pem, which is no file" in refusal(outcome)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_old_tls_is_refused(tmp_path, certificate):
    old = ssl.TLSVersion.TLSv1_1
    with served(certificate, least=old, most=old) as server:
        outcome = load(tmp_path, url_of(server), certificate)
    assert "SSL connect error: " in refusal(outcome)


def test_redirects_are_followed_five_times(tmp_path, certificate):
    with served(certificate) as server:
        server.redirects = {str(left): f"/to/{left - 1}?{SECRET}" for left in range(1, 10)}
        server.redirects["0"] = url_of(server)
        outcome = load(tmp_path, url_of(server, "/to/4"), certificate)
        assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
        assert len(server.asked) == 6
        outcome = load(tmp_path / "more", url_of(server, "/to/5"), certificate)
        assert "Number of redirects hit maximum amount, 5" in refusal(outcome)
        server.redirects["loop"] = "loop"
        outcome = load(tmp_path / "more", url_of(server, "/to/loop"), certificate)
        assert "Number of redirects hit maximum amount, 5" in refusal(outcome)


@pytest.mark.parametrize(
    "location", ["http://localhost/a?hunter2", "ftp://u:hunter2@localhost/", "file:///etc/passwd"]
)
def test_a_redirect_leads_nowhere_but_to_https(tmp_path, certificate, location):
    with served(certificate) as server:
        server.redirects["x"] = location
        said = refusal(load(tmp_path, url_of(server, "/to/x"), certificate))
    assert f"https://localhost:{server.server_port}/to/x cannot be read: " in said
    assert "Unsupported protocol" in said or "names no host" in said


def test_a_user_is_known_to_one_server_alone(tmp_path, certificate):
    with served(certificate) as first, served(certificate) as second:
        first.redirects = {"self": "/to/other", "other": url_of(second)}
        where = url_of(first, "/to/self").replace("//", "//me:hunter2@")
        outcome = load(tmp_path, where, certificate)
        assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
    users = [headers.get("Authorization") for _, headers in first.asked + second.asked]
    assert users == ["Basic bWU6aHVudGVyMg==", "Basic bWU6aHVudGVyMg==", None]


@dataclass
class Proxy:
    """Tunnels to where CONNECT says, but to `target` in truth; or answers with `status`."""

    target: int
    status: int = 200
    heads: list[str] = field(default_factory=list)

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *_):
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.shutdown(socket.SHUT_WR)
        self.thread.join()
        self.listener.close()

    def run(self):
        while True:
            client, _ = self.listener.accept()
            with client:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = client.recv(4096)
                    if not piece:
                        break
                    head += piece
                if not head:
                    return
                self.heads.append(head.decode())
                client.sendall(b"HTTP/1.1 %d Words\r\nProxy-Agent: test\r\n\r\n" % self.status)
                if self.status == 200:
                    with contextlib.suppress(ConnectionError):  # a client that does not trust us
                        self.tunnel(client)

    def tunnel(self, client):
        with socket.create_connection(("127.0.0.1", self.target)) as server:
            other = {client: server, server: client}
            while True:
                for ready in select.select([client, server], [], [], PATIENCE)[0] or [client]:
                    piece = ready.recv(65536)
                    if not piece:
                        return
                    other[ready].sendall(piece)


@pytest.fixture(scope="module")
def far_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("far"), "DNS:genes.example,IP:192.0.2.1")


def test_a_proxy_tunnels_and_the_host_behind_it_is_verified(tmp_path, far_certificate):
    with served(far_certificate) as server, Proxy(server.server_port) as proxy:
        through = {"https_proxy": f"http://me:hunter2@127.0.0.1:{proxy.port}", "no_proxy": "a.test"}
        for number, host in enumerate(("genes.example", "192.0.2.1:8443")):
            where = f"https://{host}/export.csv?{SECRET}"
            outcome = load(tmp_path / str(number), where, far_certificate, **through)
            assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
        outcome = load(tmp_path, f"https://other.example/?{SECRET}", far_certificate, **through)
        assert "SSL certificate problem: hostname mismatch" in refusal(outcome)
    assert [head.splitlines()[0] for head in proxy.heads] == [
        "CONNECT genes.example:443 HTTP/1.1",
        "CONNECT 192.0.2.1:8443 HTTP/1.1",
        "CONNECT other.example:443 HTTP/1.1",
    ]
    assert all("Proxy-Authorization: Basic bWU6aHVudGVyMg==" in head for head in proxy.heads)
    assert SECRET not in "".join(proxy.heads)
    assert [headers.get("Proxy-Authorization") for _, headers in server.asked] == [None, None]


def test_a_proxy_that_refuses_is_named(tmp_path, certificate):
    with Proxy(0, status=407) as proxy:
        through = {"https_proxy": f"http://me:hunter2@127.0.0.1:{proxy.port}", "no_proxy": ""}
        outcome = load(tmp_path, f"https://genes.example/?{SECRET}", certificate, **through)
    assert f"the proxy 127.0.0.1:{proxy.port} answered with status 407" in refusal(outcome)
    through["https_proxy"] = "socks5://me:hunter2@127.0.0.1:1080"
    outcome = load(tmp_path, f"https://genes.example/?{SECRET}", certificate, **through)
    assert "the proxy socks5://127.0.0.1:1080 cannot be used" in refusal(outcome)


def test_no_proxy_leads_past_the_proxy(tmp_path, certificate):
    with served(certificate) as server, Proxy(0, status=502) as proxy:
        past = {"all_proxy": f"http://127.0.0.1:{proxy.port}", "no_proxy": "a.test,localhost"}
        outcome = load(tmp_path, url_of(server), certificate, **past)
        assert (outcome.returncode, outcome.stdout) == (0, NAMES), outcome.stderr
    assert proxy.heads == []
