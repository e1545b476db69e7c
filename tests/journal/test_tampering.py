"""Ten kinds of tampering, twenty places each: every one is found, and the first bad row is named."""

import random
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations, record, rules
from incubator.journal.models import START, Checkpoint, Entry
from tests.journal.attacks import behind_its_back, found, mended

COUNT, KEY, SITE = 30, "11" * 32, "https://city.example"
MADE_AT = "2026-03-01T12:00:00Z"


def _sealed(row, previous=None):
    """Make an entry whole in itself again, as somebody who knows the program would."""
    row.previous = row.previous if previous is None else previous
    row.content = rules.content_of(row.salt, rules.facts_of(row, row.id))
    row.hash = rules.hash_of(row.previous, row.id, row.content)
    return row


def _book():
    rows, previous = [], START
    for number in range(1, COUNT + 1):
        row = SimpleNamespace(
            id=number, at=clock.now() + timedelta(minutes=number), action="round.changed", actor=None,
            subject_type="round", subject_id=number % 3 + 1, project_id=None, data={"number": number},
            salt=f"{number:032x}")
        rows.append(_sealed(row, previous))
        previous = rows[-1].hash
    return rows


def _copy(row, **changed):
    return SimpleNamespace(**(vars(row) | changed))


def _update(rows, place):
    rows[place].data = {"number": 4711}
    return place + 1


def _update_and_seal(rows, place):
    rows[place].data = {"number": 4711}
    _sealed(rows[place])
    return place + 1


def _other_moment(rows, place):
    rows[place].at += timedelta(days=1)
    return place + 1


def _delete(rows, place):
    del rows[place]
    return place + 1


def _insert(rows, place):
    rows.insert(place, _sealed(_copy(rows[place], salt="f" * 32)))
    for number, row in enumerate(rows, 1):
        row.id = number
    return place + 1


def _swap(rows, place):
    other = (place + 7) % COUNT
    rows[place], rows[other] = rows[other], rows[place]
    rows[place].id, rows[other].id = rows[other].id, rows[place].id
    return min(place, other) + 1


def _exchange_what_they_say(rows, place):
    other = (place + 1) % COUNT
    rows[place].data, rows[other].data = rows[other].data, rows[place].data
    return min(place, other) + 1


def _cut_tail(rows, place):
    del rows[place:]
    return place + 1


def _rewrite_from(rows, place):
    rows[place].data = {"number": 4711}
    previous = rows[place].previous
    for row in rows[place:]:
        previous = _sealed(row, previous).hash
    return place + 1


def _rewrite_all(rows, place):
    rows[0].actor = "0" * 64
    previous = START
    for row in rows:
        previous = _sealed(row, previous).hash
    return 1


KINDS = (_update, _update_and_seal, _other_moment, _delete, _insert, _swap, _exchange_what_they_say, _cut_tail,
         _rewrite_from, _rewrite_all)
KNOWN_BY_A_SIGNATURE = (_cut_tail, _rewrite_from, _rewrite_all, _delete, _update_and_seal)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))
def test_tampering_is_found_wherever_it_is_and_the_first_bad_row_is_named(app, kind):
    """The end was signed. What was rewritten with all its hashes is known to lie after the last signature that fits."""
    chance = random.Random(7)
    for place in chance.sample(range(COUNT - 1), 20):
        rows = _book()
        points = [rules.sign(KEY, site=SITE, number=row.id, hash=row.hash, made_at=MADE_AT)
                  for row in (rows[9], rows[19], rows[-1])]
        first = kind(rows, place)
        findings = rules.check(rows, rows[-1].id if rows else 0, points, rules.public_key(KEY))
        named = min(each.first for each in findings.found)
        assert not findings.holds
        if kind in (_rewrite_from, _rewrite_all):
            assert named == (first - 1) // 10 * 10 + 1, (place, findings.sentences)
            assert first <= max(each.last for each in findings.found)
        else:
            assert named == first, (place, findings.sentences)


@pytest.fixture
def book(any_database, make):
    round = make.round()
    for number in range(9):
        with transaction():
            record("round.changed", None, round, number=number)
    with transaction():
        operations.make_checkpoint(KEY, SITE)
    yield any_database
    mended()


@pytest.mark.parametrize(("values", "number"), [
    ({"at": datetime(2027, 3, 1, tzinfo=UTC)}, 2), ({"subject_type": "project"}, 4), ({"action": "x"}, 9),
    ({"data": {"number": "5"}}, 6), ({"data": {}}, 1)],
    ids=["moment", "subject", "action", "number as text", "no facts"])
def test_in_the_database_too_whatever_column_it_was(book, values, number):
    behind_its_back(sa.update(Entry).where(Entry.id == number).values(**values))
    assert found(KEY) == [("changed", number, number)]
    answer = book.test_cli_runner().invoke(args=["journal", "verify"])
    assert answer.exit_code == 1 and answer.output.startswith(f"Entry {number} was changed.")


def test_a_journal_that_was_emptied_with_its_checkpoints_kept_is_found(book):
    behind_its_back(sa.delete(Entry))
    assert found(KEY) == [("removed", 1, 9)]


def test_an_end_and_the_checkpoint_that_knew_it_are_gone_only_a_copy_outside_tells(book):
    """That is why checkpoints are kept elsewhere: by itself the database cannot know what it never had."""
    with_it = list(operations.queries.signed_checkpoints())
    behind_its_back(sa.delete(Checkpoint), sa.delete(Entry).where(Entry.id > 5))
    assert operations.verify(KEY).holds
    rows = [_copy(row) for row in operations.db.session.scalars(sa.select(Entry).order_by(Entry.id))]
    findings = rules.check(rows, 5, with_it, rules.public_key(KEY))
    assert [(each.kind, each.first, each.last) for each in findings.found] == [("removed", 6, 9)]
