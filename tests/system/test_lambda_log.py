"""What a function of AWS Lambda writes: its log on standard error, metrics on standard output."""

import json
import re
from typing import Any

import pytest
from fake_runtime_api import FakeRuntimeApi
from lambda_function import LambdaFunction, web_event

from conftest import client_of
from stores import Store

TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87:0:1"
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
APP = "/genes/ENSG00000142192"


def answered(function: LambdaFunction) -> list[dict[str, Any]]:
    """Once the function has ended."""
    function.stop()
    return function.entries("answered")


def test_each_line_has_what_lambda_reads(api: FakeRuntimeApi, start_function) -> None:
    function = start_function()
    api.invoke([]).answer()
    api.invoke(web_event(APP)).answer()
    function.stop()
    entries = [json.loads(line) for line in function.log]
    assert {entry["level"] for entry in entries} == {"INFO", "ERROR"}
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["timestamp"])
        assert entry["time"] == entry["timestamp"]


def test_an_answer_is_logged_with_its_invocation(api: FakeRuntimeApi, start_function) -> None:
    function = start_function()
    first = api.invoke(
        web_event(APP + "?fields=band", headers={"traceparent": TRACEPARENT}),
        Lambda_Runtime_Trace_Id=TRACE,
    )
    first.answer()
    second = api.invoke(web_event("/health", headers={"x-request-id": "mine"}))
    second.answer()
    entries = answered(function)
    assert [entry["cold_start"] for entry in entries] == [True, False]
    assert entries[0]["aws_request_id"] == first.request_id
    assert entries[0]["request_id"] == "of-the-gateway"
    assert entries[0]["trace_id"] == TRACE
    assert entries[0]["traceparent"] == TRACEPARENT
    assert entries[0]["route"] == "/genes/{gene_stable_id}"
    assert entries[1]["aws_request_id"] == second.request_id
    assert entries[1]["request_id"] == "mine"
    assert "trace_id" not in entries[1]
    assert "band" not in "\n".join(function.log)  # no query is logged
    assert "ENSG00000142192" not in "\n".join(function.log)


def test_a_trace_that_only_the_event_has_is_logged(api: FakeRuntimeApi, start_function) -> None:
    function = start_function()
    api.invoke(web_event("/health", headers={"x-amzn-trace-id": TRACE})).answer()
    assert [entry["trace_id"] for entry in answered(function)] == [TRACE]


def test_a_request_without_a_name_is_called_as_lambda_calls_it(
    api: FakeRuntimeApi, start_function
) -> None:
    event = web_event("/health")
    del event["requestContext"]["requestId"]
    start_function()
    invocation = api.invoke(event)
    headers = {name.lower(): value for name, value in invocation.response()["headers"].items()}
    assert headers["x-request-id"] == invocation.request_id


@pytest.mark.parametrize(
    ("level", "messages"),
    [("DEBUG", True), ("TRACE", True), ("INFO", True), ("WARN", False), ("FATAL", False)],
)
def test_the_level_that_lambda_is_configured_with_is_kept(
    api: FakeRuntimeApi, start_function, level: str, messages: bool
) -> None:
    function = start_function(AWS_LAMBDA_LOG_LEVEL=level)
    api.invoke(web_event("/genes?page_size=1")).answer()
    assert bool(answered(function)) is messages
    assert bool(function.entries("asked the database")) is (level in {"DEBUG", "TRACE"})


def test_our_own_setting_of_the_level_goes_first(api: FakeRuntimeApi, start_function) -> None:
    function = start_function(AWS_LAMBDA_LOG_LEVEL="ERROR", CHR21_LOG_LEVEL="info")
    api.invoke(web_event("/health")).answer()
    assert len(answered(function)) == 1


def test_elsewhere_names_and_words_are_as_ever(start_server) -> None:
    server = start_server()
    entry = json.loads(server.wait_for_log("serving"))
    assert entry["level"] == "info"
    assert not {"timestamp", "aws_request_id", "cold_start"} & set(entry)


def test_a_server_logs_the_traces_of_its_callers(start_server) -> None:
    server = start_server()
    with client_of(server) as client:
        headers = {"traceparent": TRACEPARENT, "X-Amzn-Trace-Id": TRACE}
        for target in ("/health", "/genes?page_size=200&format=csv&fields=all"):
            client.get(target, headers=headers)
    server.stop()
    entries = [json.loads(line) for line in server.log if '"answered"' in line]
    assert [entry["traceparent"] for entry in entries] == [TRACEPARENT] * 2
    assert [entry["trace_id"] for entry in entries] == [TRACE] * 2


# Metrics


def metrics(function: LambdaFunction) -> list[dict[str, Any]]:
    """The lines on standard output, once the function has ended; there is nothing else on it."""
    function.stop()
    lines = [json.loads(line) for line in function.output]
    for line in lines:
        check_format(line)
    return lines


def check_format(line: dict[str, Any]) -> None:
    """As CloudWatch wants it."""
    assert isinstance(line["_aws"]["Timestamp"], int)
    assert line["level"] == "INFO"
    for directive in line["_aws"]["CloudWatchMetrics"]:
        assert directive["Namespace"] == "chr21"
        assert 1 <= len(directive["Metrics"]) <= 100
        for dimensions in directive["Dimensions"]:
            assert len(dimensions) <= 30
            assert all(isinstance(line[name], str) and line[name] for name in dimensions)
        for metric in directive["Metrics"]:
            assert metric["Unit"] in {"Count", "Milliseconds", "Seconds"}
            assert isinstance(line[metric["Name"]], int | float)


def test_metrics_tell_of_the_start_and_of_each_answer(api: FakeRuntimeApi, start_function) -> None:
    function = start_function()
    targets = (APP, "/genes/nothing", "/no-such-route")
    invocations = [api.invoke(web_event(target)) for target in targets]
    for invocation in invocations:
        invocation.answer()
    start, *answers = metrics(function)
    assert start["DatasetGenes"] == 1134
    assert start["DatasetAgeSeconds"] >= 0
    assert start["InitDuration"] > 0
    assert start["DbConnects"] >= 1
    assert [line["Route"] for line in answers] == ["/genes/{gene_stable_id}"] * 2 + ["unmatched"]
    assert [line["aws_request_id"] for line in answers] == [one.request_id for one in invocations]
    assert [line.get("ColdStart") for line in answers] == [1, None, None]
    assert answers[0]["Status2xx"] == 1
    assert answers[1]["Status4xx"] == 1
    assert all(line["RequestLatency"] > 0 for line in answers)
    assert {line["Environment"] for line in (start, *answers)} == {"genes"}  # the function's name
    assert "ENSG00000142192" not in "\n".join(function.output)


def test_metrics_count_what_the_database_was_asked(
    api: FakeRuntimeApi, start_function, server_store: Store
) -> None:
    server_store.load("old", 30)
    function = start_function(
        CHR21_STORE="database", DATABASE_URL=server_store.url, CHR21_ENVIRONMENT="staging"
    )
    for target in ("/genes?page_size=5", "/health"):
        api.invoke(web_event(target)).answer()
    _, genes, health = metrics(function)
    assert genes["Queries"] > 0
    assert genes["DbTime"] > 0
    assert health["Queries"] == 0
    assert genes["Environment"] == "staging"
