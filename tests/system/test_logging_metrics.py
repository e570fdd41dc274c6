"""Log lines for machines and people, and metrics for Prometheus."""

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from conftest import client_of
from problems import check_problem
from wire import Connection

SECRET = "not-for-the-log"


def lines_of(server):
    server.stop()
    return [json.loads(line) for line in server.log]


def test_each_answer_is_a_json_line_with_the_route_and_not_the_target(start_server):
    server = start_server()
    with client_of(server) as client:
        given = {"X-Request-Id": "request-7"}
        answer = client.get("/genes/ENSG00000157540?", headers=given)
        client.head("/genes")
        client.get("/none")
    first, head, unmatched = [line for line in lines_of(server) if line["message"] == "answered"]
    assert list(first) == [
        *("time", "level", "message", "request_id", "method"),
        *("route", "status", "duration_ms", "bytes"),
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["time"])
    assert (first["level"], first["request_id"]) == ("info", "request-7")
    assert (first["method"], first["route"]) == ("GET", "/genes/{gene_stable_id}")
    assert (first["status"], first["bytes"]) == (200, len(answer.content))
    assert first["duration_ms"] >= 0
    assert (head["method"], head["bytes"]) == ("HEAD", 0)
    assert (unmatched["route"], unmatched["status"]) == ("unmatched", 404)


def test_the_log_tells_what_is_served_and_that_it_stopped(start_server):
    server = start_server("--threads", "2")
    url = server.url
    lines = {line["message"]: line for line in lines_of(server)}
    assert lines["serving"]["address"] == url
    assert lines["serving"]["dataset"] == "homo_sapiens-GRCh38-114-chr21"
    assert (lines["serving"]["gene_count"], lines["serving"]["threads"]) == (1134, 2)
    assert lines["stopped"]["unfinished"] == 0


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_the_log_keeps_queries_and_headers_of_callers_to_itself(start_server, log_format):
    server = start_server("--log-format", log_format, "--log-level", "debug")
    headers = dict.fromkeys(("Authorization", "Cookie", "X-Api-Key", "User-Agent"), SECRET)
    with client_of(server) as client:
        for target in (
            f"/genes?search={SECRET}",
            f"/genes/{SECRET}",
            f"/{SECRET}",
            f"/genes?{SECRET}=1",
        ):
            client.get(target, headers=headers)
        client.post("/genes/lookup", json={"names": [SECRET]})
    server.stop()
    assert len(server.log) > 5
    assert not any(SECRET in line for line in server.log)


def test_a_request_cannot_forge_a_log_line(start_server):
    server = start_server()
    with Connection(server.port) as connection:
        connection.ask("/genes%0a%7b%22level%22", "BREW'!")
        connection.send(b'GET /\x1b[2J"} HTTP/1.1\r\nHost: a.test\r\n\r\n')
        connection.receive()
    for line in lines_of(server):
        assert set(line) >= {"time", "level", "message"}


def test_the_access_log_can_be_turned_off(start_server):
    server = start_server("--no-access-log")
    with client_of(server) as client:
        client.get("/genes")
        client.get("/genes?page=0")
    assert "answered" not in [line["message"] for line in lines_of(server)]


@pytest.mark.parametrize("value", ["1", "true"])
def test_the_access_log_can_be_turned_off_by_its_variable(start_server, value):
    server = start_server(variables={"CHR21_NO_ACCESS_LOG": value})
    with client_of(server) as client:
        client.get("/genes")
    assert "answered" not in [line["message"] for line in lines_of(server)]


def test_the_text_format_is_for_people(start_server):
    server = start_server("--log-format", "text")
    with client_of(server) as client:
        client.get("/genes/ENSG00000157540", headers={"X-Request-Id": "request-7"})
    server.stop()
    line = server.wait_for_log("GET")
    shape = r"\d\d:\d\d:\d\d\.\d{3} info  GET /genes/\{gene_stable_id\} 200 \d\S*s \d+B request-7"
    assert re.fullmatch(shape, line)


def test_a_level_leaves_out_what_is_below_it(start_server):
    loud = start_server("--log-level", "debug")
    with client_of(loud) as client:
        client.get("/health")
    assert {"connection opened", "connection ended"} <= {line["message"] for line in lines_of(loud)}


def samples_of(client):
    """The value of every sample by its name and labels."""
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation for family in families)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def requests(samples, method, route, status):
    labels = {"method": method, "route": route, "status": status}
    return samples.get(("chr21_http_requests_total", frozenset(labels.items())), 0)


def test_metrics_count_requests_by_method_route_and_status(start_server):
    server = start_server()
    with client_of(server) as client:
        for page in range(1, 6):
            client.get(f"/genes?page={page}")
        client.get("/genes?page=0")
        client.head("/genes/ENSG00000157540")
        check_problem(client.get("/none"), 404)
        check_problem(client.delete("/genes"), 405)
        samples = samples_of(client)
        again = samples_of(client)
    assert requests(samples, "GET", "/genes", "200") == 5
    assert requests(samples, "GET", "/genes", "400") == 1
    assert requests(samples, "HEAD", "/genes/{gene_stable_id}", "200") == 1
    assert requests(samples, "GET", "unmatched", "404") == 1
    assert (
        sum(value for (name, _), value in samples.items() if name == "chr21_http_requests_total")
        == 9
    )
    assert requests(again, "GET", "/metrics", "200") == 1


def test_metrics_tell_durations_bytes_connections_and_the_process(start_server):
    server = start_server()
    with client_of(server) as client:
        size = len(client.get("/genes", headers={"Accept-Encoding": "identity"}).content)
        samples = samples_of(client)
    route = frozenset({("route", "/genes")})
    assert samples["chr21_http_request_duration_seconds_count", route] == 1
    assert 0 < samples["chr21_http_request_duration_seconds_sum", route] < 60
    assert samples["chr21_http_response_bytes_total", route] == size
    bare = {name: value for (name, labels), value in samples.items() if not labels}
    assert bare["chr21_dataset_genes"] == 1134
    assert bare["chr21_http_connections"] == 1
    assert bare["chr21_bugs_total"] == bare["chr21_store_failures_total"] == 0
    assert bare["process_resident_memory_bytes"] > 1_000_000
    assert bare["process_open_fds"] > 3
    assert bare["process_start_time_seconds"] > 1_700_000_000
    (build,) = [dict(labels) for (name, labels) in samples if name == "chr21_build_info"]
    assert set(build) == {"version", "commit"}


def test_duration_buckets_grow_up_to_the_count(client):
    client.get("/genes")
    samples = samples_of(client)
    buckets = sorted(
        (float(dict(labels)["le"]), value)
        for (name, labels), value in samples.items()
        if name == "chr21_http_request_duration_seconds_bucket" and ("route", "/genes") in labels
    )
    counts = [count for _, count in buckets]
    assert counts == sorted(counts)
    assert buckets[-1][0] == float("inf")
    assert (
        counts[-1]
        == samples["chr21_http_request_duration_seconds_count", frozenset({("route", "/genes")})]
    )
