"""The program as a function of AWS Lambda, beside a fake of its Runtime API."""

import json
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fake_runtime_api import DROP, FakeRuntimeApi
from lambda_function import LambdaFunction, lambda_environment, web_event

from server import BINARY, PATIENCE, database_url

ERROR_TYPE = "lambda-runtime-function-error-type"
VALID_TYPE = r"(Runtime|Function)\.[A-Z][a-zA-Z]+"
APP = "/genes/ENSG00000142192"


def test_without_a_subcommand_a_function_serves(api: FakeRuntimeApi, tmp_path: Path) -> None:
    function = LambdaFunction(tmp_path, api.address)
    assert json.loads(api.invoke(web_event(APP)).response()["body"])["gene_name"] == "APP"
    function.stop()


def test_without_lambda_a_subcommand_is_needed(tmp_path: Path) -> None:
    environment = lambda_environment("")
    finished = subprocess.run([BINARY], cwd=tmp_path, env=environment, capture_output=True)
    assert finished.returncode == 2
    assert b"a command is missing" in finished.stderr


def test_faults_of_a_request_are_answers(api: FakeRuntimeApi, start_function) -> None:
    start_function()
    for target, status in (("/genes/nothing", 404), ("/genes?page=0", 400), ("/no-route", 404)):
        answer = api.invoke(web_event(target)).response()
        assert answer["statusCode"] == status
        assert json.loads(answer["body"])["status"] == status


def test_metrics_are_not_there(api: FakeRuntimeApi, start_function) -> None:
    start_function()
    answer = api.invoke(web_event("/metrics")).response()
    assert answer["statusCode"] == 404
    assert "CloudWatch" in json.loads(answer["body"])["detail"]


@pytest.mark.parametrize("event", [{"Records": [{"eventSource": "aws:s3"}]}, [], b"no JSON", b""])
def test_what_is_no_request_is_a_failure_and_no_end(
    api: FakeRuntimeApi, start_function, event
) -> None:
    function = start_function()
    posted = api.invoke(event).answer()
    assert posted.kind == "error"
    assert posted.headers[ERROR_TYPE] == "Function.UnknownEvent"
    assert posted.json()["errorType"] == "Function.UnknownEvent"
    assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    assert function.process.poll() is None
    function.wait_for_log("the invocation failed")


# The start


def assert_start_failed(api: FakeRuntimeApi, function: LambdaFunction, error_type: str) -> str:
    posted = api.start_failures.get(timeout=PATIENCE)
    assert posted.headers[ERROR_TYPE] == error_type
    assert re.fullmatch(VALID_TYPE, error_type)
    told = posted.json()
    assert told["errorType"] == error_type
    assert function.wait() != 0
    assert api.asked == 0
    assert told["errorMessage"] in "\n".join(function.log)
    return told["errorMessage"]


def test_a_setting_that_is_not_allowed_is_told(api: FakeRuntimeApi, start_function) -> None:
    function = start_function(CHR21_MAX_BODY_BYTES="many")
    assert "CHR21_MAX_BODY_BYTES" in assert_start_failed(api, function, "Runtime.ConfigInvalid")


def test_an_export_that_cannot_be_read_is_told(api: FakeRuntimeApi, start_function) -> None:
    function = start_function(CHR21_DATA="nowhere.txt")
    assert "nowhere.txt" in assert_start_failed(api, function, "Runtime.ConfigInvalid")


def test_a_database_that_is_away_is_told_soon_and_without_its_password(
    api: FakeRuntimeApi, start_function
) -> None:
    function = start_function(DATABASE_URL="postgresql://reader:s3cret@127.0.0.1:1/genes")
    told = assert_start_failed(api, function, "Runtime.DatabaseUnreachable")
    assert "s3cret" not in told
    assert "s3cret" not in "\n".join(function.log)


def test_a_start_that_cannot_even_be_told_of_fails(api: FakeRuntimeApi, start_function) -> None:
    api.start_failure_reply = 500
    assert start_function(CHR21_DATA="nowhere.txt").wait() != 0


def test_nobody_to_ask_for_events_is_a_failure(tmp_path: Path) -> None:
    for address in ("127.0.0.1:1", "nonsense"):
        function = LambdaFunction(tmp_path, address, "serve")
        assert function.wait() == 1, address
        assert address in function.log[-1]


def test_all_is_ready_before_the_first_event_is_asked_for(
    api: FakeRuntimeApi, start_function
) -> None:
    function = start_function()
    api.wait_for_pollers()
    assert len(function.entries("serving")) == 1
    (entry,) = function.entries("serving")
    assert entry["gene_count"] == 1134
    assert entry["address"] == f"http://{api.address}"


# The platform


@pytest.mark.parametrize("status", [400, 403, 410, 413])
def test_an_answer_that_is_not_taken_is_logged_and_the_next_event_asked_for(
    api: FakeRuntimeApi, start_function, status: int
) -> None:
    function = start_function()
    refused = api.invoke(web_event("/health"), reply=status)
    assert refused.response()["statusCode"] == 200
    assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    function.wait_for_log("the platform did not take an answer")
    assert refused.is_unanswered()  # it is not posted a second time
    function.stop()


@pytest.mark.parametrize("reply", [500, 503, DROP])
def test_a_platform_that_fails_an_answer_ends_the_function(
    api: FakeRuntimeApi, start_function, reply: int | str
) -> None:
    function = start_function()
    api.invoke(web_event("/health"), reply=reply)
    assert function.wait() == 1
    assert function.log[-1].startswith("chr21: the Runtime API")


@pytest.mark.parametrize("reply", [403, 500, DROP])
def test_a_platform_that_fails_the_next_event_ends_the_function(
    api: FakeRuntimeApi, start_function, reply: int | str
) -> None:
    function = start_function()
    api.wait_for_pollers()
    api.next_reply = reply
    api.invoke(web_event("/health")).answer()
    assert function.wait() == 1
    # A connection that turns out to be dead may have been so for long: it is tried once more.
    assert api.asked == (3 if reply == DROP else 2)


def test_an_invocation_id_is_sent_back_and_only_then(api: FakeRuntimeApi, start_function) -> None:
    start_function()
    name = "lambda-runtime-invocation-id"
    nonce = "4f9c-/+=:~ 1"
    given = api.invoke(web_event("/health"), Lambda_Runtime_Invocation_Id=nonce).answer()
    assert given.headers[name] == nonce
    unknown = api.invoke([], Lambda_Runtime_Invocation_Id=nonce).answer()
    assert unknown.kind == "error"
    assert unknown.headers[name] == nonce
    assert name not in api.invoke(web_event("/health")).answer().headers


def test_events_are_answered_without_a_deadline_or_a_trace(
    api: FakeRuntimeApi, start_function
) -> None:
    start_function()
    answer = api.invoke(web_event("/health"), deadline_in=None).response()
    assert answer["statusCode"] == 200


def test_as_many_events_are_asked_for_as_lambda_allows(api: FakeRuntimeApi, start_function) -> None:
    function = start_function(AWS_LAMBDA_MAX_CONCURRENCY="8")
    api.wait_for_pollers(8)
    invocations = [api.invoke(web_event(f"/genes?page={page}")) for page in range(1, 33)]
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda one: json.loads(one.response()["body"]), invocations))
    assert [answer["page"] for answer in answers] == list(range(1, 33))
    api.wait_for_pollers(8)
    assert function.entries("serving")[0]["threads"] == 8
    function.stop()


def test_one_event_at_a_time_is_asked_for_where_lambda_says_nothing(
    api: FakeRuntimeApi, start_function
) -> None:
    function = start_function()
    api.wait_for_pollers()
    function.wait_until_idle()
    assert api.asked == 1


def test_an_answer_over_the_limit_of_lambda_is_told_to_be(
    api: FakeRuntimeApi, start_function
) -> None:
    start_function(CHR21_MAX_BODY_BYTES="100000")
    body = json.dumps({"ids": ["ENSG00000142192"]}) + " " * 200_000
    event = web_event("/genes/lookup", "POST", {"content-type": "application/json"}, body)
    assert api.invoke(event).response()["statusCode"] == 413


# The end


def test_an_extension_is_registered_for_a_signal_at_the_end(
    api: FakeRuntimeApi, start_function
) -> None:
    function = start_function()
    api.wait_for_pollers()
    api.wait_for_extension()
    function.process.send_signal(signal.SIGTERM)
    assert function.wait() == 0
    assert function.entries("stopping")[0]["reason"] == "SIGTERM"
    assert function.entries("stopped")[0]["unfinished"] == 0


@pytest.mark.parametrize("reply", [403, 404, 500, DROP])
def test_without_extensions_a_function_serves_all_the_same(
    api: FakeRuntimeApi, start_function, reply: int | str
) -> None:
    api.register_reply = reply
    function = start_function()
    assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    assert function.process.poll() is None
    function.wait_for_log("no SIGTERM will come")


# What runs


def listening_sockets(process: int) -> list[str]:
    own = {link.readlink().name for link in Path(f"/proc/{process}/fd").iterdir()}
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6", "unix"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if table == "unix":
                inode, listens = fields[6], fields[3] == "00010000"
            else:
                inode, listens = fields[9], table.startswith("udp") or fields[3] == "0A"
            if listens and f"socket:[{inode}]" in own:
                found.append(line)
    return found


def test_nothing_listens(api: FakeRuntimeApi, start_function, server) -> None:
    function = start_function()
    assert api.invoke(web_event("/health")).response()["statusCode"] == 200
    assert listening_sockets(function.process.pid) == []
    assert listening_sockets(server.process.pid) != []  # where something does, it is found


def test_no_thread_runs_between_two_events(api: FakeRuntimeApi, start_function) -> None:
    """Counted by the kernel: a thread that slept with a timeout would have run for it."""
    function = start_function(CHR21_POLL_INTERVAL="10ms", AWS_LAMBDA_MAX_CONCURRENCY="2")
    api.wait_for_pollers(2)
    for target in ("/health", APP, "/genes?page_size=200", "/genes?dataset=none"):
        api.invoke(web_event(target)).response()
    api.wait_for_pollers(2)
    api.wait_for_extension()
    function.wait_until_idle()
    before = function.switches()
    assert len(before) >= 4  # two pollers, the extension, and who waits for a signal
    with pytest.raises(subprocess.TimeoutExpired):
        function.process.wait(1.5)
    assert function.switches() == before
    function.stop()


def test_a_reader_of_the_log_that_goes_away_does_no_harm(
    api: FakeRuntimeApi, tmp_path: Path
) -> None:
    environment = lambda_environment(
        api.address, DATABASE_URL=database_url(tmp_path / "genes.sqlite3")
    )
    process = subprocess.Popen(
        [BINARY, "serve"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None and process.stderr is not None
        api.wait_for_pollers()
        process.stdout.close()
        process.stderr.close()
        for _ in range(3):
            assert api.invoke(web_event("/health")).response()["statusCode"] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)


# Settings


@pytest.mark.parametrize(("memory", "limit"), [("128", "51MiB"), ("1", "1MiB"), ("", None)])
def test_the_limit_of_a_catalog_follows_the_memory_of_the_function(
    tmp_path: Path, memory: str, limit: str | None
) -> None:
    def limit_with(**variables: str) -> str:
        text = subprocess.run(
            [BINARY, "serve", "--help"],
            cwd=tmp_path,
            env=lambda_environment(**variables),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        (found,) = re.findall(r"--memory-limit.*?=(\d+MiB)", text)
        return found

    elsewhere = limit_with(runtime_api="", AWS_LAMBDA_FUNCTION_MEMORY_SIZE="128")
    found = limit_with(runtime_api="127.0.0.1:1", AWS_LAMBDA_FUNCTION_MEMORY_SIZE=memory)
    assert found == (limit or elsewhere)
