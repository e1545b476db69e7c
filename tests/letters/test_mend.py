"""People send again what did not leave, or give it up; each is one entry of the journal."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.letters import operations, operations_mend, queries_undelivered
from incubator.letters.models import LetterState
from tests.letters.unsent import refused


@pytest.fixture
def letter(app):
    """One that was refused twelve times."""
    with transaction():
        kept = refused(address="somebody@example.org")
        db.session.add(kept)
    return kept


def _do(operation, letter, by=None):
    with transaction():
        operation(letter, by)


def _last():
    entry = db.session.scalar(sa.select(Entry).order_by(Entry.id.desc()).limit(1))
    return entry and (entry.action, entry.subject_type, entry.subject_id, entry.actor, entry.data)


def test_a_letter_that_was_given_up_is_sent_again(any_database, make, letter, mailbox):
    person = make.person("coordinator")
    _do(operations_mend.send_again, letter, person)
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 0)
    assert _last() == ("letter.sent_again", "letter", letter.id, person.seal, {})
    assert operations.post() == 1
    assert [each["To"] for each in mailbox.letters] == ["somebody@example.org"]


def test_what_is_given_up_is_not_sent_and_no_longer_told(any_database, make, letter, mailbox):
    assert queries_undelivered.undelivered(5) == [letter]
    _do(operations_mend.give_up, letter, make.person("coordinator"))
    assert _last()[0] == "letter.given_up" and _last()[4] == {"error": "SMTPRecipientsRefused"}
    assert queries_undelivered.undelivered(5) == []
    assert operations.post() == 0 and mailbox.letters == []


def test_one_that_waits_for_its_next_try_can_be_hurried_or_given_up(app, letter, mailbox):
    with transaction():
        letter.state, letter.attempts, letter.due_at = LetterState.WAITING, 3, clock.now() + timedelta(hours=6)
    assert operations.post() == 0
    _do(operations_mend.send_again, letter)
    assert operations.post() == 1


@pytest.mark.parametrize("act", [operations_mend.send_again, operations_mend.give_up])
@pytest.mark.parametrize("fields", [
    {"state": LetterState.SENDING}, {"state": LetterState.SENT, "sent_at": "now"}, {"error": "out of date"},
    {"error": "given up"}, {"state": LetterState.WAITING, "attempts": 0},
], ids=["on its way", "sent", "out of date", "given up", "fresh"])
def test_what_left_or_is_on_its_way_is_left_alone(app, letter, act, fields):
    with transaction():
        for name, value in fields.items():
            setattr(letter, name, clock.now() if value == "now" else value)
    with pytest.raises(RuleBroken, match="nothing more to do"):
        _do(act, letter)
    assert _last() is None
    assert letter not in queries_undelivered.undelivered(5)


def test_followers_whose_address_went_out_of_use_are_no_matter_of_the_office(any_database, letter):
    with transaction():
        letter.headers = {"List-Id": "x"}
    assert queries_undelivered.undelivered(5) == []
