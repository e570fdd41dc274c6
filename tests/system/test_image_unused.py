"""No file of the container image is there in vain: strace sees each of them opened."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

import image_scenes
from container import Image
from server import PATIENCE
from test_image_files import PAPERS

PROGRAM = "/usr/bin/chr21"
# A call that opened, or began to run, a file.
OPENED = re.compile(r'\b(?:openat\(AT_FDCWD, |open\(|execve\(|readlink\()"([^"]+)".*\) = (?!-1)')


class Traced:
    """The files of the image in a folder of their own, whose program runs under strace."""

    def __init__(self, image: Image, folder: Path):
        if os.geteuid() != 0:
            pytest.skip("only root may run a program with another root directory")
        if shutil.which("strace") is None:
            pytest.skip("strace is not installed; its package is strace")
        self.root = folder / "root"
        shutil.copytree(image.root, self.root, symlinks=True)
        shutil.copy("/etc/hosts", self.root / "etc/hosts")
        self.settings = dict(one.split("=", 1) for one in image.settings["config"]["Env"])
        # The kernel opens the loader with the program, and strace does not see it.
        loader = re.search(rb"/lib[^\0]*/ld-linux[^\0]+", image.files[PROGRAM].read_bytes())
        assert loader is not None
        self.opened = {loader[0].decode()}

    def run(
        self,
        *arguments: str,
        variables: Mapping[str, str] | None = None,
        mounts: Mapping[Path, str] | None = None,
        program: str = PROGRAM,
    ) -> subprocess.CompletedProcess[bytes]:
        for file, place in (mounts or {}).items():
            there = self.root / place.lstrip("/")
            there.unlink(missing_ok=True)
            shutil.copy(file, there)
        trace = self.root.parent / "trace"
        done = subprocess.run(
            [
                "strace",
                "-f",
                "-qq",
                "-s",
                "4096",
                "-o",
                trace,
                "chroot",
                self.root,
                program,
                *arguments,
            ],
            env=self.settings | dict(variables or {}),
            capture_output=True,
            timeout=4 * PATIENCE,
            check=False,
        )
        behind = trace.read_text(errors="replace").partition(f'execve("{program}"')
        calls = behind[1] + behind[2]
        self.opened |= {os.path.normpath(path) for path in OPENED.findall(calls)}
        return done


def unused(image: Image, opened: set[str]) -> set[str]:
    """The files that no call has opened, under any of the names that lead to them."""
    reached = {os.path.realpath(f"{image.root}/{path}") for path in opened}
    return {
        path
        for path, file in image.files.items()
        if not PAPERS.fullmatch(path)
        and path not in opened
        and os.path.realpath(file) not in reached
    }


def test_each_file_of_the_image_is_opened(image, tmp_path, postgresql, mariadb):
    certificate = image_scenes.make_certificate(tmp_path)
    traced = Traced(image, tmp_path)
    assert traced.run("--version", program="/var/task/bootstrap").returncode == 0
    image_scenes.bundled_genes(traced.run)
    image_scenes.a_server(traced.run, postgresql)
    image_scenes.a_server(traced.run, mariadb)
    read = image_scenes.an_export_by_https(traced.run, certificate, certificate[0])
    assert b"SOD1" in read.stdout, read.stderr
    for plugin in ("mysql_clear_password", "caching_sha2_password"):
        image_scenes.answer_to_plugin(traced.run, plugin)
    assert unused(image, traced.opened) == set()


def test_a_file_that_nothing_opens_is_found(image, tmp_path):
    traced = Traced(image, tmp_path)
    image_scenes.bundled_genes(traced.run)
    assert "/usr/lib/x86_64-linux-gnu/libpq.so.5" in unused(image, traced.opened)
    for file in ("chr21.sqlite3", "chr21.sqlite3.catalog"):
        assert f"/usr/share/chr21/{file}" not in unused(image, traced.opened)
