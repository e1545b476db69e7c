"""Mentoring on both kinds of database."""

import pytest

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations
from incubator.mentoring import queries as mentoring
from incubator.mentoring.models import AgreedStep
from incubator.projects.lifecycle import Status


def test_from_the_question_to_the_first_talk(any_database, make):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), make.person("coordinator")
    assert [each.person for each in mentoring.candidates(project, clock.today())] == [mentor]
    with transaction():
        asked = operations.propose(project, mentor, coordinator)
    with transaction():
        operations.accept(asked, mentor)
    with transaction():
        operations.admit(project, coordinator)
    with transaction():
        operations.log_session(project, mentor, held_on=clock.today(), minutes=60, mode="on_site",
                               kind="initial_consultation", steps=[("Raum suchen", mentor.name, None)])
    assert project.status is Status.MENTORING
    assert mentoring.has_initial_consultation(project.id)
    with transaction():
        operations.finish_step(mentoring.open_steps(project.id)[0], mentor)
    assert mentoring.open_steps(project.id) == []
    assert mentoring.load(mentor.id, project.round_id) == 1


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_the_project_is_held_before_its_step(any_database, make, queries):
    project = make.project("active")
    session = make.session(project, project.mentors[0])
    with transaction():
        step = AgreedStep(session=session, what="Raum suchen", who="", due_on=None)
        db.session.add(step)
    with queries() as counted, transaction():
        operations.finish_step(step, project.mentors[0])
    held = [each for each in counted if "FOR UPDATE" in each]
    assert ["FROM project" in each for each in held] == [True, False]
