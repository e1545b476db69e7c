"""Mentoring on both kinds of database."""

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations, queries
from incubator.projects.lifecycle import Status


def test_from_the_question_to_the_first_talk(any_database, make):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), make.person("coordinator")
    assert [each.person for each in queries.candidates(project, clock.today())] == [mentor]
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
    assert queries.has_initial_consultation(project.id)
    with transaction():
        operations.finish_step(queries.open_steps(project.id)[0], mentor)
    assert queries.open_steps(project.id) == []
    assert queries.load(mentor.id, project.round_id) == 1
