"""Two people at the same moment."""

import threading

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.milestones import operations, queries
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status


def side_by_side(app, *deeds):
    """Run deeds in threads that start together; return what each was refused with, or None."""
    gate, ends = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    deed()
            except RuleBroken as broken:
                ends[number] = broken

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return ends


def answered(milestone_id, by_id, operation, *args):
    milestone = queries.milestone(milestone_id)
    by = next(part.person for part in milestone.project.participations if part.person_id == by_id)
    operation(milestone, by, *args)


def test_one_report_is_answered_once(any_database, make):
    project = make.project("active")
    milestone = make.milestone(project, status="reported")
    number, mentor = milestone.id, project.mentors[0].id
    refused = side_by_side(
        any_database,
        lambda: answered(number, mentor, operations.accept),
        lambda: answered(number, mentor, operations.return_report, "Bitte ein Foto."),
    )
    assert len([each for each in refused if each is None]) == 1
    assert milestone.status in (MilestoneStatus.ACCEPTED, MilestoneStatus.RETURNED)


def test_the_last_two_accepted_at_once_open_the_final_report_once(any_database, make):
    project = make.project("active")
    numbers = [make.milestone(project, status="reported").id for _each in range(2)]
    mentor = project.mentors[0].id
    refused = side_by_side(
        any_database, *(lambda number=number: answered(number, mentor, operations.accept) for number in numbers)
    )
    assert refused == [None, None]
    assert project.status is Status.REPORTING
    moved = db.session.scalars(sa.select(Entry).where(Entry.action == "project.moved")).all()
    assert len(moved) == 1
