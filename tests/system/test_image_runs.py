"""The container image at work, with no more rights and memory than the smallest function has."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import image_scenes
from conftest import client_of
from container import LIKE_LAMBDA, ContainedFunction, Container, Image
from lambda_function import web_event
from server import run

GENE = image_scenes.GENE


@pytest.fixture(scope="module")
def container(image: Image) -> Iterator[Container]:
    started = Container(image)
    yield started
    started.stop()


def test_it_tells_the_version_of_the_program(image, tmp_path):
    assert image.do("--version").encode() == run("--version", directory=tmp_path).stdout


def test_it_serves_the_bundled_genes(image, container, client):
    with client_of(container) as contained:
        assert contained.get("/health").json()["status"] == "ok"
        assert contained.get(GENE).content == client.get(GENE).content
        assert contained.get("/docs").status_code == 200


def test_it_ends_at_sigterm_though_it_is_the_first_process(image):
    started = Container(image)
    started.stop()
    assert any('"stopped"' in line for line in started.log)


def test_it_is_nobody_where_nobody_is_named(image):
    """Without --user; the kernel shows who runs."""
    before = processes()
    one = LIKE_LAMBDA.index("--user")
    started = Container(image, flags=(*LIKE_LAMBDA[:one], *LIKE_LAMBDA[one + 2 :]))
    try:
        assert {process.stat().st_uid for process in processes() - before} == {65532}
    finally:
        started.stop()


def processes() -> set[Path]:
    """Those that run the program at its place in the image."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "exe") == "/usr/bin/chr21":
                found.add(process)
    return found


def test_it_is_a_function_of_lambda(image, api, client):
    """Begun by /var/task/bootstrap without arguments, beside a fake of the Runtime API."""
    variables = {
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_LAMBDA_FUNCTION_NAME": "genes",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
    }
    with ContainedFunction(image, variables):
        answer = api.invoke(web_event(GENE)).response()
    assert answer["statusCode"] == 200
    assert answer["body"] == client.get(GENE).text


def test_it_can_write_to_tmp_and_nowhere_else(image):
    for folder, code in (("/usr/share/chr21", 1), ("/var/task", 1), ("/", 1), ("/tmp", 0)):
        url = f"sqlite:///{folder}/genes.sqlite3"
        done = image.run("load", "--bundled", variables={"DATABASE_URL": url})
        assert done.returncode == code, (folder, done.stderr)


def test_it_keeps_its_genes_on_a_server(image, database_server):
    image_scenes.a_server(image.run, database_server)


def test_it_trusts_the_bundle_that_is_put_in_its_place(image, postgresql, tmp_path):
    certificate = image_scenes.make_certificate(tmp_path)
    certificate[0].chmod(0o644)
    image_scenes.encrypt(postgresql, certificate)
    suffix = f"?sslmode=verify-full&sslrootcert={image_scenes.RDS_BUNDLE}"
    image_scenes.a_server(
        image.run, postgresql, suffix, mounts={certificate[0]: image_scenes.RDS_BUNDLE}
    )
    other = tmp_path / "other"
    other.mkdir()
    stranger, _ = image_scenes.make_certificate(other)
    url = postgresql.url(postgresql.new_database()) + suffix
    done = image.run(
        "migrate", "up",
        variables={"DATABASE_URL": url}, mounts={stranger: image_scenes.RDS_BUNDLE},
    )  # fmt: skip
    assert done.returncode == 1 and b"certificate" in done.stderr


def test_it_reads_exports_by_https_from_those_it_trusts(image, tmp_path):
    certificate = image_scenes.make_certificate(tmp_path)
    certificate[0].chmod(0o644)
    read = image_scenes.an_export_by_https(image.run, certificate, certificate[0])
    assert read.stdout == b"Gene name\nSOD1\nAPP\n", read.stderr
    refused = image_scenes.an_export_by_https(image.run, certificate, None)
    assert b"SSL certificate problem" in refused.stderr


@pytest.mark.parametrize(
    ("plugin", "answer"),
    [("mysql_clear_password", b"secret\0"), ("caching_sha2_password", 32)],
)
def test_it_logs_in_with_the_plugins_that_mysql_asks_for(image, plugin, answer):
    told, said = image_scenes.answer_to_plugin(image.run, plugin)
    assert told == answer or len(told) == answer, said
    assert b"plugin" not in said
