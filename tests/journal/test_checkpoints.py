"""Once a day the newest hash is signed, and what was signed is remembered against the chain."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations, queries, record, rules
from incubator.journal.models import Checkpoint, Entry
from tests.journal.attacks import behind_its_back, found, mended

KEY, OTHER = "11" * 32, "22" * 32


def _happen(make, times=3):
    round = make.round()
    for number in range(times):
        with transaction():
            record("round.changed", None, round, number=number)


def _sign(key=KEY):
    with transaction():
        return operations.make_checkpoint(key, "https://city.example")


def _next_day():
    clock.set(clock.now() + timedelta(days=1))


@pytest.fixture
def _mended(any_database):
    yield
    mended()


@pytest.fixture
def signed(any_database, make):
    """Three days with three entries and a checkpoint each."""
    for _day in range(3):
        _happen(make)
        _sign()
        _next_day()
    db.session.rollback()
    return any_database


def _numbers():
    return list(db.session.scalars(sa.select(Checkpoint.number).order_by(Checkpoint.id)))


def test_the_first_checkpoint_is_made_at_once_and_then_one_a_day(app, make):
    app.config["RECORD_KEY"] = KEY
    _happen(make)
    app.test_cli_runner().invoke(args=["tick"])
    _happen(make)
    app.test_cli_runner().invoke(args=["tick"])
    assert _numbers() == [3]
    _next_day()
    app.test_cli_runner().invoke(args=["tick"])
    app.test_cli_runner().invoke(args=["tick"])
    assert _numbers() == [3, 6]


def test_a_day_without_anything_new_needs_no_checkpoint(signed):
    _next_day()
    assert _sign() is None


def test_an_empty_record_is_not_signed(app):
    assert _sign() is None


def test_without_a_key_nothing_is_signed(app, make):
    _happen(make)
    assert _sign(None) is None
    app.test_cli_runner().invoke(args=["tick"])
    assert _numbers() == []


def test_what_was_signed_fits(signed):
    findings = operations.verify(KEY)
    assert (findings.count, findings.checkpoints, findings.found) == (9, 3, ())
    assert all(rules.is_signed(point) for point in queries.signed_checkpoints())


@pytest.mark.parametrize("statement", ["UPDATE checkpoint SET number = 1", "DELETE FROM checkpoint"])
def test_the_database_refuses_to_change_a_checkpoint(signed, statement):
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.text(statement))


@pytest.mark.usefixtures("_mended")
def test_an_end_cut_off_is_noticed(signed):
    behind_its_back(sa.delete(Entry).where(Entry.id >= 8))
    assert found(KEY) == [("removed", 8, 9)]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize("values", [
    {"signature": "0" * 128}, {"hash": "0" * 64}, {"number": 5}, {"site": "https://elsewhere.example"},
    {"public_key": rules.public_key(OTHER)}, {"signature": "no hex"},
], ids=lambda values: next(iter(values)))
def test_a_forged_checkpoint_is_named(signed, values):
    behind_its_back(sa.update(Checkpoint).where(Checkpoint.number == 6).values(**values))
    [finding] = operations.verify(KEY).found
    assert finding.kind == "forged" and "2026-03-02" in finding.sentence()


@pytest.mark.usefixtures("_mended")
def test_a_record_written_anew_from_an_entry_on_does_not_fit_what_was_signed(signed):
    rows = db.session.scalars(sa.select(Entry).order_by(Entry.id)).all()
    previous, statements = rows[3].hash, []
    for row in rows[4:]:
        facts = rules.facts_of(row, row.id)
        if row.id == 5:
            facts[2] = "round.opened"
        content = rules.content_of(row.salt, facts)
        own = rules.hash_of(previous, row.id, content)
        statements.append(sa.update(Entry).where(Entry.id == row.id).values(
            action=facts[2], content=content, previous=previous, hash=own))
        previous = own
    db.session.expunge_all()
    behind_its_back(*statements)
    assert found(KEY) == [("rewritten", 4, 6)]


@pytest.mark.usefixtures("_mended")
def test_a_strangers_checkpoint_among_ours_is_forged(signed):
    row = db.session.scalar(sa.select(Entry).where(Entry.id == 9))
    point = rules.sign(OTHER, site="https://city.example", number=9, hash=row.hash, made_at="2026-03-03T12:00:00Z")
    behind_its_back(sa.insert(Checkpoint).values(**(point._asdict() | {"made_at": clock.now()})))
    assert [each.kind for each in operations.verify(KEY).found] == ["forged"]


def test_a_new_key_makes_older_checkpoints_no_forgeries(signed, make):
    _happen(make)
    _sign(OTHER)
    assert operations.verify(OTHER).holds
    assert operations.verify().holds


def test_any_long_secret_makes_a_key():
    assert rules.public_key("a long sentence as a secret") != rules.public_key(KEY)
