"""When the house itself is in trouble: no room, a database that is taken or away. People are told, and lose nothing."""

import errno
import fcntl
import io
import threading
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from incubator.foundation import clock, database, folders
from incubator.foundation.database import db, sqlite
from incubator.foundation.trouble import Trouble, trouble_of
from incubator.questions.models_barriers import BarrierReport
from tests.payments.receipts import facts, scan, spending

FORM = "/accessibility/report"
LONG = f"Schwer! {'🏠' * 12} " * 95  # more than a page of SQLite holds


@contextmanager
def no_room():
    """Let SQLite have not one page more than it has, and leave none of those free."""
    with db.engine.connect() as line:
        pages = line.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection, record):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.session.remove()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", limit)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "connect", limit)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def taken(app):
    """Hold the one place of a writer from outside of the program."""
    other = sqlite.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def impatient():
    """Wait for a lock for some hundredths of a second only."""
    def hurry(connection, record):
        if db.engine.dialect.name == "sqlite":
            connection.execute("PRAGMA busy_timeout = 20")
        else:
            connection.autocommit = True
            connection.execute("SET lock_timeout = '20ms'")
            connection.autocommit = False

    db.session.remove()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", hurry)
    yield
    sa.event.remove(db.engine, "connect", hurry)
    db.session.remove()
    db.engine.dispose()


def reports():
    db.session.rollback()
    return list(db.session.scalars(sa.select(BarrierReport.text)))


def sent_again(visitor, answer):
    """Press the button of the page that said sorry."""
    form = answer.soup.select_one("main form[method=post]")
    typed = {each["name"]: each.get_text().removeprefix("\n") for each in form.select("textarea")}
    return visitor.open(form["action"], method="POST", data=typed)


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_without_room_nothing_is_saved_everything_can_be_read_and_what_was_typed_is_kept(app, make, visit, language):
    slug, stranger = make.project("active").slug, visit()
    with no_room():
        answer = stranger.fill(f"/{language}{FORM}", text=LONG)
        assert answer.status == 507 and f'lang="{language}"' in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert LONG in answer.text and answer.soup.select_one("main form button")
        assert stranger.get(f"/{language}/projects/{slug}").status == 200
        assert reports() == []
    assert sent_again(stranger, answer).status == 303
    assert reports() == [LONG.strip()]


def test_who_is_signed_in_reads_on_while_nobody_can_write(app, make, visit, impatient):
    """Also at the moment when it would be noted that their sign-in is in use."""
    visitor = visit(make.person("coordinator"))
    clock.set(clock.now() + timedelta(hours=20))
    with taken(app):
        assert visitor.get("/de/desk/").status == 200


def test_what_was_typed_comes_back_whole_whatever_it_was(app, visit, impatient):
    text = "\n Zeile <b>&amp;\"'</b>\r\n</textarea>Ende 🏠 سلام"
    with taken(app):
        answer = visit().fill(f"/de{FORM}", text=text)
    kept = answer.soup.select_one("textarea[name=text]").get_text()
    assert kept.split() == text.split() and "</textarea>Ende" not in answer.text


def test_a_database_that_is_taken_asks_for_patience_and_loses_nothing(any_database, visit, impatient):
    stranger = visit()
    with taken(any_database) if db.engine.dialect.name == "sqlite" else locked_table():
        answer = stranger.fill(f"/de{FORM}", text=LONG)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    again = sent_again(stranger, answer)
    assert (again.status, sent_again(stranger, answer).status) == (303, 303)
    assert reports() == [LONG.strip()], "sent twice, it is carried out once"


@contextmanager
def locked_table():
    with db.engine.connect() as line:
        line.execute(sa.text("LOCK TABLE barrier_report IN EXCLUSIVE MODE"))
        yield
        line.rollback()


def test_a_page_without_a_form_asks_to_be_loaded_again(app, visit, monkeypatch):
    def away(**_named):
        raise OperationalError("SELECT", None, psycopg.OperationalError("no connection"))

    monkeypatch.setitem(app.view_functions, "barriers.report", away)
    answer = visit().get(f"/de{FORM}")
    assert answer.status == 503 and not answer.soup.select("main form")


def test_passwords_are_never_given_back(app, make, visit, impatient):
    with taken(app):
        answer = visit().post("/de/sign-in", {"mail": "a@example.org", "password": "geheim, sehr geheim"})
    assert answer.status == 503 and "geheim" not in answer.text and "a@example.org" not in answer.text


def test_a_full_disk_keeps_half_a_file_from_nobody(app, make, visit, monkeypatch, tmp_path):
    """The file is written before the row: the disk fills up in the middle of it."""
    project = spending(make)
    lead = visit(project.leads[0])
    page = f"/en/desk/projects/{project.id}/receipts/new"

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    def filled():
        return facts(project) | {"amount_cents": "1.00", "papers": (io.BytesIO(scan(3)), "Bon.png")}

    monkeypatch.setattr(folders.os, "fsync", full)
    answer = lead.post(page, filled())
    assert answer.status == 507 and "Farbenhaus" in answer.text and "Only files could not be kept" in answer.text
    assert [each for each in (tmp_path / "media").rglob("*") if each.is_file()] == []
    monkeypatch.undo()
    assert lead.post(page, filled()).status == 303


@pytest.mark.parametrize(("state", "expected"), [
    ("53100", Trouble.FULL), ("55P03", Trouble.TAKEN), ("40P01", Trouble.TAKEN), ("57P01", Trouble.AWAY),
    (None, Trouble.AWAY)])
def test_what_postgresql_says_is_understood(state, expected):
    fault = SimpleNamespace(orig=SimpleNamespace(sqlstate=state))
    assert trouble_of(fault) is expected


def test_whoever_waited_long_for_others_who_waited_in_vain_is_told_at_once(app, make, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    path, said = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"), []
    place = open(f"{path}.queue", "a")  # noqa: SIM115 - given up below
    fcntl.flock(place, fcntl.LOCK_EX)
    timer = threading.Timer(0.2, place.close)
    timer.start()
    with pytest.raises(OperationalError) as fault, db.engine.connect().execution_options(write=True) as line:
        said.append(line.execute(sa.text("SELECT 1")).scalar())
    timer.join()
    assert trouble_of(fault.value) is Trouble.TAKEN and said == []


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_database_that_was_started_anew_costs_nobody_a_page(any_database, make, visit):
    """All connections are cut, as a restart does it; those that wait in the pool are looked at before they are used."""
    project, stranger = make.project("active"), visit()
    assert stranger.get(f"/de/projects/{project.slug}").status == 200
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(sa.text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    assert stranger.get(f"/de/projects/{project.slug}").status == 200
    assert stranger.fill(f"/de{FORM}", text=LONG).status == 303
