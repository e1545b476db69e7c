"""Writing talks down, and what nobody of the team may read."""

from datetime import date, timedelta

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.mentoring import operations, queries

TALK = {"minutes": 45, "mode": "on_site", "kind": "initial_consultation", "shared_notes": "Zeitplan besprochen."}


def log(project, **fields):
    with transaction():
        return operations.log_session(project, project.mentors[0], **({"held_on": clock.today()} | TALK | fields))


def test_a_talk_is_written_down_with_its_steps(make):
    project = make.project("mentoring")
    log(project, steps=[("Raum suchen", "Team", date(2026, 3, 9)), ("Preise holen", "", None)])
    assert [step.what for step in queries.open_steps(project.id)] == ["Raum suchen", "Preise holen"]
    assert queries.has_initial_consultation(project.id)


def test_the_journal_keeps_numbers_and_no_words(make):
    log(make.project("mentoring"), confidential_notes="Streit im Team")
    data = Entry.query.filter_by(action="session.logged").one().data
    assert data == {"kind": "initial_consultation", "held_on": "2026-03-01", "minutes": 45, "steps": 0}


def test_a_talk_in_the_future_is_refused(make):
    with pytest.raises(RuleBroken) as broken:
        log(make.project("mentoring"), held_on=clock.today() + timedelta(days=1))
    assert broken.value.field == "held_on"


@pytest.mark.parametrize("minutes", [0, -5, 721])
def test_a_talk_has_a_length_that_can_be(make, minutes):
    with pytest.raises(RuleBroken):
        log(make.project("mentoring"), minutes=minutes)


def test_six_steps_are_too_many(make):
    with pytest.raises(RuleBroken):
        log(make.project("mentoring"), steps=[("Etwas", "", None)] * 6)


def test_before_the_admission_there_are_no_talks(make):
    project = make.project("submitted", mentor=make.person("mentor"))
    with pytest.raises(RuleBroken, match="admission"):
        log(project)


def test_a_step_is_finished_once(make):
    project = make.project("mentoring")
    log(project, steps=[("Raum suchen", "Team", None)])
    step = queries.open_steps(project.id)[0]
    with transaction():
        operations.finish_step(step, project.leads[0])
    assert step.done_on == clock.today()
    with pytest.raises(RuleBroken), transaction():
        operations.finish_step(step, project.leads[0])
