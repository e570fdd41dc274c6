"""What `chr21 load` shows on a terminal while it works."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

from server import BINARY, PATIENCE, clean_environment, database_url

COLUMNS = 40


def start_on_terminal(folder: Path, export: str, term: str) -> tuple[subprocess.Popen[bytes], int]:
    """A load whose standard streams are a terminal of few columns, and our end of it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [BINARY, "load", export, "--database-url", database_url(folder / "genes.sqlite3")],
        env=clean_environment() | {"TERM": term},
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    return process, ours


def read_all(ours: int) -> str:
    told = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    return told.decode()


def export_of(folder: Path, genes: int) -> str:
    file = folder / "genes.csv"
    rows = (f"ENSG{number:011},GENE{number},21" for number in range(genes))
    head = "Gene stable ID,Gene name,Chromosome/scaffold name"
    file.write_text("\n".join([head, *rows, ""]))
    return str(file)


def test_the_bar_fits_the_terminal_and_is_cleared(tmp_path: Path):
    process, ours = start_on_terminal(tmp_path, export_of(tmp_path, 3000), "xterm")
    told = read_all(ours)
    assert process.wait(PATIENCE) == 0
    frames = told.split("\r\x1b[K")
    assert any(frame.startswith("writing [####") for frame in frames), told
    assert all(len(frame) < COLUMNS for frame in frames), told
    assert frames[-1] == "", told
    assert "0 s left" not in told


def test_a_dumb_terminal_gets_no_bar(tmp_path: Path):
    process, ours = start_on_terminal(tmp_path, export_of(tmp_path, 3000), "dumb")
    assert read_all(ours) == ""
    assert process.wait(PATIENCE) == 0


def test_reading_what_is_typed_is_told_and_ctrl_c_leaves_no_bar(tmp_path: Path):
    process, ours = start_on_terminal(tmp_path, "-", "xterm")
    told = os.read(ours, 4096).decode()
    assert "reading an export from standard input" in told
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == -signal.SIGINT
    assert read_all(ours).endswith("\r\x1b[K")
