"""The book cannot be changed unnoticed, and not at all by the program."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations, record, rules
from incubator.journal.models import Entry
from tests.journal.attacks import behind_its_back, found, mended


@pytest.fixture
def book(any_database, make):
    round = make.round()
    for number in range(9):
        with transaction():
            record("round.changed", None, round, number=number)
    return any_database


@pytest.fixture
def _mended(book):
    yield
    mended()


def _set(number, **values):
    return sa.update(Entry).where(Entry.id == number).values(**values)


def _renumber(*pairs):
    return [sa.update(Entry).where(Entry.id == old).values(id=new) for old, new in pairs]


def _exchange(one, two):
    return _renumber((one, 99), (two, one), (99, two))


def _forged(number, previous, **values):
    """Make an entry that is whole in itself, as somebody who knows the program would."""
    kept = db.session.get_one(Entry, 4)
    row = {column.name: getattr(kept, column.name) for column in Entry.__table__.columns}
    row |= {"id": number, "salt": "0" * 32, "action": "round.opened", "previous": previous, **values}
    made = Entry(**row)
    made.content = rules.content_of(made.salt, rules.facts_of(made, number))
    made.hash = rules.hash_of(previous, number, made.content)
    row |= {"content": made.content, "hash": made.hash}
    db.session.expunge_all()
    return row


def _rewrite(number):
    row = _forged(number, db.session.get_one(Entry, number).previous)
    return [_set(number, **row)]


def _insert(place, row):
    """Put a row in place and move those after it up by one."""
    moved = _renumber(*((number, number + 1) for number in range(9, place - 1, -1)))
    return [*moved, sa.insert(Entry).values(**row)]


def _hash(number):
    return db.session.get_one(Entry, number).hash


def test_an_untouched_book_holds(book):
    findings = operations.verify()
    assert (findings.count, findings.found, findings.holds) == (9, (), True)


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize("values", [
    {"data": {"number": 9}}, {"actor": "0" * 64}, {"action": "round.opened"}, {"salt": "0" * 32},
    {"content": "0" * 64}, {"hash": "0" * 64}, {"subject_id": 77}, {"project_id": 1},
], ids=lambda values: next(iter(values)))
@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_changed_entry_is_named(book, number, values):
    behind_its_back(_set(number, **values))
    assert found() == [("changed", number, number)]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize("number", [1, 5, 8])
def test_an_entry_written_anew_with_a_hash_of_its_own_is_named(book, number):
    behind_its_back(*_rewrite(number))
    assert found() == [("changed", number, number)]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize(("gone", "said"), [
    ([1], ("removed", 1, 1)), ([4], ("removed", 4, 4)), ([3, 4, 5], ("removed", 3, 5)), ([8], ("removed", 8, 8)),
])
@pytest.mark.parametrize("closed_up", [False, True])
def test_removed_entries_are_named_even_if_the_gap_was_closed(book, gone, said, closed_up):
    after = [(number, number - len(gone)) for number in range(gone[-1] + 1, 10)] if closed_up else []
    behind_its_back(sa.delete(Entry).where(Entry.id.in_(gone)), *_renumber(*after))
    assert found() == [said]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize("place", [1, 2, 5, 9])
def test_an_inserted_entry_is_named(book, place):
    before = _hash(place - 1) if place > 1 else "0" * 64
    behind_its_back(*_insert(place, _forged(place, before)))
    assert found() == [("inserted", place, place)]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize("place", [1, 2, 5, 9])
def test_an_inserted_entry_that_fits_nothing_is_named(book, place):
    behind_its_back(*_insert(place, _forged(place, "f" * 64) | {"hash": "e" * 64}))
    assert found() == [("inserted", place, place)]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize(("one", "two"), [(1, 2), (4, 5), (8, 9), (2, 7), (1, 9), (3, 5), (1, 3)])
def test_two_swapped_entries_are_named(book, one, two):
    behind_its_back(*_exchange(one, two))
    assert found() == [("swapped", one, two)]


@pytest.mark.usefixtures("_mended")
def test_two_attacks_at_once_are_both_named(book):
    behind_its_back(_set(3, action="round.opened"), sa.delete(Entry).where(Entry.id == 6))
    assert found() == [("changed", 3, 3), ("removed", 6, 6)]


@pytest.mark.usefixtures("_mended")
def test_an_entry_that_was_only_given_another_number_is_named(book):
    behind_its_back(*_renumber((9, 12)))
    assert found() == [("changed", 9, 9)]


@pytest.mark.parametrize("statement", ["UPDATE entry SET action = 'x'", "DELETE FROM entry"])
def test_the_database_itself_refuses_changes(book, statement):
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.text(statement))
    assert operations.verify().holds


def test_an_entry_of_a_refused_change_never_was(book, make):
    round = make.round()
    with pytest.raises(ZeroDivisionError), transaction():
        record("round.changed", None, round)
        _ = 1 / 0
    with transaction():
        assert record("round.changed", None, round).id == 10, "numbers have no gaps"
    assert operations.verify().count == 10


def test_flask_journal_verify_says_so(book):
    answer = book.test_cli_runner().invoke(args=["journal", "verify"])
    assert (answer.exit_code, answer.output) == (0, "9 entries hold, 0 checkpoints fit\n")


@pytest.mark.usefixtures("_mended")
def test_flask_journal_verify_says_what_happened_in_plain_lines(book):
    behind_its_back(sa.delete(Entry).where(Entry.id == 2), _set(5, action="x"))
    answer = book.test_cli_runner().invoke(args=["journal", "verify"])
    assert answer.exit_code == 1
    assert answer.output.splitlines()[:2] == ["Entry 2 was removed.", "Entry 5 was changed."]


def test_writing_an_entry_takes_one_question_and_one_row(app, make, queries):
    round = make.round()
    with transaction():
        db.session.refresh(round)
        with queries(at_most=2):
            record("nobody.listens", None, round)
