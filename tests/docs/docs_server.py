"""The real program, served on a free port from a database of its own."""

import json
import os
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("CHR21_BINARY", ROOT / "build/release/src/chr21"))


def clean_environment():
    """The environment without settings that the caller's shell may hold."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHR21_")}
    kept.pop("DATABASE_URL", None)
    return kept


def run_chr21(*arguments, cwd):
    """What `chr21 ARGUMENTS` writes to standard output; it must succeed."""
    finished = subprocess.run(
        [BINARY, *arguments],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


class DocsServer:
    """`chr21 serve` in `folder` until the end of the `with` block; `address` is its URL."""

    def __init__(self, folder, **variables):
        self.folder = folder
        self.variables = variables
        self.address = None
        self.log = []

    def __enter__(self):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--log-format", "json", "--log-level", "debug"],
            cwd=self.folder,
            env=clean_environment() | self.variables,
            stderr=subprocess.PIPE,
            text=True,
        )
        log = self.process.stderr
        assert log is not None
        for line in log:
            self.log.append(line)
            entry = json.loads(line) if line.startswith("{") else {}
            if entry.get("message") == "serving":
                self.address = entry["address"]
                break
        assert self.address, "the server did not start: " + "".join(self.log)
        self.reader = threading.Thread(target=lambda: self.log.extend(log))
        self.reader.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.reader.join(timeout=30)
        assert self.process.stderr is not None
        self.process.stderr.close()
