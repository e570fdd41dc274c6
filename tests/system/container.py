"""The container image: its files, its settings, and the program run in it as AWS Lambda runs it."""

import json
import os
import shutil
import signal
import subprocess
import tarfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from server import PATIENCE, PROJECT, Server, clean_environment

ARCHIVE = PROJECT / "build/image/chr21.oci.tar"
# Debian's podman needs telling where there is no systemd.
SETTINGS = """
[containers]
default_ulimits = ["nofile=1024:20000", "nproc=4096:4096"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
# What a function of 128 MB may do: any user, no rights, nothing to write to but /tmp.
LIKE_LAMBDA = (
    *("--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp:rw,size=512m,mode=1777"),
    *("--memory", "128m", "--memory-swap", "128m", "--pids-limit", "1024"),
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", "993:990"),
)


class MissingImageError(Exception):
    """There is no image to test, or nothing to run it with; the text says what to do."""


@dataclass
class Image:
    """An image in this machine's store, and as an archive in OCI's layout."""

    folder: Path

    def __post_init__(self) -> None:
        self.name = os.environ.get("CHR21_IMAGE", "")
        if not self.name:
            raise MissingImageError("no image; script/test image builds one")
        for program in ("podman", "runc"):
            if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is None:
                raise MissingImageError(f"{program} is not installed; its package is {program}")
        settings = self.folder / "containers.conf"
        settings.write_text(SETTINGS)
        self.environment = clean_environment(CONTAINERS_CONF=str(settings))

    def command(
        self,
        *arguments: str,
        variables: Mapping[str, str] | None = None,
        flags: tuple[str, ...] = LIKE_LAMBDA,
        mounts: Mapping[Path, str] | None = None,
    ) -> list[str]:
        """What runs the program with these arguments in a container."""
        given = [
            word for name, value in (variables or {}).items() for word in ("-e", f"{name}={value}")
        ]
        for file, place in (mounts or {}).items():
            given += ["--volume", f"{file}:{place}:ro"]
        common = ("podman", "run", "--rm", "--pull=never", "--network", "host")
        return [*common, *flags, *given, self.name, *arguments]

    def run(self, *arguments: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
        """Runs the program in a container to its end."""
        return subprocess.run(
            self.command(*arguments, **settings),
            env=self.environment,
            capture_output=True,
            timeout=4 * PATIENCE,
            check=False,
        )

    def do(self, *arguments: str, **settings: Any) -> str:
        """What the program printed, which must work."""
        done = self.run(*arguments, **settings)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout.decode()

    def _blob(self, digest: str) -> bytes:
        with tarfile.open(ARCHIVE) as archive:
            file = archive.extractfile("blobs/" + digest.replace(":", "/"))
            assert file is not None, digest
            return file.read()

    @cached_property
    def manifest(self) -> dict:
        with tarfile.open(ARCHIVE) as archive:
            index = archive.extractfile("index.json")
            assert index is not None
            (only,) = json.load(index)["manifests"]
        return json.loads(self._blob(only["digest"]))

    @cached_property
    def settings(self) -> dict:
        """Architecture, labels, entry point and so on, under OCI's names."""
        return json.loads(self._blob(self.manifest["config"]["digest"]))

    @cached_property
    def root(self) -> Path:
        """The files of the image, unpacked."""
        (layer,) = self.manifest["layers"]
        archive, root = self.folder / "layer.tar.gz", self.folder / "root"
        archive.write_bytes(self._blob(layer["digest"]))
        with tarfile.open(archive) as members:
            members.extractall(root, filter="fully_trusted")
        return root

    @cached_property
    def files(self) -> dict[str, Path]:
        """Where each file and link of the image is unpacked."""
        found = [file for file in self.root.rglob("*") if file.is_symlink() or not file.is_dir()]
        return {f"/{file.relative_to(self.root)}": file for file in found}


class Named:
    """A container whose program is signalled and ended by the container's name.

    podman passes on no signal that comes while it still attaches itself.
    """

    def __init__(self, image: Image):
        self.image = image
        self.name = f"chr21-test-{uuid.uuid4().hex[:12]}"

    def podman(self, command: str, *options: str) -> None:
        subprocess.run(
            ["podman", command, *options, self.name],
            env=self.image.environment,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )


class Container(Server):
    """`chr21 serve` in a container; the port is read from its log."""

    def __init__(self, image: Image, *, flags: tuple[str, ...] = LIKE_LAMBDA):
        self.container = Named(image)
        command = ("serve", "--port", "0", "--host", "127.0.0.1")
        self._start(
            image.command(*command, flags=(*flags, "--name", self.container.name)),
            env=image.environment,
        )

    def signal(self, number: signal.Signals) -> None:
        self.container.podman("kill", "--signal", number.name)

    def kill(self) -> None:
        self.container.podman("rm", "--force", "--ignore")
        super().kill()


class ContainedFunction:
    """The image as a function of AWS Lambda, begun as Lambda does; a context manager."""

    def __init__(self, image: Image, variables: Mapping[str, str]):
        self.container = Named(image)
        flags = (*LIKE_LAMBDA, "--entrypoint", "/var/task/bootstrap")
        self.process = subprocess.Popen(
            image.command(variables=variables, flags=(*flags, "--name", self.container.name)),
            env=image.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "ContainedFunction":
        return self

    def __exit__(self, *_: object) -> None:
        self.container.podman("rm", "--force", "--ignore")
        self.process.wait(PATIENCE)
