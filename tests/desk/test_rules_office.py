"""What waits for the coordination and the mentors from the first round to the last report, from facts alone."""

from datetime import date

import pytest

from incubator.desk import rules
from incubator.desk.facts import PledgeFact, RoundFact, Urgency, WorkshopFact
from incubator.projects.models import Part
from tests.desk.test_rules import facts, led, mentored, project, tasks


def office(*projects, **known):
    return tasks(roles=frozenset({"coordinator"}), office=projects, **known)


@pytest.mark.parametrize(("signers", "expected"), [({}, []), ({1: 6}, ["closing.check"]), ({1: 5}, [])])
def test_the_coordinator_agrees_to_a_report_that_somebody_else_signed(signers, expected):
    assert office(project("report_submitted"), report_signers=signers) == expected


@pytest.mark.parametrize(("status", "expected"), [
    ("suspended", ["projects.resume"]), ("recovery", ["closing.recovery"]), ("completed", []),
])
def test_the_coordinator_is_told_what_rests(status, expected):
    assert office(project(status)) == expected


def test_a_new_coordinator_begins_with_a_round_and_then_opens_it():
    assert office(has_round=False) == ["programme.add_round"]
    assert office(planned_rounds=(RoundFact(3, "Runde"),)) == ["programme.round"]


def test_the_coordinator_answers_where_nobody_speaks_for_the_partner():
    offer = PledgeFact(4, 1, "Saal", "de", "Küche", "Verein")
    assert office(unspoken=(offer,)) == ["partners.answer_pledge"]
    assert office(unspoken=(offer,), projects=(project("active", kinds=frozenset({Part.MEMBER})),)) == []


@pytest.mark.parametrize("role", ["coordinator", "moderator"])
def test_what_came_out_of_a_workshop_is_written_by_whoever_may(role):
    (task,) = rules.tasks(facts(roles=frozenset({role}), workshops=(WorkshopFact(7, "Mehr Bänke", "de"),)))
    assert (task.endpoint, task.values, task.about) == ("dialogue.sum_up", {"workshop_id": 7}, "Mehr Bänke")


@pytest.mark.parametrize("role", ["coordinator", "moderator"])
def test_on_the_day_of_a_workshop_its_board_is_one_press_away(role):
    (task,) = rules.tasks(facts(roles=frozenset({role}), workshops=(WorkshopFact(7, "Mehr Bänke", "de", False),)))
    assert (task.endpoint, task.values) == ("boards.open_board", {"workshop_id": 7})


def test_the_first_talk_waits_for_the_mentor():
    (task,) = rules.tasks(facts(projects=mentored("mentoring")))
    assert (task.endpoint, task.urgency) == ("mentoring.log", Urgency.WAITED_FOR)


@pytest.mark.parametrize(("signers", "expected"), [({}, ["closing.check"]), ({1: 5}, []), ({1: 6}, [])])
def test_a_mentor_reads_the_final_report_first(signers, expected):
    assert tasks(projects=mentored("report_submitted"), report_signers=signers) == expected


def test_a_lead_writes_the_final_report():
    (task,) = rules.tasks(facts(projects=led("reporting", reports_due_on=date(2026, 2, 1))))
    assert (task.endpoint, task.urgency) == ("closing.report", Urgency.LATE)
