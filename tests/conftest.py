"""What every test can ask for. Servers start once per process and only when a test needs them."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest
import redis
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine

from incubator import create_app
from incubator.foundation import clock, database, jobs
from incubator.foundation.database import db, sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from tests import servers
from tests.builders import Builders
from tests.visitors import Visitor

pytest_plugins = ("tests.browsers", "tests.garbage", "tests.peers.played", "tests.stores")
DAY = date(2026, 3, 1)
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
HERE = ("127.0.0.1", "::1", "localhost")
os.environ["SECOND_FACTOR"] = "off"  # also for programs that tests start; tests of second proofs switch it on


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-look", action="store_true", help="Look at public pages on all screens in all languages.")


@pytest.fixture(scope="session", autouse=True)
def _closed_to_the_outside() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in HERE:
            raise OSError(f"tests do not speak with {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@sa.event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.set(DAY)
    yield
    clock.reset()


def _new_app(address: str, folder: Path) -> flask.Flask:
    app = create_app({
        "SECRET_KEY": "for tests only", "RECORD_KEY": None, "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": folder,
        "REDIS_URL": "", "FILES_URL": "", "SMTP_URL": "", "DEMO": False, "BASE_URL": "http://localhost",
        "SESSION_COOKIE_SECURE": False, "TRUSTED_HOSTS": None, "PROXIES": 0, "TESTING": True, "PAGE_CACHE_MB": 0,
        "PROPAGATE_EXCEPTIONS": True, "FORM_SECONDS": 0, "API_READS_PER_MINUTE": 0, "API_WRITES_PER_MINUTE": 0,
    })
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> tuple[flask.Flask, Path, Path]:
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "incubator.db"
    app = _new_app(f"sqlite:///{path}", folder)
    shutil.copy(path, folder / "template")
    return app, path, folder / "template"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, with %s where the database's name belongs."""
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def _postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> flask.Flask:
    return _new_app(servers.create_database(postgresql, "incubator"), tmp_path_factory.mktemp("postgresql"))


@contextmanager
def _entered(app: flask.Flask, folder: Path) -> Iterator[flask.Flask]:
    """Give one test the app with a folder of its own; settings it changed are set back."""
    kept = dict(app.config)
    app.config["INSTANCE"] = folder
    jobs.set_up(app)
    app.extensions.pop("queue", None)
    try:
        with app.app_context():
            flask.g.language = BY_CODE["en"]  # rules asked outside a page speak as the code is written
            yield app
    finally:
        app.config.clear()
        app.config.update(kept)


@contextmanager
def _on_sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[flask.Flask]:
    app, path, template = request.getfixturevalue("_sqlite")
    with app.app_context():
        db.engine.dispose()
    for old in path.parent.glob("incubator.db*"):
        old.unlink()
    shutil.copy(template, path)
    with _entered(app, folder):
        yield app


@contextmanager
def _on_postgresql(request: pytest.FixtureRequest, folder: Path) -> Iterator[flask.Flask]:
    app = request.getfixturevalue("_postgresql")
    with app.app_context():
        servers.empty(db.engine, [table.name for table in db.metadata.sorted_tables])
    with _entered(app, folder):
        yield app


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[flask.Flask]:
    """The program over an empty SQLite database, its context entered, on 2026-03-01 at noon."""
    if "any_database" in request.fixturenames:
        yield request.getfixturevalue("any_database")
        return
    with _on_sqlite(request, tmp_path) as entered:
        yield entered


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[flask.Flask]:
    """The same as `app`, once on SQLite and once on PostgreSQL."""
    enter = _on_sqlite if request.param == "sqlite" else _on_postgresql
    with enter(request, tmp_path) as entered:
        yield entered


@pytest.fixture
def make(app: flask.Flask) -> Builders:
    return Builders()


@pytest.fixture
def at_once(any_database: flask.Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Any]]]:
    """Run two pieces of work in two threads at the same moment; each answers “done” or with its refusal."""
    monkeypatch.setattr(database, "PATIENCE", 120.0)  # who is right is asked, not how quick the machine is
    barrier = threading.Barrier(2)

    def run(work: Callable[[], object]) -> Any:
        with any_database.app_context():
            barrier.wait(20)
            try:
                with transaction():
                    work()
            except RuleBroken as broken:
                return broken
            return "done"

    with ThreadPoolExecutor(2) as pool:
        def both(*works: Callable[[], object]) -> list[Any]:
            answers = list(pool.map(run, works))
            db.session.rollback()  # what was read before is old now
            return answers

        yield both


@pytest.fixture
def visit(app: flask.Flask) -> Callable[..., Visitor]:
    """Return a browser without JavaScript: `visit(person).get("/de/…")`; `visit()` is a stranger."""
    return lambda person=None: Visitor(app, person)


class Counted(list[str]):
    """The statements that were sent."""


@pytest.fixture
def queries(app: flask.Flask) -> Callable[..., Any]:
    """Count statements: `with queries(at_most=12):` fails with the whole list when there are more."""

    @contextmanager
    def counting(at_most: int | None = None) -> Iterator[Counted]:
        sent = Counted()

        def note(line: Any, cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
                sent.append(statement)

        sa.event.listen(Engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            sa.event.remove(Engine, "before_cursor_execute", note)
        if at_most is not None and len(sent) > at_most:
            listed = "\n".join(f"{number}. {' '.join(each.split())[:160]}" for number, each in enumerate(sent, 1))
            pytest.fail(f"{len(sent)} statements, at most {at_most} were allowed:\n{listed}")

    return counting


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[servers.Mailbox]:
    with servers.mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(app: flask.Flask, _mail_server: servers.Mailbox) -> servers.Mailbox:
    """A real mail server for this test, already set as SMTP_URL; `.letters` is what arrived."""
    _mail_server.letters.clear()
    _mail_server.refuse = False
    app.config["SMTP_URL"] = _mail_server.url
    return _mail_server


@pytest.fixture(scope="session")
def _valkey() -> Iterator[str]:
    with servers.valkey() as address:
        yield address


@pytest.fixture
def valkey(app: flask.Flask, _valkey: str) -> str:
    """A real, empty Valkey for this test, already set as REDIS_URL."""
    app.config["REDIS_URL"] = _valkey
    redis.Redis.from_url(_valkey).flushall()
    return _valkey
