"""Many letters leave over one line; what goes wrong with one hurts no other."""

import smtplib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import operations, sending
from incubator.letters.lines import Line
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import Draft


@pytest.fixture
def server(mailbox, monkeypatch):
    """A mail server that notes over which line each letter came; names tell it what to do with a letter."""
    mailbox.lines = []

    async def recipient(self, server, session, envelope, address, options):
        if address.startswith("bad"):
            return "550 No such mailbox"
        if address.startswith("cut") and not hasattr(mailbox, "has_cut"):
            mailbox.has_cut = True
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        mailbox.lines.append(id(session))
        return "250 OK"

    monkeypatch.setattr(type(mailbox), "handle_RCPT", recipient, raising=False)
    yield mailbox
    mailbox.__dict__.pop("has_cut", None)


def write(*names):
    with transaction():
        operations.write_many([
            Draft(key=f"{number}:{name}", address=f"{name}@example.org", language="de", subject="Neu", text="Neues.\n",
                  headers={"List-Unsubscribe": "<http://localhost/stop>"})
            for number, name in enumerate(names)
        ])


def states():
    db.session.rollback()
    return [each.value for each in db.session.scalars(sa.select(Letter.state).order_by(Letter.id))]


def test_a_hundred_letters_need_one_line(any_database, server):
    write(*(f"reader{number}" for number in range(100)))
    assert operations.post() == 100
    assert len(set(server.lines)) == 1


def test_the_next_hundred_get_a_line_of_their_own(app, server):
    write(*(f"reader{number}" for number in range(101)))
    assert (operations.post(), operations.post(), operations.post()) == (100, 1, 0)
    assert len(set(server.lines)) == 2


def test_a_refused_recipient_does_not_hurt_the_others(any_database, server):
    write("anna", "bad", "carla", "bad2", "emil")
    assert operations.post() == 3
    assert states() == ["sent", "failed", "sent", "failed", "sent"]
    assert [letter["To"] for letter in server.letters] == [f"{name}@example.org" for name in ("anna", "carla", "emil")]
    assert len(set(server.lines)) == 1


def test_a_line_that_breaks_is_begun_anew_and_its_letter_comes_later(app, server):
    write("anna", "cut", "carla")
    assert operations.post() == 2
    assert states() == ["sent", "waiting", "sent"]
    clock.set(clock.now() + timedelta(minutes=2))
    assert operations.post() == 1
    assert sorted(letter["To"] for letter in server.letters) == [
        "anna@example.org", "carla@example.org", "cut@example.org"]


def test_a_server_that_wants_few_letters_over_one_line_gets_more_lines(app, server, monkeypatch):
    async def sender(self, server, session, envelope, address, options):
        if hasattr(session, "had_one"):
            return "421 Enough for one line"
        session.had_one = True
        envelope.mail_from = address
        return "250 OK"

    monkeypatch.setattr(type(server), "handle_MAIL", sender, raising=False)
    write("anna", "berta", "carla")
    assert operations.post() == 3
    assert len(server.letters) == 3
    assert len(set(server.lines)) == 3


def test_a_letter_that_makes_no_mail_does_not_stop_the_others(app, server):
    write("anna", "berta")
    with transaction():
        db.session.execute(sa.update(Letter).where(Letter.id == 1).values(address="anna\r\nBcc: all@example.org"))
    assert operations.post() == 1
    assert states() == ["waiting", "sent"]


def test_a_server_that_is_away_is_asked_once_for_all(app, monkeypatch):
    asked = []
    monkeypatch.setattr("incubator.letters.lines.connect", lambda address: asked.append(address) or _away())
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    write("anna", "berta", "carla")
    assert operations.post() == 0
    assert len(asked) == 1
    rows = db.session.execute(sa.select(Letter.state, Letter.attempts, Letter.error)).all()
    assert rows == [(LetterState.WAITING, 1, "ConnectionRefusedError")] * 3


def _away():
    raise ConnectionRefusedError


def test_a_bad_goodbye_sends_nothing_twice(app, server, monkeypatch):
    def quit_badly(self):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", quit_badly)
    write("anna")
    assert operations.post() == 1
    assert states() == ["sent"]


def test_letters_whose_lease_runs_out_are_left_to_others(any_database, server, monkeypatch):
    real = Line.send

    def slowly(self, mail):
        real(self, mail)
        clock.set(clock.now() + sending.LEASE - sending.LONGEST_TALK + timedelta(seconds=1))

    monkeypatch.setattr(Line, "send", slowly)
    write("anna", "berta", "carla")
    assert operations.post() == 1
    assert states() == ["sent", "waiting", "waiting"]


def test_a_letter_another_worker_took_over_is_not_sent_again(any_database, server):
    write("anna")
    with sending._taken(None, 10) as (taken, lease):
        pass
    clock.set(clock.now() + sending.LEASE + timedelta(seconds=1))
    assert operations.post() == 1
    with Line(server.url) as line:
        assert sending._send(taken[0], lease, line) == 0
    assert len(server.letters) == 1


def test_a_letter_deleted_meanwhile_is_not_sent(app, server, monkeypatch):
    real = Line.send

    def forget_the_rest(self, mail):
        real(self, mail)
        with transaction():
            db.session.execute(sa.delete(Letter).where(Letter.id > 1))

    monkeypatch.setattr(Line, "send", forget_the_rest)
    write("anna", "berta")
    assert operations.post() == 1
    assert [letter["To"] for letter in server.letters] == ["anna@example.org"]


def test_a_letter_taken_back_is_not_sent_though_a_worker_had_it(app, server, monkeypatch):
    real = Line.send

    def take_back_the_rest(self, mail):
        real(self, mail)
        with transaction():
            operations.forget(["1:berta"])

    monkeypatch.setattr(Line, "send", take_back_the_rest)
    write("anna", "berta")
    assert operations.post() == 1
    assert states() == ["sent", "failed"]


def test_a_letter_taken_back_while_its_sending_failed_does_not_come_again_empty(any_database, mailbox, monkeypatch):
    def take_back(self, mail):
        with transaction():
            operations.forget(["0:anna"])
        raise smtplib.SMTPServerDisconnected

    write("anna")
    with monkeypatch.context() as patch:
        patch.setattr(Line, "send", take_back)
        assert operations.post() == 0
    clock.set(clock.now() + timedelta(hours=1))
    assert operations.post() == 0
    assert (states(), mailbox.letters) == (["failed"], [])
