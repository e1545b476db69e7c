"""The book cannot be changed unnoticed, and not at all by the program."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from incubator.foundation.database import db, is_sqlite
from incubator.foundation.transaction import transaction
from incubator.journal import operations, record
from incubator.journal.models import APPEND_ONLY, Entry


@pytest.fixture
def book(any_database, make):
    round = make.round()
    for number in range(5):
        with transaction():
            record("round.changed", None, round, number=number)
    return any_database


def _behind_its_back(*statements):
    """Change rows as somebody with the database's own password could: without the triggers."""
    names = ["entry_no_update", "entry_no_delete"] if is_sqlite() else ["entry_append_only"]
    with transaction():
        for each in names:
            db.session.execute(sa.text(f"DROP TRIGGER {each}" + ("" if is_sqlite() else " ON entry")))
        for statement in statements:
            db.session.execute(sa.text(statement))


@pytest.fixture
def _mended(book):
    yield
    db.session.rollback()
    with transaction():
        for statement in APPEND_ONLY[db.engine.dialect.name]:
            db.session.execute(sa.text(statement))


def test_an_untouched_book_holds(book):
    assert operations.verify() == (5, None)


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize(("damage", "found"), [
    (["""UPDATE entry SET data = '{"number": 9}' WHERE id = 3"""], 3),
    (["UPDATE entry SET actor = 'somebody else' WHERE id = 5"], 5),
    (["UPDATE entry SET action = 'round.opened' WHERE id = 1"], 1),
    (["DELETE FROM entry WHERE id = 2"], 3),
    (["DELETE FROM entry WHERE id = 1"], 2),
    (["UPDATE entry SET id = 99 WHERE id = 2", "UPDATE entry SET id = 2 WHERE id = 3",
      "UPDATE entry SET id = 3 WHERE id = 99"], 2),
], ids=["facts changed", "actor changed", "action changed", "one removed", "first removed", "two swapped"])
def test_damage_is_found(book, damage, found):
    _behind_its_back(*damage)
    assert operations.verify()[1] == found


@pytest.mark.parametrize("statement", ["UPDATE entry SET action = 'x'", "DELETE FROM entry"])
def test_the_database_itself_refuses_changes(book, statement):
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.text(statement))
    assert operations.verify() == (5, None)


def test_an_entry_of_a_refused_change_never_was(book, make):
    round = make.round()
    with pytest.raises(ZeroDivisionError), transaction():
        record("round.changed", None, round)
        _ = 1 / 0
    assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == 5


def test_flask_journal_verify_says_so(book):
    answer = book.test_cli_runner().invoke(args=["journal", "verify"])
    assert (answer.exit_code, answer.output) == (0, "5 entries hold\n")


@pytest.mark.usefixtures("_mended")
def test_flask_journal_verify_names_the_broken_entry(book):
    _behind_its_back("DELETE FROM entry WHERE id = 2")
    answer = book.test_cli_runner().invoke(args=["journal", "verify"])
    assert answer.exit_code == 1 and "entry 3 does not fit" in answer.output
