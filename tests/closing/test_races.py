"""Two people at the same moment at the end of a project, on both databases: it happens once."""

from datetime import date
from functools import partial

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.closing import operations, queries
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.payments import queries as payments
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from tests.closing.ends import accepted, signed, submitted

CUT = (2_250_00, (2_250_00, 2_130_00))


def count(action):
    return db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.action == action))


def test_two_second_people_at_the_same_moment_accept_a_report_once(make, at_once):
    number = signed(make, receipts=CUT).id
    people = [make.person("coordinator").id for _each in range(2)]

    def agree(person_id):
        operations.sign(projects.project(number), db.session.get_one(Person, person_id), no_conflict=True)

    answers = at_once(*(partial(agree, person) for person in people))
    db.session.rollback()
    assert answers.count("done") == 1
    assert projects.project(number).status is Status.RECOVERY
    assert (count("report.accepted"), count("recovery.asked")) == (1, 1)


def test_two_mentors_who_sign_first_at_the_same_moment_do_not_agree_with_each_other(make, at_once):
    project = submitted(make)
    number, mentor, other = project.id, project.mentors[0].id, make.person("mentor").id

    def sign(person_id, note):
        operations.sign(projects.project(number), db.session.get_one(Person, person_id), audit_note=note,
                        no_conflict=True)

    answers = at_once(partial(sign, mentor, "Von mir geprüft."), partial(sign, other, "Auch von mir."))
    db.session.rollback()
    assert answers.count("done") == 1
    assert projects.project(number).status is Status.REPORT_SUBMITTED


def test_money_that_two_people_note_at_the_same_moment_comes_back_once(make, at_once):
    number = accepted(make, receipts=CUT).id
    people = [make.person("coordinator").id for _each in range(2)]

    def settle(person_id):
        operations.settle(projects.project(number), db.session.get_one(Person, person_id), on=date(2026, 3, 1),
                          reference="KTO 4711")

    answers = at_once(*(partial(settle, person) for person in people))
    db.session.rollback()
    assert answers.count("done") == 1
    assert payments.balance(number).returned == 120_00
    assert queries.statement(projects.project(number)).recovery == 0
