"""The command line: help, version, get, openapi, exit codes, and settings from the environment."""

import json
import re
import socket

import pytest
import yaml

from conftest import client_of
from server import PROJECT, database_url, run

SETTINGS = (PROJECT / "src/cli/settings.cpp").read_text()
# Flags of `serve` and the variable of each, as the source declares them.
OTHER_FLAGS = {
    *("--accept", "--include", "--to", "--yaml", "--json", "--keep", "--bundled", "--name"),
    *("--species", "--assembly", "--release", "--strict", "--dry-run", "--report"),
}
SERVE_FLAGS = sorted(set(re.findall(r'"!?(--[a-z-]+)[",]', SETTINGS)) - OTHER_FLAGS)
VARIABLES = sorted(set(re.findall(r'"(CHR21_[A-Z_]+|DATABASE_URL)"', SETTINGS)))


@pytest.fixture
def program(tmp_path):
    """Runs the program in a fresh directory and returns what it did."""

    def run_here(*arguments, **variables):
        return run(*arguments, directory=tmp_path, variables=variables)

    return run_here


COMMANDS = [(), ("serve",), ("get",), ("load",), ("datasets",), ("migrate",), ("openapi",)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_exits_0_and_says_what_the_command_does(program, command):
    outcome = program(*command, "--help")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert b"Usage: chr21" in outcome.stdout


def test_help_explains_every_flag_of_serve_and_names_its_variable(program):
    text = program("serve", "--help").stdout.decode()
    entries = re.findall(r"^  (--[a-z-]+)\S*[^\n]*\(Env:(\w+)\)\s+(\S[^\n]*)$", text, re.MULTILINE)
    assert len(SERVE_FLAGS) >= 19
    assert sorted(flag for flag, _, _ in entries) == SERVE_FLAGS
    assert sorted(variable for _, variable, _ in entries) == VARIABLES
    assert all(len(words.split()) >= 3 for _, _, words in entries)


def test_help_names_the_subcommands(program):
    text = program("--help").stdout.decode()
    for (command,) in COMMANDS[1:]:
        assert re.search(rf"^  {command} +\w+", text, re.MULTILINE)


def test_version_tells_version_commit_and_dataset(program):
    outcome = program("--version")
    assert outcome.returncode == 0
    words = rb"chr21 \d+\.\d+\.\d+ \(commit \S+, dataset homo_sapiens-GRCh38-114-chr21\)\n"
    assert re.fullmatch(words, outcome.stdout)


USAGE_ERRORS = [
    (),
    ("fly",),
    ("serve", "--prot", "1"),
    ("serve", "--port", "x"),
    ("serve", "--port", "65536"),
    ("serve", "--port", "-1"),
    ("serve", "--threads", "0"),
    ("serve", "--store", "cloud"),
    ("serve", "--log-level", "loud"),
    ("serve", "--log-format", "xml"),
    ("serve", "--idle-timeout", "10"),
    ("serve", "--idle-timeout", "10h"),
    ("serve", "--idle-timeout", "0s"),
    ("serve", "--idle-timeout", "-1s"),
    ("serve", "--max-connections", "0"),
    ("serve", "--max-head-bytes", "1"),
    ("serve", "extra"),
    ("get",),
    ("get", "genes"),
    ("get", "/genes", "--port", "1"),
    ("openapi", "--json"),
    ("load",),
    ("load", "genes.tsv", "--bundled"),
    ("load", "--bundled", "--name", "mine"),
    ("load", "genes.tsv", "--report", "xml"),
    ("datasets",),
    ("datasets", "show"),
    ("datasets", "prune"),
    ("datasets", "prune", "--keep", "-1"),
]


EXPLAINED = {
    ("srve",): "srve is not known here; did you mean serve? There are: serve, get, load,",
    ("fly",): "fly is not known here; there are: serve, get, load, datasets, migrate, openapi",
    ("--halp",): "--halp is not known here; did you mean --help?",
    (): "a command is missing; there are: serve, get,",
    ("datasets", "lst"): "lst is not known here; did you mean list? There are: list, show,",
    ("serve", "--prot", "9000"): "--prot is no flag of chr21 serve; did you mean --port?",
    ("serve", "extra"): "extra is one word too many for chr21 serve",
    ("serve", "--port", "x"): '--port: "x" is not a whole number from 0 to 65535',
    ("serve", "--max-connections", "0"): '"0" is not a whole number from 1 to 1000000',
    ("serve", "--log-level", "loud"): '"loud" is not one of debug, info, warning, error',
    ("serve", "--log-format", "xml"): '"xml" is not one of json, text',
    ("serve", "--store", "cloud"): '"cloud" is not one of auto, memory, database',
    ("serve", "--idle-timeout", "-5s"): '"-5s" is not a duration; write a whole number and ms, s',
    ("serve", "--memory-limit", "much"): '"much" is not a size; write a whole number and B, KiB,',
    ("migrate", "up", "--to", "x"): '"x" is not a whole number from 1',
    ("load", ""): "export: is empty; name a file, - or an https:// URL",
}


@pytest.mark.parametrize("arguments", EXPLAINED, ids=" ".join)
def test_a_usage_error_names_what_was_given_and_what_is_allowed(program, arguments):
    outcome = program(*arguments)
    assert outcome.returncode == 2
    assert EXPLAINED[arguments] in outcome.stderr.decode()


def test_a_usage_error_shows_no_password_of_a_url(program):
    for arguments in (("serve",), ("get", "/genes"), ()):
        said = program(*arguments, "postgresql://me:hunter2@db/genes").stderr.decode()
        assert "db/genes" in said
        assert "hunter2" not in said


def test_a_usage_error_names_the_variable_that_the_value_came_from(program):
    from_variable = program("serve", CHR21_PORT="abc").stderr.decode()
    assert '--port: "abc" is not a whole number' in from_variable
    assert "(from CHR21_PORT)" in from_variable
    assert "from CHR21" not in program("serve", "--port", "abc", CHR21_PORT="1").stderr.decode()


@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_a_usage_error_exits_2_and_says_why(program, arguments, tmp_path):
    outcome = program(*arguments)
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert len(outcome.stderr.strip()) > 10
    assert list(tmp_path.iterdir()) == [], "a usage error left files behind"


def test_get_says_that_it_made_a_database(program):
    made = program("get", "/dataset")
    assert made.returncode == 0
    assert b"stored 1134 genes of homo_sapiens-GRCh38-114-chr21 in chr21.sqlite3" in made.stderr
    assert program("get", "/dataset").stderr == b""


def test_get_does_not_make_a_file_that_somebody_named(program, tmp_path):
    for flags, variables in (
        (("--database-url", "sqlite:///mouse.sqlite3"), {}),
        ((), {"DATABASE_URL": "sqlite:///mouse.sqlite3"}),
    ):
        outcome = program("get", "/dataset", *flags, **variables)
        assert (outcome.returncode, outcome.stdout) == (1, b"")
        (line,) = outcome.stderr.decode().splitlines()
        assert line.startswith("chr21: mouse.sqlite3: there is no such file; make it with")
    assert list(tmp_path.iterdir()) == []


def test_get_prints_what_the_server_answers(program, client):
    program("get", "/dataset")  # makes the database, and says so
    for target in ("/genes?search=kinase", "/stats?by=band", "/genes?format=gff3&band=q21.3"):
        outcome = program("get", target)
        assert (outcome.returncode, outcome.stderr) == (0, b"")
        assert outcome.stdout.rstrip(b"\n") == client.get(target).content.rstrip(b"\n")
        assert outcome.stdout.endswith(b"\n")


def test_get_takes_accept_and_shows_headers(program):
    outcome = program("get", "/genes?page_size=2", "--accept", "text/csv", "--include")
    head, _, body = outcome.stdout.decode().partition("\n\n")
    assert head.splitlines()[0] == "200 OK"
    assert "Content-Type: text/csv" in head
    assert len(body.splitlines()) == 3


@pytest.mark.parametrize(("target", "status"), [("/genes?page=0", 400), ("/genes/none", 404)])
def test_get_exits_1_when_the_answer_is_a_problem(program, target, status):
    outcome = program("get", target)
    assert outcome.returncode == 1
    assert json.loads(outcome.stdout)["status"] == status


def test_get_makes_the_default_database_where_it_runs(program, tmp_path):
    assert program("get", "/health").returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["chr21.sqlite3"]


def test_openapi_prints_the_same_document_as_json_and_yaml(program, tmp_path):
    as_json, as_yaml = program("openapi"), program("openapi", "--yaml")
    assert (as_json.returncode, as_yaml.returncode) == (0, 0)
    assert yaml.safe_load(as_yaml.stdout) == json.loads(as_json.stdout)
    assert list(tmp_path.iterdir()) == [], "printing a document needs no database"


def test_a_port_in_use_exits_1_and_names_it(program, server):
    outcome = program("serve", "--port", str(server.port), "--log-level", "error")
    assert outcome.returncode == 1
    assert f"127.0.0.1:{server.port} is in use" in outcome.stderr.decode()


@pytest.mark.parametrize(
    ("host", "words"), [("203.0.113.7", "not an address"), ("no.such.host.invalid", "resolve")]
)
def test_a_host_that_cannot_be_listened_on_exits_1_and_says_why(program, tmp_path, host, words):
    outcome = program("serve", "--host", host, "--port", "0", "--log-level", "error")
    assert outcome.returncode == 1
    assert words in outcome.stderr.decode()
    assert list(tmp_path.iterdir()) == [], "nothing is made where nothing can be served"


@pytest.mark.parametrize(
    "url",
    ["oracle://me:secret@db.test/genes", "genes.sqlite3", "sqlite://genes", "sqlite:///"],
)
def test_a_database_url_that_is_not_understood_exits_1_without_its_secrets(program, url):
    outcome = program("get", "/genes", DATABASE_URL=url)
    assert outcome.returncode == 1
    assert b"sqlite:///relative/path" in outcome.stderr
    assert b"secret" not in outcome.stderr


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_settings_come_from_the_environment_and_flags_beat_it(start_server, tmp_path):
    file = tmp_path / "from_environment.sqlite3"
    variables = {
        "CHR21_PORT": str(free_port()),
        "DATABASE_URL": database_url(file),
        "CHR21_CORS_ORIGIN": "https://environment.test",
        "CHR21_CACHE_CONTROL": "max-age=1",
        "CHR21_MAX_TARGET_BYTES": "300",
        "CHR21_NO_ACCESS_LOG": "1",
        "CHR21_LOG_FORMAT": "text",
        "CHR21_STORE": "database",
        "CHR21_THREADS": "1",
    }
    server = start_server("--cors-origin", "https://flag.test", variables=variables)
    assert server.port == int(variables["CHR21_PORT"])
    assert file.is_file()
    with client_of(server) as client:
        answer = client.get("/genes")
        assert answer.headers["Access-Control-Allow-Origin"] == "https://flag.test"
        assert answer.headers["Cache-Control"] == "max-age=1"
        assert client.get("/genes?search=" + "a" * 300).status_code == 414
    server.stop()
    assert not any("/genes" in line or line.startswith("{") for line in server.log)


def test_a_variable_that_is_wrong_is_a_usage_error_that_names_it(program):
    outcome = program("serve", CHR21_THREADS="many")
    assert outcome.returncode == 2
    assert b"CHR21_THREADS" in outcome.stderr or b"--threads" in outcome.stderr


def test_what_is_no_media_type_is_not_taken_for_none(program):
    outcome = program("get", "/genes", "--accept", "bogus")
    assert outcome.returncode == 2
    assert b"bogus is no media type; give one such as text/csv" in outcome.stderr
