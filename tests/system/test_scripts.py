"""What the scripts do on a machine that lacks something, with commands that only write down."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from server import PROJECT

TOOLS = ("cat", "dirname", "env", "head", "printf", "rm", "sed", "sh")
# Nothing is installed, and whatever would change the machine is written down instead.
FAKES = {
    "dpkg-query": "exit 1",
    "apt-cache": '[ "$CLANG" = there ] || [ "$2" != clang-22 ]',
    "apt-get": "exit 99",
    "id": "echo 1000",
}
RECORDING = 'echo "$*" >>"$RECORD"'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with all programs that there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name}"))
    for name, body in FAKES.items():
        write_program(folder / name, body)
    return folder


def write_program(file: Path, body: str) -> None:
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


def run_script(
    machine: Path, script: str, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROJECT / "script" / script, *arguments],
        env={"PATH": str(machine), "RECORD": str(machine / "record"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_root_and_sudo_it_says_what_an_administrator_is_to_install(machine):
    done = run_script(machine, "bootstrap", "build", "test")
    assert done.returncode == 1
    assert "Ask an\nadministrator to run:" in done.stderr
    (command,) = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    assert {"g++", "cmake", "curl", "libboost-json1.83-dev", "postgresql"} <= set(command.split())


def test_without_apt_it_names_every_package(machine):
    (machine / "apt-get").unlink()
    done = run_script(machine, "bootstrap", "build")
    assert done.returncode == 1
    assert "apt-get not found" in done.stderr
    assert "libboost" in done.stderr and "libsoci-dev" in done.stderr


def test_without_clang_22_it_says_where_that_is(machine):
    write_program(machine / "sudo", RECORDING)
    done = run_script(machine, "bootstrap", "lint", CLANG="not there")
    assert done.returncode == 1
    assert "Debian 12 has it" in done.stderr
    assert "install" not in (machine / "record").read_text()


def test_services_are_neither_started_nor_enabled(machine):
    write_program(machine / "sudo", RECORDING)
    policy = str(machine / "policy")
    done = run_script(machine, "bootstrap", "test", CLANG="there", CHR21_POLICY_FILE=policy)
    assert done.returncode == 0, done.stderr
    did = (machine / "record").read_text().splitlines()
    places = {
        step: next(at for at, line in enumerate(did) if words in line)
        for step, words in (
            ("forbid", "exit 101"),
            ("install", "apt-get install"),
            ("disable", "deb-systemd-helper disable postgresql.service"),
            ("allow", f"rm -f {policy}"),
        )
    }
    assert sorted(places.values()) == list(places.values())
    for service in ("postgresql", "mariadb", "pgbouncer"):
        assert f"deb-systemd-helper disable {service}.service" in did
        assert f"update-rc.d {service} disable" in did


def test_services_that_were_there_are_left_alone(machine):
    write_program(machine / "sudo", RECORDING)
    write_program(machine / "dpkg-query", '[ "$4" != binutils ] && printf installed')
    done = run_script(machine, "bootstrap", "test")
    assert done.returncode == 0, done.stderr
    did = (machine / "record").read_text()
    assert "apt-get install" in did
    assert "disable" not in did and "exit 101" not in did


@pytest.mark.parametrize("script", ["server", "test", "build", "lint", "bootstrap"])
def test_help_is_printed_without_building(machine, script):
    done = run_script(machine, script, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"script/{script}" in done.stdout or "Arguments go to" in done.stdout


@pytest.mark.parametrize("script", ["test", "build"])
def test_an_unknown_preset_is_refused_with_those_that_there_are(machine, script):
    done = run_script(machine, script, "debug")
    assert done.returncode == 2
    assert "there is no preset 'debug'; there are" in done.stderr and "asan" in done.stderr


def test_the_scripts_can_be_run() -> None:
    for file in (PROJECT / "script").iterdir():
        if file.suffix == "" and file.is_file():
            assert os.access(file, os.X_OK), file
