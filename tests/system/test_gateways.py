"""The contract behind API Gateway, function URLs and load balancers, as the same tests tell it.

The tests are those of other files that ask one server with default settings; here that server is
a function behind a gateway.
"""

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

import httpx
import pytest
import test_bad_input
import test_gene_routes
import test_http_caching
import test_http_methods
import test_names
import test_representations
import test_routes
from emulator import Emulator, emulator_or_skip
from fake_runtime_api import FakeRuntimeApi
from gateway import SENDERS, Gateway
from gateway_differences import DIFFERENCES, EVERY_SENDER
from lambda_function import LambdaFunction

from conftest import client_of
from problems import check_problem
from wire import Connection

MODULES = (
    test_bad_input,
    test_gene_routes,
    test_http_caching,
    test_http_methods,
    test_names,
    test_representations,
    test_routes,
)
ONE_SERVER = {"client", "connection", "document"}


def asks_one_server(test: Callable) -> bool:
    """Whether it needs nothing but a server with default settings."""
    needed = set(inspect.signature(test).parameters)
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            names = mark.args[0]
            needed -= set(names.split(",") if isinstance(names, str) else names)
    return bool(needed & ONE_SERVER) and needed <= {*ONE_SERVER, "bundled_genes"}


def taken_from(module: ModuleType) -> dict[str, Callable]:
    return {
        name: test
        for name, test in vars(module).items()
        if name.startswith("test_") and callable(test) and asks_one_server(test)
    }


for one in MODULES:
    globals().update(taken_from(one))


def is_left_out(item: pytest.Item) -> bool:
    """Whether this test cannot be asked of the sender that it is for."""
    assert isinstance(item, pytest.Function)
    parameters = dict(item.callspec.params)
    sender = str(parameters.pop("gateway"))
    texts = [text for text in parameters.values() if isinstance(text, str)]
    return any(one.concerns(item.originalname, sender, texts) for one in DIFFERENCES)


@pytest.fixture(scope="module", params=sorted(EVERY_SENDER))
def gateway(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    directory = tmp_path_factory.mktemp("function")
    if request.param == "emulated_rest_api":
        emulator_or_skip()
        with (
            Emulator(directory) as emulator,
            Gateway(SENDERS["rest_api"], lambda event: emulator.invoke(event).json()) as made,
        ):
            yield made
        return
    with FakeRuntimeApi() as api:
        function = LambdaFunction(directory, api.address, "serve")
        with Gateway(SENDERS[request.param], lambda event: api.invoke(event).response()) as made:
            yield made
        function.stop()


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with client_of(gateway) as opened:
        yield opened


@pytest.fixture
def connection(gateway: Gateway) -> Iterator[Connection]:
    with Connection(gateway.port) as opened:
        yield opened


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict:
    return client.get("/openapi.json").json()


def test_head_has_the_header_fields_of_get(client: httpx.Client) -> None:
    given = {"X-Request-Id": "the-same"}
    passing = ("date", "server-timing", "content-length", "content-encoding")
    for target in ("/genes", "/genes/ENSG00000157540", "/none", "/docs"):
        get, head = (
            client.request(method, target, headers=given).headers for method in ("GET", "HEAD")
        )
        for name in passing:
            get.pop(name, None)
            head.pop(name, None)
        assert list(head.multi_items()) == list(get.multi_items())


def test_a_request_is_named_as_the_gateway_names_it(client: httpx.Client, gateway: Gateway) -> None:
    name = client.get("/health").headers["X-Request-Id"]
    event = gateway.last_event
    named = event["requestContext"].get("requestId")
    fields = event.get("headers") or {}
    (traced,) = event.get("multiValueHeaders", {}).get("x-amzn-trace-id", [None])
    assert name == (named or traced or fields["x-amzn-trace-id"])


def test_metrics_of_one_sandbox_among_many_are_not_shown(client: httpx.Client) -> None:
    check_problem(client.get("/metrics"), 404)
