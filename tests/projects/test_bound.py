"""Reasons are bound to the journal, people can be forgotten by it."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Entry
from incubator.journal.rules import mark
from incubator.projects import operations, queries, rules_history
from incubator.projects.models import StepReason


@pytest.fixture
def suspended(any_database, make):
    project = make.project("active")
    with transaction():
        operations.suspend(project, make.person("coordinator", name="Karin Kluge"), "Der Raum ist gesperrt.")
    return project


def _lines(project):
    entries = db.session.scalars(sa.select(Entry).where(Entry.project_id == project.id)).all()
    return rules_history.lines(entries, queries.names_of(rules_history.people_in(entries)), {})


def test_the_journal_knows_the_mark_of_a_reason_and_not_its_words(suspended):
    data = db.session.scalar(sa.select(Entry.data).where(Entry.action == "project.moved"))
    assert len(data["reason_mark"]) == 64 and "gesperrt" not in str(data)
    assert list(queries.altered_reasons()) == []


@pytest.mark.parametrize("statement", [
    sa.update(StepReason).values(text="Der Raum war frei."), sa.update(StepReason).values(salt="0" * 32),
    sa.delete(StepReason),
], ids=["changed", "salt changed", "removed"])
def test_a_reason_changed_afterwards_is_found(any_database, suspended, statement):
    with transaction():
        db.session.execute(statement)
    entry = db.session.scalar(sa.select(Entry.id).where(Entry.action == "project.moved"))
    assert list(queries.altered_reasons()) == [(suspended.id, entry)]
    answer = any_database.test_cli_runner().invoke(args=["journal", "verify"])
    assert answer.exit_code == 1
    assert f"The reason given with entry {entry} (project {suspended.id})" in answer.output


def test_a_reason_put_in_later_is_found(any_database, make):
    project = make.project("reporting")
    with transaction():
        entry = journal.record("project.moved", None, project, action="start")
    with transaction():
        db.session.add(StepReason(entry_id=entry.id, project_id=project.id, text="Nachträglich", salt="0" * 32))
    assert list(queries.altered_reasons()) == [(project.id, entry.id)]


def test_a_reason_bound_to_another_kind_of_entry_is_watched_too(any_database, make):
    project = make.project("active")
    with transaction():
        entry = journal.record("deputy.named", None, project, reason_mark=mark("0" * 32, "Urlaub"))
    assert list(queries.altered_reasons()) == [(project.id, entry.id)]
    with transaction():
        db.session.add(StepReason(entry_id=entry.id, project_id=project.id, text="Urlaub", salt="0" * 32))
    assert list(queries.altered_reasons()) == []


def test_who_is_forgotten_is_no_longer_named_and_the_chain_still_holds(suspended):
    assert [line.who for line in _lines(suspended)] == ["Karin Kluge"]
    with transaction():
        db.session.execute(sa.text("UPDATE person SET seal = NULL, seal_salt = NULL"))
    assert [line.who for line in _lines(suspended)] == [None]
    assert journal.verify().holds


def test_seals_are_different_for_everybody_and_say_nothing(make):
    one, two = make.person(), make.person()
    assert len({one.seal, two.seal}) == 2 and len(one.seal) == 64
    assert one.public_id not in one.seal and one.seal_salt != two.seal_salt
