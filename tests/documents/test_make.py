"""Documents are asked for by what happens, made once, and never half."""

import hashlib

import pytest
import sqlalchemy as sa

from incubator.documents import jobs, operations, press, store
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.foundation import clock, folders
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.mentoring import operations as mentoring
from incubator.projects.lifecycle import Action, Status
from tests.documents.reading import pages_of


def _documents():
    return db.session.scalars(sa.select(Document).order_by(Document.id)).all()


def _entries(action):
    return db.session.scalars(sa.select(Entry).where(Entry.action == action)).all()


def _move(project, status):
    with transaction():
        record("project.moved", None, project, **{"action": Action.AWARD, "from": "budget_approved", "to": status})
    journal.deliver()


def test_an_award_has_its_notice_made_in_german_and_in_the_leads_language(make):
    project = make.project(status="awarded", lead=make.person("lead", language="ar"), mentor=None)
    make.award(project)
    _move(project, Status.AWARDED)
    jobs.make_waiting()
    made = _documents()
    assert [(each.kind, each.language, each.state) for each in made] == [
        (DocumentKind.AWARD_NOTICE, "de", DocumentState.READY), (DocumentKind.AWARD_NOTICE, "ar", DocumentState.READY)]
    assert [each.is_binding for each in made] == [True, False]


def test_an_event_told_twice_makes_nothing_twice(awarded):
    _move(awarded, Status.AWARDED)
    _move(awarded, Status.AWARDED)
    jobs.make_waiting()
    assert len(_documents()) == 1
    assert len(_entries("document.made")) == 1


def test_other_steps_ask_for_nothing(awarded):
    _move(awarded, Status.ACTIVE)
    assert _documents() == []


def test_a_mentor_who_accepts_gets_an_agreement(make):
    mentor = make.person("mentor")
    project = make.project(status="submitted", lead=make.person("lead", language="en"), mentor=None)
    assignment = make.assignment(project, mentor)
    with transaction():
        mentoring.accept(assignment, mentor)
    journal.deliver()
    jobs.make_waiting()
    assert {(each.kind.value, each.language) for each in _documents()} == {
        ("mentoring_agreement", "de"), ("mentoring_agreement", "en")}


def test_the_hash_of_the_file_stands_in_the_journal(awarded, office):
    data = office.made(awarded, "award_notice")
    entry = _entries("document.made")[0]
    assert entry.data["sha256"] == hashlib.sha256(data).hexdigest() == _documents()[0].sha256
    assert "Küche" not in str(entry.data)


def test_what_a_document_was_made_from_is_forgotten_once_it_is_there(awarded, office):
    office.made(awarded, "award_notice")
    document = _documents()[0]
    assert document.content == {}
    assert document.pages == len(pages_of(store.place(document.key).read_bytes())) >= 2


def test_pages_are_counted_without_the_reader_of_all_pdfs_and_as_it_counts_them(awarded, office, monkeypatch):
    data = office.made(awarded, "award_notice")
    with monkeypatch.context() as patch:
        patch.setattr(press, "pikepdf", None)
        counted = press.count_pages(data)
    elsewise = b"\n" + data  # no longer as we begin
    assert counted == press.count_pages(elsewise) == len(pages_of(data))


def test_the_same_content_gives_the_same_bytes(awarded, office):
    assert office.set(awarded, "award_notice") == office.set(awarded, "award_notice")


def test_a_change_makes_a_second_document_and_keeps_the_first(awarded, office):
    office.made(awarded, "award_notice")
    with transaction():
        awarded.round.use_within_days = 21
    office.made(awarded, "award_notice")
    first, second = _documents()
    assert first.sha256 != second.sha256
    assert store.place(first.key).is_file()


def test_making_anew_without_a_change_says_so(awarded, office, make):
    office.made(awarded, "award_notice")
    with pytest.raises(RuleBroken, match="up to date"), transaction():
        operations.ask_again(awarded, DocumentKind.AWARD_NOTICE, make.person("coordinator"))


def test_what_does_not_exist_cannot_be_written_about(awarded, make):
    with pytest.raises(RuleBroken, match="nothing yet"), transaction():
        operations.ask_again(awarded, DocumentKind.CLOSING_NOTICE, make.person("coordinator"))


def test_a_worker_that_dies_while_setting_leaves_nothing_half_done(awarded, office, monkeypatch):
    office.ask(awarded, "award_notice")
    monkeypatch.setattr(operations.press, "pdf", _die)
    with pytest.raises(KeyboardInterrupt):
        operations.make()
    db.session.rollback()
    assert _documents()[0].state is DocumentState.WAITING
    monkeypatch.undo()
    assert operations.make() == 0  # the lease of the dead worker still runs
    clock.set(clock.now() + operations.LEASE)
    assert operations.make() == 1


def test_a_worker_that_dies_between_file_and_row_only_delays(awarded, office, monkeypatch):
    office.ask(awarded, "award_notice")
    monkeypatch.setattr(operations, "_finish", _die)
    with pytest.raises(KeyboardInterrupt):
        operations.make()
    db.session.rollback()
    monkeypatch.undo()
    clock.set(clock.now() + operations.LEASE)
    assert operations.make() == 1
    assert store.place(_documents()[0].key).is_file()


def test_a_document_that_can_never_be_set_is_given_up_and_can_be_asked_for_again(awarded, office, monkeypatch):
    office.ask(awarded, "award_notice")
    monkeypatch.setattr(operations.press, "pdf", _refuse)
    for _turn in range(operations.TRIES):
        operations.make()
        clock.set(clock.now() + operations.LEASE * 3)
    document = _documents()[0]
    assert document.state is DocumentState.FAILED
    assert len(_entries("document.failed")) == 1
    monkeypatch.undo()
    assert office.ask(awarded, "award_notice") == [document]
    assert operations.make() == 1


def test_two_workers_make_one_document(awarded, office):
    office.ask(awarded, "award_notice")
    number = _documents()[0].id
    db.session.rollback()
    assert operations._make(number) == 1
    assert operations._finish(number, _kept(b"%PDF"), b"%PDF") == 0
    assert len(list(store.folder().rglob("*.pdf"))) == 1


def test_files_that_belong_to_nobody_are_swept_after_a_day(awarded, office, monkeypatch):
    office.made(awarded, "award_notice")
    stray = store.place(_kept(b"%PDF"))
    monkeypatch.setattr(folders, "A_DAY", -1)
    jobs.sweep_files()
    assert not stray.exists()
    assert store.place(_documents()[0].key).is_file()


def test_leads_hear_of_decisions_in_their_language_once(make):
    project = make.project(status="awarded", lead=make.person("lead", language="en"), mentor=make.person("mentor"))
    make.award(project)
    _move(project, Status.AWARDED)
    jobs.make_waiting()
    journal.deliver()
    letters = db.session.scalars(sa.select(Letter).where(Letter.key.contains("document_ready"))).all()
    assert [letter.language for letter in letters] == ["en"]
    assert f"/en/desk/projects/{project.id}/documents" in letters[0].text
    assert "Only the German version is legally binding." in letters[0].text


def test_an_agreement_needs_no_letter(awarded, office):
    office.made(awarded, "mentoring_agreement")
    journal.deliver()
    assert db.session.scalars(sa.select(Letter).where(Letter.key.contains("document_ready"))).all() == []


def test_nothing_is_leased_when_nothing_waits(app, queries):
    with queries(at_most=1):
        assert operations.make() == 0


def test_it_works_on_both_databases(any_database, make, office):
    project = make.project(status="awarded", lead=make.person("lead"), mentor=make.person("mentor"))
    make.award(project)
    assert office.made(project, "award_notice").startswith(b"%PDF")


def _die(*_args, **_options):
    raise KeyboardInterrupt


def _refuse(*_args, **_options):
    raise press.CannotPrint("broken")


def _kept(data):
    key = store.new_key()
    store.write(key, data)
    return key
