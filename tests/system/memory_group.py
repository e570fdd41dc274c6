"""A control group that limits memory as a container's does, of version 2 or 1."""

import os
import uuid
from pathlib import Path


class MissingGroupError(Exception):
    """No control group can be made here, and why."""


def own_group() -> tuple[Path, bool]:
    """The group of memory that this process is in, and whether it is of version 2."""
    lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    groups = {controllers: path for _, controllers, path in (line.split(":", 2) for line in lines)}
    root = Path("/sys/fs/cgroup")
    for controllers, path in groups.items():
        if "memory" in controllers.split(","):
            top = root / "memory"
            group = top / path.lstrip("/")
            return (group if group.is_dir() else top), False
    if "" not in groups:
        raise MissingGroupError("this process is in no control group")
    group = root / groups[""].lstrip("/")
    return (group if group.is_dir() else root), True


class MemoryGroup:
    """A group beside that of this process; a context manager that removes it."""

    def __init__(self, limit: int):
        own, self.is_version_2 = own_group()
        parent = own.parent if self.is_version_2 and own.parent.name != "fs" else own
        self.path = parent / f"chr21-test-{uuid.uuid4().hex[:12]}"
        try:
            self.path.mkdir()
            self._limit = self.path / (
                "memory.max" if self.is_version_2 else "memory.limit_in_bytes"
            )
            self._limit.write_text(str(limit), encoding="ascii")
        except OSError as fault:
            if self.path.is_dir():
                self.path.rmdir()
            raise MissingGroupError(f"no control group can be made: {fault}") from fault

    def __enter__(self) -> "MemoryGroup":
        return self

    def __exit__(self, *_: object) -> None:
        self.path.rmdir()

    @property
    def command(self) -> tuple[str, ...]:
        """Runs the program that its arguments name in the group."""
        script = 'echo $$ > "$0" && exec "$@"'
        return ("/bin/sh", "-c", script, os.fspath(self.path / "cgroup.procs"))

    def kills(self) -> int:
        """How often the kernel ended a process because the memory was not enough."""
        file = "memory.events" if self.is_version_2 else "memory.oom_control"
        text = (self.path / file).read_text(encoding="ascii")
        counts = dict(line.split() for line in text.splitlines())
        return int(counts.get("oom_kill", 0))
