"""Real database servers for tests: on 127.0.0.1, each in its own folder, stopped by their process.

Root starts them as the users of their packages, anyone else as themselves.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

PATIENCE = 60.0
# What means something in a URL, in a connect string or in SQL.
PASSWORD = 'p@ss: w/o?r#d&"x"%41é'


class MissingServerError(Exception):
    """A server's program is not installed; the text names its package."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def find_program(name: str, *folders: Path, package: str) -> str:
    for folder in folders:
        if (folder / name).is_file():
            return str(folder / name)
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        raise MissingServerError(f"{name} is not installed; its package is {package}")
    return found


class DatabaseServer:
    """A server's folder and process, as the user that its package made."""

    account = ""
    scheme = ""
    first_database = ""
    end_signal = signal.SIGTERM
    # Ends it at once; its folder goes with it.
    last_signal = signal.SIGKILL

    def __init__(self, place: Path | None = None) -> None:
        """`place`: where the server's folder is made."""
        self.folder = Path(tempfile.mkdtemp(prefix="chr21-server-", dir=place))
        self.folder.chmod(0o755)
        self.user = self.account if os.geteuid() == 0 else None
        if self.user is not None:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.databases = 0

    def run(self, *command: str, **settings: Any) -> str:
        """Runs a program to its end and returns what it wrote."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
            **settings,
        )
        text = done.stdout.decode()
        assert done.returncode == 0, f"{command[0]} failed: {text}"
        return text

    def start(self, *command: str) -> None:
        self.command = command
        self.resume()

    def resume(self) -> None:
        """Starts the server, with what it has in its folder."""
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "server.log").open("wb"),
        )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = (self.folder / "server.log").read_text(errors="replace")
                self.stop()
                raise AssertionError(f"{self.command[0]} does not answer: {log}")
            time.sleep(0.05)

    def answers(self) -> bool:
        raise NotImplementedError

    def halt(self, number: signal.Signals | None = None) -> None:
        """Ends the server and keeps its folder, for resume()."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number or self.end_signal)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def freeze(self) -> None:
        """Lets it live and do nothing: who asks it waits."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        """To the server and the processes that it has made for connections."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        for one in (pid, *map(int, children.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, number)

    def stop(self) -> None:
        self.halt(self.last_signal)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, *, password: str = PASSWORD, port: int | None = None) -> str:
        place = f"127.0.0.1:{port or self.port}/{database}"
        return f"{self.scheme}://chr21:{quote(password, safe='')}@{place}"

    def new_database(self) -> str:
        """The name of a new, empty database."""
        self.databases += 1
        name = f"test{self.databases}"
        self.sql(f"CREATE DATABASE {name}", self.first_database)
        return name

    def sql(self, statement: str, database: str) -> str:
        """Runs SQL with all rights; returns the rows, tab-separated."""
        raise NotImplementedError

    def connections(self, database: str) -> list[str]:
        """The numbers of the connections to a database."""
        raise NotImplementedError

    def kill_connections(self, database: str) -> int:
        """Ends every connection to a database, and tells how many there were."""
        raise NotImplementedError


class PostgresqlServer(DatabaseServer):
    account = "postgres"
    scheme = "postgresql"
    first_database = "postgres"
    end_signal = signal.SIGINT  # ends connections at once
    last_signal = signal.SIGQUIT  # ends its children too

    def __init__(self, *, durable: bool = False, place: Path | None = None) -> None:
        """`durable`: what is committed survives a crash, as it does by default."""
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        self.programs = {
            name: find_program(name, *folders, package="postgresql")
            for name in ("initdb", "postgres", "psql")
        }
        super().__init__(place)
        password = self.folder / "password"
        password.write_text(PASSWORD + "\n")
        self.run(
            *(self.programs["initdb"], "-D", "data", "-U", "chr21", "--auth-local=trust"),
            *("--auth-host=scram-sha-256", "--pwfile=password", "-E", "UTF8", "--locale=C"),
            "--no-sync",
        )
        hasty = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        self.start(
            *(self.programs["postgres"], "-D", str(self.folder / "data"), "-p", str(self.port)),
            *("-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"),
            *(word for setting in hasty if not durable for word in ("-c", setting)),
        )

    def answers(self) -> bool:
        with contextlib.suppress(AssertionError):
            return self.sql("SELECT 1", "postgres") == "1"
        return False

    def client(self, database: str) -> list[str]:
        where = ("-h", str(self.folder), "-p", str(self.port), "-U", "chr21", "-d", database)
        return [self.programs["psql"], "-X", "-q", "-A", "-t", "-F", "\t", *where]

    def sql(self, statement: str, database: str) -> str:
        return self.run(*self.client(database), "-c", statement).rstrip("\n")

    def connections(self, database: str) -> list[str]:
        """The numbers of the connections to a database."""
        where = f"datname = '{database}' AND pid <> pg_backend_pid()"
        return self.sql(f"SELECT pid FROM pg_stat_activity WHERE {where}", "postgres").split()

    def kill_connections(self, database: str) -> int:
        """Ends every connection to a database, and tells how many there were."""
        found = self.connections(database)
        for number in found:
            self.sql(f"SELECT pg_terminate_backend({number})", "postgres")
        return len(found)


class MariadbServer(DatabaseServer):
    account = "mysql"
    scheme = "mysql"
    first_database = "mysql"

    def __init__(self, *, durable: bool = False, place: Path | None = None) -> None:
        """`durable`: what is committed survives a crash, as it does by default."""
        self.programs = {
            name: find_program(name, package="mariadb-server")
            for name in ("mariadb-install-db", "mariadbd", "mariadb")
        }
        super().__init__(place)
        self.socket = str(self.folder / "m.sock")
        data = f"--datadir={self.folder / 'data'}"
        self.run(
            *(self.programs["mariadb-install-db"], "--no-defaults", data, "--skip-test-db"),
            "--auth-root-authentication-method=normal",
        )
        self.start(
            *(self.programs["mariadbd"], "--no-defaults", data, f"--socket={self.socket}"),
            *(f"--port={self.port}", "--bind-address=127.0.0.1", "--skip-log-bin"),
            *(f"--pid-file={self.folder / 'm.pid'}", "--skip-name-resolve"),
            *(() if durable else ("--innodb-flush-log-at-trx-commit=0",)),
        )
        self.sql(f"CREATE USER 'chr21'@'%' IDENTIFIED BY '{PASSWORD}'", "mysql")
        self.sql("GRANT ALL ON *.* TO 'chr21'@'%'", "mysql")

    def answers(self) -> bool:
        with contextlib.suppress(AssertionError):
            return self.sql("SELECT 1", "mysql") == "1"
        return False

    def client(self, database: str) -> list[str]:
        where = ("--no-defaults", f"--socket={self.socket}", "--user=root")
        charset = "--default-character-set=utf8mb4"
        return [self.programs["mariadb"], *where, charset, "-N", "-B", *database.split()]

    def sql(self, statement: str, database: str) -> str:
        return self.run(*self.client(database), "-e", statement).rstrip("\n")

    def connections(self, database: str) -> list[str]:
        """The numbers of the connections to a database."""
        where = f"db = '{database}' AND user = 'chr21'"
        return self.sql(f"SELECT id FROM information_schema.processlist WHERE {where}", "").split()

    def kill_connections(self, database: str) -> int:
        """Ends every connection to a database, and tells how many there were."""
        found = self.connections(database)
        for number in found:
            with contextlib.suppress(AssertionError):  # it has ended by itself
                self.sql(f"KILL {number}", "")
        return len(found)


class Pgbouncer(DatabaseServer):
    """In transaction mode, with two connections to a PostgreSQL server."""

    account = "postgres"

    def __init__(self, server: PostgresqlServer) -> None:
        program = find_program("pgbouncer", package="pgbouncer")
        super().__init__()
        self.server = server
        (self.folder / "users").write_text('"chr21" "{}"\n'.format(PASSWORD.replace('"', '""')))
        (self.folder / "pgbouncer.ini").write_text(
            "[databases]\n"
            f"* = host={server.folder} port={server.port} user=chr21\n"
            "[pgbouncer]\n"
            "listen_addr = 127.0.0.1\n"
            f"listen_port = {self.port}\n"
            "unix_socket_dir =\n"
            "auth_type = plain\n"
            f"auth_file = {self.folder}/users\n"
            "pool_mode = transaction\n"
            "default_pool_size = 2\n"
        )
        self.start(program, str(self.folder / "pgbouncer.ini"))

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def url(self, database: str, *, password: str = PASSWORD, port: int | None = None) -> str:
        return self.server.url(database, password=password, port=port or self.port)
