"""From the request for money to the closing notice: each step makes its paper, through the operations people use."""

from datetime import date, timedelta

import sqlalchemy as sa

from incubator.closing import operations_check, operations_report
from incubator.documents import operations, store
from incubator.documents.models import Document
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.payments import operations_requests
from incubator.projects.lifecycle import Status
from tests.documents.reading import text_of


def _settle():
    journal.deliver()
    operations.make()
    journal.deliver()


def _papers(kind):
    found = db.session.scalars(sa.select(Document).where(Document.kind == kind).order_by(Document.id)).all()
    return {each.language: text_of(store.place(each.key).read_bytes()) for each in found}


def test_a_request_makes_its_paper_when_it_is_asked(make):
    project = make.project(status="active", lead=make.person("lead", language="en"), mentor=make.person("mentor"))
    make.award(project)
    with transaction():
        operations_requests.ask(project, project.leads[0], amount_cents=1_000_00, purpose="Material für den Garten",
                                needed_by=clock.today() + timedelta(days=7))
    _settle()
    papers = _papers("funds_request")
    assert "auszuzahlen: 1.000,00 €" in papers["de"]
    assert "Danach noch verfügbar 4.000,00 €" in papers["de"]
    assert "Left afterwards €4,000.00" in papers["en"]


def test_a_report_and_its_acceptance_make_theirs(make):
    project = make.project(status="reporting", lead=make.person("lead"), mentor=make.person("mentor"),
                           ends_on=date(2026, 2, 28))
    make.award(project)
    lead, mentor, second = project.leads[0], project.mentors[0], make.person("coordinator")
    with transaction():
        project.round.report_questions = ["Was ist gelungen?"]
    with transaction():
        operations_report.save_report(project, lead, answers={"0": "Ein Fest mit allen."})
        operations_report.submit_report(project, lead, nothing_spent=True)
    _settle()
    assert "Was ist gelungen? Ein Fest mit allen." in _papers("final_report")["de"]
    for person, note in ((mentor, "Alles gesehen."), (second, "")):
        with transaction():
            operations_check.sign(project, person, audit_note=note, no_conflict=True)
    _settle()
    assert project.status is Status.COMPLETED
    assert "Alles gesehen." in _papers("closing_notice")["de"]
    assert "Damit ist das Projekt abgeschlossen." in _papers("closing_notice")["de"]
