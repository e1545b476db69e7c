"""What is over goes, and nothing before its time: ten years pass in a moment."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.letters.models import Letter
from incubator.media.models import Paper
from incubator.mentoring.models import Session
from incubator.privacy import jobs_retention, operations_retention, queries_retention
from incubator.privacy.operations_projects import NAMELESS
from incubator.projects import queries as projects
from incubator.projects.models import Participation, Project
from tests.payments import receipts

DAY = date(2026, 3, 1)


def after(years=0, days=0):
    clock.set(DAY.replace(year=DAY.year + years) + timedelta(days=days))


def numbers():
    return {each.key: len(each.ids) for each in queries_retention.dues()}


def _letter(state="sent"):
    now = clock.now()
    with transaction():
        db.session.add(Letter(key="k", address="a@example.org", language="de", subject="s", text="t", state=state,
                              message_id="<1@x>", due_at=now, written_at=now, sent_at=now if state == "sent" else None))


def test_letters_stay_a_year_after_they_arrived(app):
    _letter()
    after(days=365)
    assert numbers()["letters"] == 0
    after(days=367)
    assert operations_retention.forget_due()["letters"] == 1
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == 0


def test_a_letter_that_was_never_sent_waits(app):
    _letter("waiting")
    after(years=3)
    assert numbers()["letters"] == 0


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "lapsed"])
def test_a_project_without_money_is_empty_after_the_years_of_its_round(make, status):
    project = make.project(status, title="Tanz im Park", round=make.round(retention_rejected_years=2))
    make.session(project, make.person("mentor"))
    after(years=2)
    assert numbers()["unawarded"] == 0
    after(years=2, days=1)
    assert operations_retention.forget_due() == {"unawarded": 1}
    assert (project.title, project.need, project.slug) == (NAMELESS, "", f"forgotten-{project.id}")
    assert db.session.scalar(sa.select(sa.func.count(Participation.id))) == 0
    assert operations_retention.forget_due() == {}


def test_each_round_has_its_own_years(make):
    make.project("rejected", round=make.round(retention_rejected_years=5))
    after(years=4)
    assert numbers()["unawarded"] == 0


@pytest.mark.parametrize("status", ["draft", "active", "completed", "recovery"])
def test_what_goes_on_or_got_money_is_not_emptied(make, status):
    make.project(status)
    after(years=9)
    assert numbers()["unawarded"] == 0


def test_papers_and_notes_stay_ten_years_and_sums_for_good(any_database, make):
    lead = make.person("lead")
    project = make.project("active", lead=lead)
    make.award(project)
    receipt = receipts.enter(project, lead, amount_cents=20_00)
    make.session(project, lead, confidential_notes="Streit im Team")
    with transaction():
        project.status = "completed"
    after(years=10)
    assert numbers()["papers"] == 0
    after(years=10, days=1)
    assert operations_retention.forget_due()["papers"] == 1
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 0
    assert (receipt.payee, receipt.amount_cents) == (NAMELESS, 20_00)
    assert [each.confidential_notes for each in db.session.scalars(sa.select(Session))] == [NAMELESS]
    assert project.title == "Projekt 1" and project.summary
    assert numbers()["papers"] == 0


def test_accounts_in_which_nothing_happens_go_after_ten_years(any_database, make):
    sleeping, awake, chief = make.person(), make.person(), make.person("coordinator", "administrator")
    after(years=9)
    with transaction():
        record("account.changed", awake, awake)
    after(years=10, days=1)
    assert operations_retention.forget_due() == {"accounts": 1}
    assert (sleeping.mail, bool(awake.mail), bool(chief.mail)) == (None, True, True)


def test_the_book_holds_after_everything_is_gone(any_database, make):
    project = make.project("rejected")
    with transaction():
        record("project.moved", None, project, action="reject")
    after(years=11)
    operations_retention.forget_due()
    assert journal.verify().found == () and list(projects.altered_reasons()) == []


def test_the_night_does_it_once_a_day(make, monkeypatch):
    done = []
    monkeypatch.setattr(operations_retention, "forget_due", lambda: done.append(clock.today()))
    for _tick in range(3):
        jobs_retention.forget_what_is_over()
    after(days=1)
    jobs_retention.forget_what_is_over()
    assert done == [DAY, DAY + timedelta(days=1)]


def test_nobody_is_forgotten_by_looking(app, make):
    project = make.project("rejected", title="Tanz im Park")
    after(years=3)
    said = app.test_cli_runner().invoke(args=["privacy", "due"]).output
    assert "unawarded         1, the oldest of 2026-03-01" in said
    assert db.session.get(Project, project.id).title == "Tanz im Park"
    assert app.test_cli_runner().invoke(args=["privacy", "forget"]).output == "1 unawarded\n"
