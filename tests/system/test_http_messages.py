"""HTTP/1.1 as bytes: keep-alive, pipelining, message forms, and requests that mislead a proxy."""

import re
from email.utils import parsedate_to_datetime

import pytest

from problems import check_problem
from wire import request

LOOKUP = b'{"ids": ["ENSG00000157540"]}'
JSON = "Content-Type: application/json\r\n"


def test_one_connection_answers_many_requests(connection):
    for _ in range(20):
        answer = connection.ask("/genes/ENSG00000157540")
        assert (answer.http_version, answer.status_code) == ("HTTP/1.1", 200)
        assert "Connection" not in answer.headers


def test_sixteen_pipelined_requests_are_answered_in_order(connection):
    targets = [f"/genes?page={page}&page_size={page * 7}" for page in range(1, 17)]
    connection.send(*(request(target) for target in targets))
    for page in range(1, 17):
        answer = connection.receive().json()
        assert (answer["page"], answer["page_size"]) == (page, page * 7)


def test_pipelined_requests_of_every_kind_keep_their_order(connection):
    connection.send(
        request("/health", "HEAD"),
        request("/genes?page=0"),
        request("/genes/lookup", "POST", JSON, LOOKUP),
        request("/none"),
        request("/genes", "OPTIONS"),
        request("/genes", "DELETE"),
        request("/health"),
    )
    methods = ["HEAD", "GET", "POST", "GET", "OPTIONS", "DELETE", "GET"]
    statuses = [connection.receive(method).status_code for method in methods]
    assert statuses == [200, 400, 200, 404, 204, 405, 200]


def test_a_request_may_come_one_byte_at_a_time(connection):
    for byte in request("/genes/lookup", "POST", JSON, LOOKUP):
        connection.send(bytes([byte]))
    assert connection.receive().json()["found"] == 1


def test_a_bad_request_leaves_the_connection_usable(connection):
    assert connection.ask("/genes?page=0").status_code == 400
    assert connection.ask("/health").status_code == 200


def test_connection_close_is_obeyed(connection):
    connection.send(request("/health", headers="Connection: close\r\n"))
    assert connection.receive_last().headers["Connection"] == "close"


def test_a_client_that_sends_no_more_still_gets_its_answers(connection):
    connection.send(request("/health") * 3)
    connection.socket.shutdown(1)
    assert [connection.receive().status_code for _ in range(3)] == [200] * 3
    assert connection.receive_to_end() == b""


def test_http_1_0_closes_unless_asked_to_stay(connection):
    connection.send(b"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert connection.receive().headers["Connection"] == "keep-alive"
    connection.send(b"GET /health HTTP/1.0\r\n\r\n")
    assert connection.receive_last().status_code == 200


@pytest.mark.parametrize("target", ["http://a.test/genes?page=2", "HTTP://[::1]:80/genes?page=2"])
def test_a_target_in_absolute_form_is_its_path_and_query(connection, target):
    assert connection.ask(target).json()["page"] == 2


CHUNKED = "Transfer-Encoding: chunked\r\n"


def test_a_chunked_body_is_read_whole(connection):
    half = len(LOOKUP) // 2
    chunks = b"".join(
        b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in (LOOKUP[:half], LOOKUP[half:])
    )
    connection.send(request("/genes/lookup", "POST", JSON + CHUNKED), chunks, b"0\r\nA: b\r\n\r\n")
    assert connection.receive().json()["found"] == 1
    assert connection.ask("/health").status_code == 200


def test_a_client_that_expects_100_continue_is_told_to_go_on(connection):
    whole = request("/genes/lookup", "POST", JSON + "Expect: 100-continue\r\n", LOOKUP)
    connection.send(whole[: -len(LOOKUP)])
    assert connection.receive().status_code == 100
    connection.send(LOOKUP)
    assert connection.receive().json()["found"] == 1


def test_an_expectation_that_is_not_known_is_417(connection):
    connection.send(request("/health", headers="Expect: the-unexpected\r\n"))
    check_problem(connection.receive_last(), 417)


def test_empty_lines_between_requests_are_let_pass(connection):
    connection.send(b"\r\n\r\n", request("/health"), b"\r\n", request("/health"))
    assert [connection.receive().status_code for _ in range(2)] == [200, 200]


def test_every_answer_has_a_date(connection):
    for target in ("/health", "/genes?page=0", "/none"):
        date = connection.ask(target).headers["Date"]
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", date)
        assert parsedate_to_datetime(date).year >= 2026


def post(headers):
    return f"POST /genes/lookup HTTP/1.1\r\nHost: a.test\r\n{JSON}{headers}\r\n".encode("latin-1")


HIDDEN = b"GET /metrics HTTP/1.1\r\nHost: a.test\r\n\r\n"

MISLEADING = {
    "both lengths": post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
    "chunked, then a length": post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")
    + b"0\r\n\r\n",
    "two lengths that differ": post("Content-Length: 2\r\nContent-Length: 60\r\n") + b"{}",
    "a list of lengths": post("Content-Length: 2, 60\r\n") + b"{}",
    "a length with a sign": post("Content-Length: +2\r\n") + b"{}",
    "a negative length": post("Content-Length: -2\r\n"),
    "a length that is no number": post("Content-Length: 0x2\r\n") + b"{}",
    "a length of thirty digits": post(f"Content-Length: {'9' * 30}\r\n"),
    "an empty length": post("Content-Length: \r\n"),
    "chunked twice": post("Transfer-Encoding: chunked, chunked\r\n") + b"0\r\n\r\n",
    "chunked in two fields": post(CHUNKED + CHUNKED) + b"0\r\n\r\n",
    "chunked not last": post("Transfer-Encoding: chunked, gzip\r\n") + b"0\r\n\r\n",
    "an unknown coding": post("Transfer-Encoding: xchunked\r\n") + b"0\r\n\r\n",
    "a control character before chunked": post("Transfer-Encoding: \x0bchunked\r\n") + b"0\r\n\r\n",
    "a space before the colon": post("Content-Length : 2\r\n") + b"{}",
    "a space before the name": b"GET / HTTP/1.1\r\n Host: a.test\r\n\r\n",
    "no name": b"GET / HTTP/1.1\r\nHost: a.test\r\n: b\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\nHost: a.test\r\nHost\r\n\r\n",
    "a lone line feed": b"GET / HTTP/1.1\nHost: a.test\n\n",
    "a line feed in the head": b"GET / HTTP/1.1\r\nHost: a.test\r\nA: b\nC: d\r\n\r\n",
    "a NUL in a value": b"GET / HTTP/1.1\r\nHost: a.test\r\nA: b\x00c\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a host with a path": b"GET / HTTP/1.1\r\nHost: a.test/b\r\n\r\n",
    "an old client that chunks": b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
    "a chunk size that is no number": post(CHUNKED) + b"zz\r\n",
    "a chunk size with a sign": post(CHUNKED) + b"+2\r\n{}\r\n0\r\n\r\n",
    "a chunk longer than it says": post(CHUNKED) + b"2\r\n{}}\r\n0\r\n\r\n",
    "a chunk size of thirty digits": post(CHUNKED) + b"f" * 30 + b"\r\n",
    "two spaces in the request line": b"GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n",
    "no version": b"GET /\r\nHost: a.test\r\n\r\n",
    "a target that is no path": b"GET genes HTTP/1.1\r\nHost: a.test\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


UNREAD_CODINGS = ("chunked twice", "chunked not last", "an unknown coding")


@pytest.mark.parametrize("what", MISLEADING)
def test_a_misleading_request_is_refused_and_nothing_behind_it_is_read(connection, what):
    connection.send(MISLEADING[what], HIDDEN)
    answer = connection.receive_last()
    check_problem(answer, 501 if what in UNREAD_CODINGS else 400)
    assert answer.headers["Connection"] == "close"


def test_an_unknown_version_is_505(connection):
    connection.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    check_problem(connection.receive_last(), 505)
