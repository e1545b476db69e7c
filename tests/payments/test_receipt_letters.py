"""Who hears of receipts: mentors at most once a day, teams of each question and cut."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.payments import jobs_receipts as jobs
from incubator.payments import operations_receipts as operations
from tests.payments.receipts import act, enter, spending


@pytest.fixture
def project(make):
    return spending(make)


def written(person):
    return db.session.scalars(sa.select(Letter.subject).where(Letter.address == person.mail).order_by(Letter.id)).all()


def later(hours):
    clock.set(clock.now() + timedelta(hours=hours))
    jobs.tell_of_receipts_that_wait()


def test_ten_receipts_in_a_row_are_one_letter(project):
    mentor = project.mentors[0]
    for _ in range(10):
        enter(project)
    later(0)
    assert written(mentor) == []
    later(1)
    later(1)
    text = db.session.scalar(sa.select(Letter.text))
    assert len(written(mentor)) == 1
    assert f"/de/desk/projects/{project.id}/receipts/check" in text


def test_new_receipts_are_told_of_the_next_day_and_old_ones_never_again(project):
    mentor = project.mentors[0]
    enter(project)
    later(1)
    enter(project)
    later(2)
    assert len(written(mentor)) == 1
    later(23)
    assert len(written(mentor)) == 2
    later(48)
    assert len(written(mentor)) == 2


def test_whoever_is_excluded_hears_nothing(project, make):
    make.affiliation(project.mentors[0], project.carrier)
    enter(project)
    later(1)
    assert written(project.mentors[0]) == []


def test_the_lead_hears_of_a_question_and_of_a_cut_and_the_mentor_of_the_answer(project):
    lead, mentor, receipt = project.leads[0], project.mentors[0], enter(project)
    act(operations.ask_back, receipt, mentor, "Geheime Frage?")
    deliver()
    act(operations.answer, receipt, lead, "Geheime Antwort.")
    deliver()
    act(operations.cut, receipt, mentor, 10_00, "Geheimer Grund.")
    deliver()
    assert (len(written(lead)), len(written(mentor))) == (2, 1)
    assert "Geheim" not in "".join(db.session.scalars(sa.select(Letter.text)))
