"""AWS Lambda's own Runtime Interface Emulator around the program, without a container."""

import os
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from lambda_function import lambda_environment

from server import BINARY, PATIENCE, PROJECT, database_url

MODULE = (PROJECT / "tests/system/emulator.txt").read_text().strip()
PROGRAM = PROJECT / ".cache/lambda" / MODULE.rpartition("@")[2] / "aws-lambda-rie"
INVOCATIONS = "/2015-03-31/functions/function/invocations"


def emulator_or_skip() -> Path:
    if not PROGRAM.is_file():
        pytest.skip("AWS Lambda's emulator is not installed: script/bootstrap lambda does it")
    return PROGRAM


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Emulator:
    """It starts the function with the first event, and takes one event at a time.

    Both of its addresses are given, for it would listen on every one of the machine otherwise.
    """

    def __init__(self, directory: Path, **variables: str):
        self.log = directory / "emulator.log"
        self.runtime_api = f"127.0.0.1:{free_port()}"
        address = f"127.0.0.1:{free_port()}"
        defaults = {"DATABASE_URL": database_url(directory / "genes.sqlite3")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    emulator_or_skip(),
                    *("--runtime-interface-emulator-address", address),
                    *("--runtime-api-address", self.runtime_api),
                    *(BINARY, "serve"),
                ],
                cwd=directory,
                env=lambda_environment("", **(defaults | variables)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        transport = httpx.HTTPTransport(retries=8)  # until it listens
        self.client = httpx.Client(
            base_url=f"http://{address}", timeout=PATIENCE, trust_env=False, transport=transport
        )

    def __enter__(self) -> "Emulator":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.stop()

    def stop(self) -> None:
        """It ends the function in turn."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(PATIENCE)
            raise

    def invoke(self, event: object) -> httpx.Response:
        return self.client.post(INVOCATIONS, json=event)

    def function(self) -> int:
        """The process number of the function; there has to be one."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        (number,) = [int(child) for one in children for child in one.read_text().split()]
        return number

    def is_running(self, number: int) -> bool:
        return os.path.exists(f"/proc/{number}")
