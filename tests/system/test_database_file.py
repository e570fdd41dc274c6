"""The database file: made, reused, read-only, damaged, of another program, of a newer schema."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from conftest import client_of
from genes import BUNDLED_EXPORT
from server import database_url, run

NOBODY = 65534


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A database file as the program makes it; tests work on copies."""
    directory = tmp_path_factory.mktemp("filled")
    assert run("get", "/health", directory=directory).returncode == 0
    return directory / "chr21.sqlite3"


@pytest.fixture
def database(filled, tmp_path):
    return Path(shutil.copy(filled, tmp_path / "genes.sqlite3"))


def refusal(file, *flags, command=("serve", "--port", "0"), user=None):
    """The one line that the program ends with; it must leave the file's bytes alone."""
    before = file.read_bytes() if file.is_file() else None
    others = set(file.parent.iterdir()) if file.parent.is_dir() else None
    outcome = run(
        *command, *flags, "--database-url", database_url(file), directory=Path("/"), user=user
    )
    assert (outcome.returncode, outcome.stdout) == (1, b""), outcome.stderr
    (line,) = outcome.stderr.decode().splitlines()
    assert line.startswith("chr21: ")
    assert (file.read_bytes() if file.is_file() else None) == before
    assert (set(file.parent.iterdir()) if file.parent.is_dir() else None) == others
    return line


def test_a_missing_file_is_made(start_server):
    server = start_server()
    assert "stored 1134 genes" in server.wait_for_log("stored")
    connection = sqlite3.connect(server.database)
    assert connection.execute("SELECT count(*) FROM gene").fetchone() == (1134,)
    connection.close()


def test_a_file_that_is_there_is_used_again_and_not_written(start_server, database):
    before, modified = database.read_bytes(), database.stat().st_mtime_ns
    server = start_server("--database-url", database_url(database))
    with client_of(server) as client:
        assert client.get("/genes").json()["total"] == 1134
    server.stop()
    assert not any("stored" in line for line in server.log)
    assert (database.read_bytes(), database.stat().st_mtime_ns) == (before, modified)
    assert [file.name for file in database.parent.iterdir()] == [database.name]


def test_a_url_relative_to_the_working_directory_works(start_server, tmp_path):
    start_server("--database-url", "sqlite:///relative name.sqlite3")
    assert (tmp_path / "relative name.sqlite3").is_file()


@pytest.fixture
def common_directory():
    """A directory that any user may read, and that only its owner may write to."""
    directory = Path(tempfile.mkdtemp(prefix="chr21-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


def reader():
    """A user whose file permissions count; for root they do not, so another one stands in."""
    return NOBODY if os.geteuid() == 0 else None


def test_a_read_only_file_is_served(start_server, filled, common_directory):
    file = Path(shutil.copy(filled, common_directory / "genes.sqlite3"))
    file.chmod(0o444)
    before = file.read_bytes()
    if reader() is None:
        common_directory.chmod(0o555)
    flags = ("--database-url", database_url(file))
    server = start_server(*flags, directory=common_directory, user=reader())
    with client_of(server) as client:
        assert client.get("/genes").json()["total"] == 1134
    server.stop()
    assert file.read_bytes() == before
    common_directory.chmod(0o755)


def test_an_empty_read_only_file_is_refused(common_directory):
    file = common_directory / "genes.sqlite3"
    file.touch(0o444)
    if reader() is None:
        common_directory.chmod(0o555)
    line = refusal(file, user=reader())
    assert "genes.sqlite3" in line and ("permission" in line or "read-only" in line)
    common_directory.chmod(0o755)


def test_a_file_that_cannot_be_made_is_refused(common_directory):
    if reader() is None:
        common_directory.chmod(0o555)
    assert "no permission to write" in refusal(common_directory / "genes.sqlite3", user=reader())
    common_directory.chmod(0o755)


def test_a_file_in_a_missing_directory_is_refused(tmp_path):
    line = refusal(tmp_path / "missing/genes.sqlite3")
    assert f"there is no directory {tmp_path / 'missing'}" in line


def test_a_directory_in_place_of_a_file_is_refused(tmp_path):
    file = tmp_path / "genes.sqlite3"
    file.mkdir()
    assert "is a directory" in refusal(file)


@pytest.mark.parametrize(
    "command", [("serve", "--port", "0"), ("get", "/genes")], ids=["serve", "get"]
)
def test_a_file_that_is_no_database_is_refused(tmp_path, command):
    file = tmp_path / "genes.sqlite3"
    file.write_bytes(b"Gene stable ID,Gene name\n" * 400)
    assert "is not a SQLite database" in refusal(file, command=command)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_truncated_file_is_refused(database, share):
    whole = database.read_bytes()
    database.write_bytes(whole[: int(len(whole) * share)])
    assert "is damaged" in refusal(database)


def test_a_file_with_pages_of_garbage_is_refused(database):
    whole = bytearray(database.read_bytes())
    for page in range(4096 * 20, len(whole) - 4096, 4096 * 3):
        whole[page : page + 4096] = b"\xa5" * 4096
    database.write_bytes(whole)
    assert "is damaged" in refusal(database)


def edit(file, *statements):
    connection = sqlite3.connect(file)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_file_that_lacks_genes_is_refused(database):
    edit(database, "DELETE FROM gene WHERE gene_order > 1000")
    assert "1001 genes instead of 1134" in refusal(database)


def test_another_programs_database_is_refused(tmp_path):
    file = tmp_path / "genes.sqlite3"
    edit(file, "CREATE TABLE moz_places (id INTEGER)", "INSERT INTO moz_places VALUES (1)")
    assert "of another program" in refusal(file)


def test_a_database_with_another_programs_mark_is_refused(tmp_path):
    file = tmp_path / "genes.sqlite3"
    edit(file, "PRAGMA application_id = 1234")
    assert "of another program" in refusal(file)


def test_a_newer_schema_is_refused_and_names_what_can_read_it(database):
    step = (
        "INSERT INTO schema_migration SELECT 9999, 'future', 'x', applied_at, 'chr21 99.0.0', "
        "9999, 0 FROM"
    )
    edit(database, f"{step} schema_migration LIMIT 1")
    line = refusal(database)
    assert "schema version 9999" in line and "chr21 99.0.0" in line


def test_a_schema_step_of_another_content_is_refused(database):
    edit(database, "UPDATE schema_migration SET checksum = '0'")
    assert "schema step" in refusal(database)


def test_another_export_for_a_filled_database_is_refused(database, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("Gene stable ID\nENSG00000157540\n")
    line = refusal(database, "--data", str(other))
    assert "--data" in line and "name another database" in line


def test_the_same_export_for_a_filled_database_is_no_change(database, tmp_path):
    before = database.read_bytes()
    flags = ("--data", str(BUNDLED_EXPORT), "--database-url", database_url(database))
    outcome = run("get", "/health", *flags, directory=tmp_path)
    assert (outcome.returncode, database.read_bytes()) == (0, before)


BAD_EXPORTS = {
    "missing": (None, "cannot be opened"),
    "empty": ("", "empty"),
    "only a header": ("Gene stable ID,Gene name\n", "no genes"),
    "without stable IDs": ("Gene name\nAPP\n", "Gene stable ID"),
    "of sequences": (">ENSG00000142192\nATGC\n", "FASTA"),
    "with a bad number": ("Gene stable ID,Gene start (bp)\nENSG1,x\n", "line 2"),
    "of a stable ID twice": ("Gene stable ID,Gene name\nENSG1,A\nENSG1,B\n", "line 3"),
}


@pytest.mark.parametrize("what", BAD_EXPORTS)
def test_an_export_that_cannot_be_loaded_leaves_no_genes_behind(tmp_path, what):
    text, words = BAD_EXPORTS[what]
    export = tmp_path / "export.csv"
    if text is not None:
        export.write_text(text)
    file = tmp_path / "genes.sqlite3"
    outcome = run(
        "get",
        "/genes",
        "--data",
        str(export),
        "--database-url",
        database_url(file),
        directory=tmp_path,
    )
    assert outcome.returncode == 1
    (line,) = outcome.stderr.decode().splitlines()
    assert line.startswith("chr21: --data") and words in line
    assert not file.exists()
