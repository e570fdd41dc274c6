"""Fixtures: one server with every setting at its default, and servers with other settings."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest

from container import Image, MissingImageError
from database_servers import (
    DatabaseServer,
    MariadbServer,
    MissingServerError,
    Pgbouncer,
    PostgresqlServer,
)
from fake_runtime_api import FakeRuntimeApi
from genes import BUNDLED_EXPORT, Gene, read_export
from lambda_function import LambdaFunction
from server import BINARY, PATIENCE, PROJECT, Server
from stores import Store, on_file, on_server
from wire import Connection

SHARED = PROJECT.parent / "shared"


def pytest_sessionstart() -> None:
    if not BINARY.is_file():
        pytest.exit(f"{BINARY} is missing; build it, or name another in CHR21_BINARY", 2)
    # A shell starts what it puts in the background deaf to Ctrl-C, and every program started from
    # there is so too; the tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A module may have `is_left_out(item)`, of tests that only some of its parameters make."""

    def is_left_out(item: pytest.Item) -> bool:
        says = getattr(getattr(item, "module", None), "is_left_out", None)
        return says is not None and says(item)

    left_out = [item for item in items if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_report_header() -> str:
    return f"binary: {BINARY}"


def shared_file(name: str) -> Path:
    """A reference file that is not part of the project; without it the test is skipped."""
    file = SHARED / name
    if not file.is_file():
        pytest.skip(
            f"../shared/{name} is not there: it is not part of the project, see CONTRIBUTING.md"
        )
    return file


@pytest.fixture(scope="session")
def mart_export() -> Path:
    return shared_file("data/mart/chr21_mart_export.csv")


@pytest.fixture(scope="session")
def bundled_genes() -> list[Gene]:
    return read_export(BUNDLED_EXPORT)


@pytest.fixture(scope="session")
def export_genes(mart_export: Path) -> list[Gene]:
    return read_export(mart_export)


class HasUrl(Protocol):
    url: str


def client_of(server: HasUrl) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=PATIENCE, trust_env=False)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with every setting at its default."""
    started = Server(tmp_path_factory.mktemp("bundled"))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with client_of(server) as opened:
        yield opened


@pytest.fixture(scope="session")
def export_client(
    tmp_path_factory: pytest.TempPathFactory, mart_export: Path
) -> Iterator[httpx.Client]:
    """A client of a server that was filled from the mart export beside the project."""
    started = Server(tmp_path_factory.mktemp("export"), "--data", str(mart_export))
    with client_of(started) as opened:
        yield opened
    started.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers that end with the test; those that still run must end well."""
    servers: list[Server] = []

    def start(*flags: str, directory: Path = tmp_path, **settings: Any) -> Server:
        servers.append(Server(directory, *flags, **settings))
        return servers[-1]

    yield start
    try:
        for one in servers:
            if one.process.poll() is None:
                one.stop()
    finally:
        for one in servers:
            one.kill()


@pytest.fixture
def api() -> Iterator[FakeRuntimeApi]:
    """A fake of AWS Lambda's Runtime API."""
    with FakeRuntimeApi() as started:
        yield started


@pytest.fixture
def start_function(api: FakeRuntimeApi, tmp_path: Path) -> Iterator[Callable[..., LambdaFunction]]:
    """Starts functions beside the fake, with variables; they end with the test."""
    functions: list[LambdaFunction] = []

    def start(**variables: str) -> LambdaFunction:
        functions.append(LambdaFunction(tmp_path, api.address, "serve", variables=variables))
        return functions[-1]

    yield start
    for function in functions:
        function.kill()


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    """A connection to the common server."""
    with Connection(server.port) as opened:
        yield opened


@pytest.fixture(scope="session")
def document(client: httpx.Client) -> dict:
    """The OpenAPI document that the server shows."""
    return client.get("/openapi.json").json()


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The container image that CHR21_IMAGE names, with what is needed to run it."""
    try:
        return Image(tmp_path_factory.mktemp("image"))
    except MissingImageError as missing:
        pytest.skip(str(missing))


def start_or_skip(start: Callable[[], DatabaseServer]) -> Iterator[DatabaseServer]:
    """A server for the session; without its program the test is skipped, which -ra shows."""
    if os.environ.get("CHR21_WITHOUT_SERVERS") == "1":
        pytest.skip("CHR21_WITHOUT_SERVERS is set")
    try:
        started = start()
    except MissingServerError as missing:
        pytest.skip(str(missing))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[DatabaseServer]:
    yield from start_or_skip(PostgresqlServer)


@pytest.fixture(scope="session")
def mariadb() -> Iterator[DatabaseServer]:
    yield from start_or_skip(MariadbServer)


@pytest.fixture(scope="session")
def pgbouncer(postgresql: PostgresqlServer) -> Iterator[DatabaseServer]:
    yield from start_or_skip(lambda: Pgbouncer(postgresql))


@pytest.fixture(params=["postgresql", "mariadb"])
def database_server(request: pytest.FixtureRequest) -> DatabaseServer:
    """Each of the servers that the program can keep its data on."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def server_store(database_server: DatabaseServer, tmp_path: Path) -> Store:
    """An empty database on each of the servers."""
    return on_server(database_server, tmp_path)


@pytest.fixture
def standby(server_store: Store, tmp_path: Path) -> Iterator[Store]:
    """An empty database of the same name and with the same users on another server."""
    server = type(server_store.server)()
    try:
        name = server_store.database
        server.sql(f"CREATE DATABASE {name}", server.first_database)
        database = Store(server.url(name), tmp_path, server, name)
        database.do("migrate", "up")
        yield database
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty database on each of the engines."""
    if request.param == "sqlite":
        return on_file(tmp_path)
    return on_server(request.getfixturevalue(request.param), tmp_path)
