"""One door for changes: all or nothing, and what follows cannot undo it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from incubator.foundation.database import db, hold
from incubator.foundation.transaction import after_commit, transaction
from incubator.programme.models import Theme
from incubator.projects.models import Project


def _theme(key="A"):
    return Theme(key=key, slug=key.lower(), names={"de": key})


def _count():
    return db.session.query(Theme).count()


def test_what_was_done_inside_is_kept(any_database):
    with transaction():
        db.session.add(_theme())
    db.session.rollback()
    assert _count() == 1


def test_a_fault_inside_undoes_everything(any_database):
    with pytest.raises(ZeroDivisionError), transaction():
        db.session.add(_theme())
        db.session.flush()
        _ = 1 / 0
    assert _count() == 0


def test_changes_made_outside_are_refused(app):
    db.session.add(_theme())
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass


def test_what_follows_runs_after_the_commit(any_database):
    seen = []
    with transaction():
        db.session.add(_theme())
        after_commit(lambda: seen.append(_count()))
        assert seen == []
    assert seen == [1]


def test_nothing_follows_a_fault(app):
    seen = []
    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: seen.append(1))
        _ = 1 / 0
    with transaction():
        pass
    assert seen == []


def test_a_failing_follower_neither_fails_nor_stops_the_others(app):
    seen = []

    def fall():
        raise OSError("Redis is away")

    with transaction():
        db.session.add(_theme())
        after_commit(fall)
        after_commit(lambda: seen.append(1))
    assert (_count(), seen) == (1, [1])


def test_a_row_read_together_with_others_can_be_held(any_database, make):
    number = make.project().id
    db.session.rollback()
    with transaction():
        project = db.session.get(Project, number, options=[joinedload(Project.theme), joinedload(Project.carrier)])
        assert hold(project) is project


@pytest.mark.parametrize("statement", [
    "INSERT INTO theme (id, key, slug, names) VALUES (1, :word, NULL, '{}')",
    "INSERT INTO theme (id, key, slug, names) SELECT id + 1, key, slug, names FROM theme WHERE key = :word"])
def test_no_error_repeats_what_was_to_be_stored(any_database, statement):
    with transaction():
        db.session.add(_theme("Geheim"))
    with pytest.raises(IntegrityError) as refused, transaction():
        db.session.execute(sa.text(statement), {"word": "Geheim"})
    assert "Geheim" not in f"{refused.value} {refused.value.orig}"
