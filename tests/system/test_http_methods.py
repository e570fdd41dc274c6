"""HEAD, OPTIONS, CORS, methods that do not work somewhere, and headers that every answer has."""

import re

import httpx
import pytest

from conftest import client_of
from problems import check_problem
from targets import TARGETS
from wire import request

GET_TARGETS = [target for target in TARGETS.values() if target != "/genes/lookup"]
DOCS_TARGETS = ["/docs", "/docs/swagger-ui.css", "/docs/icon.svg"]
PROBLEM_TARGETS = ["/none", "/genes?page=0", "/genes/none", "/stats?by=x"]
PASSING_HEADERS = ("date", "server-timing", "x-request-id")


@pytest.mark.parametrize("target", GET_TARGETS + DOCS_TARGETS + PROBLEM_TARGETS)
def test_head_answers_as_get_does_without_a_body(connection, target):
    given = "X-Request-Id: the-same\r\nAccept-Encoding: gzip\r\n"
    connection.send(
        request(target, headers=given),
        request(target, "HEAD", headers=given),
        request("/health"),
    )
    get, head = connection.receive(), connection.receive("HEAD")
    assert connection.receive().json() == {"status": "ok"}, "a body came after HEAD"
    passing: tuple[str, ...] = PASSING_HEADERS
    if target == "/metrics":
        passing += ("content-length",)  # the GET itself is counted meanwhile
    assert head.status_code == get.status_code
    assert [name for name, _ in head.headers.multi_items()] == [
        name for name, _ in get.headers.multi_items()
    ]
    for name, value in get.headers.items():
        assert name in passing or head.headers[name] == value, name
    assert int(head.headers["Content-Length"]) > 0


@pytest.mark.parametrize("target", [*TARGETS.values(), *DOCS_TARGETS])
def test_options_tells_what_is_allowed(connection, target):
    answer = connection.ask(target, "OPTIONS")
    allowed = "POST, OPTIONS" if target == "/genes/lookup" else "GET, HEAD, OPTIONS"
    assert (answer.status_code, answer.headers["Allow"]) == (204, allowed)
    assert "Content-Length" not in answer.headers
    assert "Access-Control-Allow-Methods" not in answer.headers


def test_options_of_the_whole_server_lists_every_method(connection):
    answer = connection.ask("*", "OPTIONS")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_options_of_a_path_that_is_no_route_is_404(client):
    check_problem(client.options("/none"), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"])
def test_other_methods_are_405_with_what_is_allowed(connection, method):
    for target in ("/genes", "/health", "/docs"):
        answer = connection.ask(target, method)
        check_problem(answer, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_lookup_takes_post_alone(connection, method):
    answer = connection.ask("/genes/lookup", method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")


PREFLIGHT = {
    "Origin": "https://browser.test",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


def test_a_preflight_is_told_methods_headers_and_how_long_that_holds(client):
    answer = client.options("/genes/lookup", headers=PREFLIGHT)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize("target", [*GET_TARGETS, *DOCS_TARGETS, *PROBLEM_TARGETS])
def test_every_answer_may_be_read_by_any_page_and_is_kept_from_misuse(client, target):
    answer = client.get(target, headers={"Origin": "https://browser.test"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert re.fullmatch(r"app;dur=\d+\.\d+", answer.headers["Server-Timing"])


def test_a_refusal_of_bytes_that_are_no_request_may_be_read_by_any_page_too(connection):
    connection.send(b"nonsense\r\n\r\n")
    answer = connection.receive_last()
    check_problem(answer, 400)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_one_origin_can_be_allowed_alone_and_cors_turned_off(start_server, tmp_path):
    one = start_server("--cors-origin", "https://lab.test", directory=tmp_path / "one")
    with client_of(one) as client:
        for target in ("/genes", "/genes?page=0"):
            headers = client.get(target).headers
            assert headers["Access-Control-Allow-Origin"] == "https://lab.test"
            for name in (
                "ETag",
                "Link",
                "X-Notice",
                "X-Total-Count",
                "X-Request-Id",
                "Content-Disposition",
                "X-Dataset",
            ):
                assert name in headers["Access-Control-Expose-Headers"]
        preflight = client.options("/genes/lookup", headers=PREFLIGHT)
        assert preflight.headers["Access-Control-Allow-Origin"] == "https://lab.test"
    off = start_server("--cors-origin", "", directory=tmp_path / "off")
    with client_of(off) as client:
        for answer in (client.get("/genes"), client.options("/genes", headers=PREFLIGHT)):
            assert not [name for name in answer.headers if name.startswith("access-control")]


MADE_REQUEST_ID = r"[0-9a-f]{16,}"


@pytest.mark.parametrize("given", ["a", "7f3a-42/x:1", "~" * 128])
def test_a_request_id_is_given_back(client, given):
    for target in ("/health", "/genes?page=0"):
        answer = client.get(target, headers={"X-Request-Id": given})
        assert answer.headers["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, "two words", 'a"b', "a\\b", "a\tb", "caf\xe9"])
def test_a_request_id_that_is_unfit_is_replaced(connection, given):
    answer = connection.ask("/health", headers=f"X-Request-Id: {given}\r\n")
    assert answer.status_code == 200
    assert re.fullmatch(MADE_REQUEST_ID, answer.headers["X-Request-Id"])


def test_a_request_id_is_made_for_each_answer_that_came_without(client: httpx.Client):
    made = [client.get("/health").headers["X-Request-Id"] for _ in range(50)]
    assert len(set(made)) == 50
    assert all(re.fullmatch(MADE_REQUEST_ID, one) for one in made)
