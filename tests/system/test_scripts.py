"""What the scripts do on a machine that lacks something, with commands that only write down."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from server import PROJECT

TOOLS = (
    "cat",
    "chmod",
    "dirname",
    "env",
    "head",
    "mkdir",
    "mv",
    "printf",
    "rm",
    "rmdir",
    "sed",
    "sh",
    "sort",
)
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
    assert "libboost" in done.stderr and "libmariadb-dev" in done.stderr


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


@pytest.mark.parametrize(
    ("version", "complaint"),
    [(None, "none in PATH"), ("go1.19.8", "go1.19.8"), ("go1.26.5", "go1.26.5")],
)
def test_without_a_recent_go_it_says_that_the_emulator_needs_one(machine, version, complaint):
    if version:
        write_program(machine / "go", f"echo {version}")
    emulators = str(machine / "emulators")
    done = run_script(machine, "bootstrap", "lambda", CHR21_EMULATORS=emulators)
    assert done.returncode == 1
    assert "needs Go 1.26.6 or later" in done.stderr
    assert complaint in done.stderr


def test_the_emulator_is_built_once_in_a_folder_of_its_version(machine):
    made = "$GOBIN/aws-lambda-rie"
    install = f'{RECORDING}; mkdir -p "$GOBIN"; : >"{made}"; chmod +x "{made}"'
    write_program(machine / "go", f'if [ "$1" = env ]; then echo go1.27; else {install}; fi')
    module = (PROJECT / "tests/system/emulator.txt").read_text().strip()
    emulators = machine / "emulators"
    for _ in range(2):
        done = run_script(machine, "bootstrap", "lambda", CHR21_EMULATORS=str(emulators))
        assert done.returncode == 0, done.stderr
    assert (machine / "record").read_text() == f"install {module}\n"
    assert [one.name for one in emulators.iterdir()] == [module.partition("@")[2]]


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


REPORT = (
    '<testsuite><testcase name="a"/>'
    '<testcase name="b"><skipped message="{}"/></testcase></testsuite>'
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """.ci/run with scripts that only leave the report that they would leave."""
    root = tmp_path / "checkout"
    for folder in (".ci", "script", "build/release/reports", "build/asan/reports"):
        (root / folder).mkdir(parents=True)
    shutil.copy(PROJECT / ".ci/run", root / ".ci/run")
    shutil.copy(PROJECT / "script/count_tests.py", root / "script/count_tests.py")
    for name in ("bootstrap", "lint", "test", "build", "fuzz"):
        write_program(root / "script" / name, f'[ "${{FAILS:-}}" != "{name}" ]')
    leave_report(root, "release", "no other host")
    leave_report(root, "asan", "no other host")
    return root


def leave_report(root: Path, preset: str, reason: str) -> None:
    (root / f"build/{preset}/reports/system.xml").write_text(REPORT.format(reason))


def ci(checkout: Path, *steps: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [checkout / ".ci/run", *steps],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_ci_tells_the_time_of_each_step_and_counts_tests_last(checkout):
    done = ci(checkout, "lint", "release", "sanitizers")
    assert done.returncode == 0, done.stderr
    *_, header, lint, release, sanitizers, counts = done.stdout.splitlines()
    assert header == "== time of each step"
    assert [line.split(" s  ")[1] for line in (lint, release, sanitizers)] == [
        "lint",
        "release",
        "sanitizers",
    ]
    assert counts == "2 passed, 0 failed, 2 skipped"


def test_ci_ends_with_a_failure_where_a_step_failed_and_still_tells_the_times(checkout):
    done = ci(checkout, "lint", "release", FAILS="test")
    assert done.returncode == 1
    *_, lint, release, counts = done.stdout.splitlines()
    assert (lint.split(" s  ")[1], release.split(" s  ")[1]) == ("lint", "release: failed")
    assert counts == "1 passed, 0 failed, 1 skipped"


def test_ci_runs_the_steps_that_follow_one_that_failed(checkout):
    done = ci(checkout, "lint", "release", FAILS="lint")
    assert done.returncode == 1
    *_, lint, release, counts = done.stdout.splitlines()
    assert (lint.split(" s  ")[1], release.split(" s  ")[1]) == ("lint: failed", "release")
    assert counts == "1 passed, 0 failed, 1 skipped"


def test_ci_refuses_a_step_that_there_is_not(checkout):
    done = ci(checkout, "compile")
    assert done.returncode == 2
    assert "lint" in done.stdout and "sanitizers" in done.stdout


def test_a_step_may_run_the_checks_in_turn(checkout):
    write_program(checkout / "script/lint", "mkdir once && .ci/run fuzz")
    write_program(checkout / "script/fuzz", "mkdir fuzzed")
    done = ci(checkout, "lint")
    assert done.returncode == 0, done.stderr
    assert (checkout / "fuzzed").is_dir()


@pytest.mark.parametrize(("strict", "code"), [("", 0), ("true", 1)])
def test_a_test_that_lacks_a_program_fails_where_all_have_to_be_there(checkout, strict, code):
    leave_report(checkout, "release", "Rscript is not installed")
    done = ci(checkout, "release", CI=strict)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1].endswith("1 failed, 0 skipped" if code else "1 skipped")
