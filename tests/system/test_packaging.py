"""The release build is installed, and packaged with the names of the libraries that it needs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

RELEASE = os.environ.get("CHR21_RELEASE_BINARY")
needs_release = pytest.mark.skipif(
    RELEASE is None,
    reason="no release build; script/build release makes one, and script/test finds it",
)


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def build_folder() -> Path:
    return Path(RELEASE or "").parents[1]


@needs_release
def test_the_installed_program_runs_and_nothing_but_pages_comes_with_it(tmp_path):
    run("cmake", "--install", build_folder(), "--prefix", tmp_path / "usr")
    assert run(tmp_path / "usr/bin/chr21", "--version").startswith("chr21 ")
    files = {file.relative_to(tmp_path / "usr") for file in tmp_path.rglob("*") if file.is_file()}
    pages = Path("share/doc/chr21")
    assert {file for file in files if not file.is_relative_to(pages)} == {Path("bin/chr21")}
    assert {pages / "README.md", pages / "LICENSE", pages / "docs/operations.md"} <= files


@needs_release
def test_the_package_names_its_libraries(tmp_path):
    for program, package in (("cpack", "cmake"), ("dpkg-shlibdeps", "dpkg-dev")):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed; its package is {package}")
    run("cpack", "--config", build_folder() / "CPackConfig.cmake", "-B", tmp_path)
    (package,) = tmp_path.glob("chr21_*.deb")
    needed = run("dpkg-deb", "--field", package, "Depends")
    libraries = ("libc6", "libspdlog", "libfmt", "libyaml-cpp", "libprometheus-cpp-core", "libssl3")
    for library in libraries:
        assert library in needed
    assert "./usr/bin/chr21" in run("dpkg-deb", "--contents", package)
