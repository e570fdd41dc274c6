"""Servers under measurement: started on free loopback ports, stopped by their process IDs."""

import http.client
import os
import pathlib
import socket
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_LIMIT = 10  # seconds


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def machine():
    """Its cores and what they are."""
    model = next(
        line.split(":", 1)[1].strip()
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    return f"{os.cpu_count()} cores ({model})"


class Server:
    """A running server and, after start(), how to reach it."""

    def __init__(self, command, port, first_path, start_limit=START_LIMIT):
        self.command = command
        self.port = port
        self.first_path = first_path
        self.start_limit = start_limit
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "start() comes first"
        return self._process

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it and returns the milliseconds until it answered with 200."""
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert self._process.stderr is not None
        while time.perf_counter() - begun < self.start_limit:
            if self.process.poll() is not None:
                said = self._process.stderr.read().decode(errors="replace")
                raise RuntimeError(f"{self.command[0]} ended at its start: {said}")
            try:
                if self.get(self.first_path)[0] == 200:
                    return 1000 * (time.perf_counter() - begun)
            except OSError:
                time.sleep(0.0005)
        raise RuntimeError(f"{self.command[0]} did not answer within {self.start_limit} s")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def get(self, path):
        return self.ask("GET", path)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def pids(self):
        """The process and its children: nginx has a master and a worker."""
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [pid, *map(int, children.split())]

    def cpu_seconds(self):
        ticks = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])  # utime, stime
        return ticks / TICKS_PER_SECOND

    def pss_bytes(self):
        total = 0
        for pid in self.pids():
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += 1024 * int(line.split()[1])
        return total


def chr21(program, folder, first_path, pinned=()):
    port = free_port()
    command = [*pinned, str(program), "serve", "--port", str(port), "--threads", "1"]
    command += ["--no-access-log", "--database-url", f"sqlite:///{folder}/bench.sqlite3"]
    return Server(command, port, first_path)


NGINX_CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    sendfile off;
    keepalive_timeout 60;
    keepalive_requests 1000000000;
    default_type application/json;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
    }}
}}
"""


def nginx(folder, first_path, pinned=()):
    """Serves what is in folder/files."""
    port = free_port()
    configuration = folder / f"nginx-{port}.conf"
    configuration.write_text(NGINX_CONFIGURATION.format(folder=folder, port=port))
    command = [*pinned, "nginx", "-p", str(folder), "-e", f"{folder}/error.log"]
    return Server([*command, "-c", str(configuration)], port, first_path)
