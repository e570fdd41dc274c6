"""The one check of what every error answer must be (RFC 9457)."""

from typing import Any

import httpx

from wire import Answer

CODES = {
    400: "invalid-request",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "request-timeout",
    413: "content-too-large",
    414: "uri-too-long",
    415: "unsupported-media-type",
    417: "expectation-failed",
    431: "headers-too-large",
    501: "not-implemented",
    503: "unavailable",
    505: "http-version-not-supported",
}


def check_problem(answer: httpx.Response | Answer, status: int) -> dict[str, Any]:
    """Asserts that `answer` is a well-made problem with that status, and returns its members."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"]
    assert answer.headers["X-Request-Id"]
    problem = answer.json()
    assert problem["type"] == f"urn:chr21:problem:{CODES[status]}"
    assert problem["title"]
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["message"] == problem["detail"]
    assert isinstance(problem["instance"], str)
    for fault in problem["errors"]:
        assert set(fault) == {"parameter", "value", "message"}
        assert all(isinstance(part, str) for part in fault.values())
        assert fault["message"]
    return problem


def faults_of(answer: httpx.Response | Answer) -> dict[str, str]:
    """The message for each parameter that a 400 names."""
    problem = check_problem(answer, 400)
    return {fault["parameter"]: fault["message"] for fault in problem["errors"]}
