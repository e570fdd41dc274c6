"""The OpenAPI document: valid, the same everywhere, and the server does what it says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

from server import PROJECT, SLOWNESS, run

COMMITTED = PROJECT / "docs/openapi.json"
LEAST_CASES = 2000


def test_the_document_is_valid_openapi_3_0_3(document):
    assert document["openapi"] == "3.0.3"
    OpenAPIV30SpecValidator(document).validate()


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_and_parameter_is_described(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in document["tags"]}
    for path, _, operation in operations(document):
        assert operation["summary"] and operation["description"], path
        assert set(operation["tags"]) <= tags
        for parameter in operation.get("parameters", []):
            assert len(parameter["description"]) > 10, (path, parameter["name"])
            assert parameter["schema"]


def test_every_schema_is_used_and_every_answer_may_be_a_problem(document):
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, name
    for _, _, operation in operations(document):
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}


def test_the_printed_document_is_the_served_one(client, document, tmp_path):
    printed = run("openapi", directory=tmp_path)
    assert json.loads(printed.stdout) == document
    assert printed.stdout.rstrip(b"\n") == client.get("/openapi.json").content


def test_the_yaml_document_is_the_json_one(client, document):
    answer = client.get("/openapi.yaml")
    assert answer.headers["Content-Type"] == "application/yaml"
    assert yaml.safe_load(answer.text) == document


def test_the_committed_document_is_the_served_one(document):
    committed = json.loads(COMMITTED.read_text())
    remake = "chr21 openapi | python3 -m json.tool --no-ensure-ascii --indent 2 > docs/openapi.json"
    assert committed == document, f"make it again: {remake}"


def test_schemathesis_finds_no_disagreement_between_document_and_server(server, tmp_path):
    """All checks in all phases; the seed is fixed, so that a failure can be had again."""
    outcome = subprocess.run(
        [
            Path(sys.executable).parent / "schemathesis", "run", f"{server.url}/openapi.json",
            "--checks", "all",
            "--seed", "21",
            "--max-examples", "130",
            "--workers", "1",  # two at once can break ast.parse of CPython 3.11, which they share
            "--generation-database", "none",
            "--no-color",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
            "PYTHONPATH": str(Path(__file__).parent),
        },
        capture_output=True,
        text=True,
        timeout=300 * SLOWNESS,
        check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "17 selected / 17 total" in outcome.stdout
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in outcome.stdout
    (cases,) = re.findall(r"([\d,]+) generated", outcome.stdout)
    assert int(cases.replace(",", "")) >= LEAST_CASES
