"""Letters are written in the transaction of what they tell of, and leave exactly once."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from jinja2 import ChoiceLoader, DictLoader

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import operations, sending, write
from incubator.letters.models import Letter, LetterState
from tests.house.sources import ROOT

SAMPLE = "{{ _('Hello') }} {{ to.given_name }}\n\n{{ language.code }} {{ base_url }} {{ word }}\n"


@pytest.fixture
def sample(app):
    loader = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([DictLoader({"letters/sample.txt": SAMPLE}), loader])
    yield
    app.jinja_env.loader = loader


def _write(person, key="1:sample", **context):
    with transaction():
        return write(person, "sample", key=key, word=context.get("word", "Grüße"))


def test_a_letter_arrives_with_its_subject_and_language(any_database, sample, make, mailbox):
    _write(make.person(name="Amal Haddad", language="ar", mail="amal@example.org"), word="سلام")
    assert operations.post() == 1
    letter = mailbox.to("amal@example.org")[0]
    assert letter["Subject"].endswith("Amal")
    assert letter["Content-Language"] == "ar"
    assert "سلام" in letter.get_body(("plain",)).get_content()


def test_every_letter_has_two_shapes_and_its_direction(app, sample, make, mailbox):
    _write(make.person(language="ar", mail="amal@example.org"), word="سلام")
    operations.post()
    html = mailbox.to("amal@example.org")[0].get_body(("html",)).get_content()
    assert 'lang="ar" dir="rtl"' in html and "سلام" in html


def test_a_letter_leaves_once(any_database, sample, make, mailbox):
    _write(make.person())
    assert (operations.post(), operations.post()) == (1, 0)
    assert len(mailbox.letters) == 1


def test_a_letter_is_written_once_per_key(any_database, sample, make, mailbox):
    person = make.person()
    assert _write(person) is not None
    assert _write(person) is None
    assert operations.post() == 1


def test_a_letter_of_a_refused_change_is_never_sent(app, sample, make, mailbox):
    person = make.person()
    with pytest.raises(ZeroDivisionError), transaction():
        write(person, "sample", key="x", word="")
        _ = 1 / 0
    assert operations.post() == 0


def test_without_a_mail_server_letters_wait(app, sample, make):
    _write(make.person())
    assert operations.post() == 0
    assert db.session.scalar(sa.select(Letter.state)) is LetterState.WAITING


def test_a_refused_letter_is_tried_again_later(app, sample, make, mailbox):
    mailbox.refuse = True
    _write(make.person())
    assert operations.post() == 0
    mailbox.refuse = False
    assert operations.post() == 0
    clock.set(clock.now() + timedelta(minutes=2))
    assert operations.post() == 1


def test_a_server_that_is_away_loses_no_letter(app, sample, make):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    _write(make.person())
    assert operations.post() == 0
    letter = db.session.scalar(sa.select(Letter))
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 1)


def test_a_letter_nobody_takes_is_given_up(app, sample, make, mailbox):
    mailbox.refuse = True
    _write(make.person())
    for _ in range(operations.GIVE_UP_AFTER):
        operations.post()
        clock.set(clock.now() + timedelta(hours=7))
    assert db.session.scalar(sa.select(Letter.state)) is LetterState.FAILED
    assert operations.post() == 0


@pytest.mark.parametrize("back", [0, 1], ids=["at once", "though the clock was put back by a day"])
def test_what_a_killed_worker_had_taken_leaves_with_the_next_look(any_database, sample, make, mailbox, back):
    _write(make.person())
    with sending._taken(None, 10):
        pass  # killed
    clock.set(clock.now() - timedelta(days=back))
    assert operations.post() == 1
    assert len(mailbox.letters) == 1
    assert list(Path(any_database.config["INSTANCE"]).glob("turns/*")) == [], "leases leave nothing behind"


def test_what_a_worker_is_sending_is_left_to_it_until_it_hangs(any_database, sample, make, mailbox):
    _write(make.person())
    with sending._taken(None, 10):
        assert operations.post() == 0
        clock.set(clock.now() + operations.LEASE + timedelta(seconds=1))
        assert operations.post() == 1
    assert len(mailbox.letters) == 1


@pytest.mark.long
def test_a_worker_killed_in_the_middle_is_followed_within_seconds(any_database, sample, make, mailbox):
    """Three letters taken, the first under way: that one may come again, the others come once."""
    for number in range(3):
        _write(make.person(), f"{number}:sample")
    given = [any_database.config["SQLALCHEMY_DATABASE_URI"], str(any_database.config["INSTANCE"]), mailbox.url]
    db.session.remove()
    killed = subprocess.run([sys.executable, "-m", "tests.letters.killed_sending", *given], cwd=ROOT, timeout=120)
    assert killed.returncode == -signal.SIGKILL and len(mailbox.letters) == 1
    while operations.post():
        pass
    assert Counter(Counter(each["Message-ID"] for each in mailbox.letters).values()) == {1: 2, 2: 1}


def test_line_breaks_in_a_name_make_no_header(app, sample, make, mailbox):
    _write(make.person(given_name="Eve\r\nBcc: all@example.org", family_name=""))
    operations.post()
    assert mailbox.letters[0]["Bcc"] is None


def test_only_letters_speak_smtp():
    rooms = Path(operations.__file__).parents[1]
    speakers = {path.parent.name for path in rooms.rglob("*.py") if "smtplib" in path.read_text()}
    assert speakers == {"letters"}


def test_what_is_not_said_leaves_no_gap(make, app):
    loader = app.jinja_env.loader
    gap = DictLoader({"letters/gap.txt": "Betreff\n\nAnfang\n\n{% if word %}{{ word }}{% endif %}\n\n\nEnde\n"})
    app.jinja_env.loader = ChoiceLoader([gap, loader])
    with transaction():
        texts = [write("a@example.org", "gap", key=f"gap-{word}", word=word).text for word in ("", "Grund")]
    app.jinja_env.loader = loader
    assert texts == ["Anfang\n\nEnde\n", "Anfang\n\nGrund\n\nEnde\n"]
