"""What waits for whom, from facts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets.models import PlanState
from incubator.desk import rules
from incubator.desk.facts import (
    AssignmentFact,
    Facts,
    MilestoneFact,
    PlanFact,
    PledgeFact,
    ProjectFact,
    RoundFact,
    SignatureFact,
    Urgency,
)
from incubator.desk.rules_due import urgency
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part

TODAY = date(2026, 3, 1)
LEAD, MENTOR = frozenset({Part.LEAD}), frozenset({Part.MENTOR})


def project(status, **fields):
    defaults = {"id": 1, "slug": "p", "title": "Küche", "language": "de", "round_name": "Runde",
                "status_since": datetime(2026, 2, 1, tzinfo=UTC)}
    return ProjectFact(**(defaults | {"status": Status(status)} | fields))


def plan(state, **fields):
    defaults = {"project_id": 1, "lines": 2, "grant_cents": 4_000_00, "second_approval_above_cents": 5_000_00,
                "submitted_at": None, "return_reason": "", "project_title": "Küche", "project_language": "de",
                "project_status": Status.BUDGET_REVIEW}
    return PlanFact(**(defaults | {"state": PlanState(state)} | fields))


def milestone(status="planned", due=TODAY, **fields):
    defaults = {"id": 7, "project_id": 1, "title": "Eröffnung", "language": "de", "weight": 1, "return_reason": "",
                "project_title": "Küche", "project_language": "de", "project_status": Status.ACTIVE}
    return MilestoneFact(**(defaults | {"status": MilestoneStatus(status), "due_on": due} | fields))


def facts(**known):
    return Facts(person_id=5, today=TODAY, **known)


def tasks(**known):
    return [task.endpoint for task in rules.tasks(facts(**known))]


def led(status, **fields):
    return (project(status, kinds=LEAD, **fields),)


def mentored(status, **fields):
    return (project(status, kinds=MENTOR, **({"mentor_since": TODAY} | fields)),)


def test_nobody_without_work_has_tasks():
    assert tasks() == []


def test_a_lead_finishes_a_draft():
    (task,) = rules.tasks(facts(projects=led("draft", proposals_until=date(2026, 3, 5))))
    assert (task.endpoint, task.urgency, task.due) == ("projects.show", Urgency.SOON, date(2026, 3, 5))


def test_a_lead_completes_what_came_back():
    (task,) = rules.tasks(facts(projects=led("returned", return_reason="Ort fehlt", return_due_on=date(2026, 3, 20))))
    assert (task.detail, task.urgency) == ("Ort fehlt", Urgency.SOON)


@pytest.mark.parametrize("status", ["submitted", "budget_review", "budget_approved", "awarded", "completed"])
def test_a_lead_only_waits_while_others_decide(status):
    assert tasks(projects=led(status), milestones=(milestone("accepted"),)) == []


@pytest.mark.parametrize("status", ["budget_review", "budget_approved", "waitlisted", "awarded"])
def test_milestones_are_asked_for_before_the_award_fixes_them(status):
    assert tasks(projects=led(status)) == ["milestones.plan"]


@pytest.mark.parametrize(("newest", "expected"), [
    (None, "budgets.edit"),
    (plan("draft", lines=0), "budgets.edit"),
    (plan("draft"), "budgets.submit"),
    (plan("returned"), "budgets.edit"),
])
def test_a_lead_plans_changes_and_hands_in_the_budget(newest, expected):
    assert tasks(projects=led("mentoring"), plans={1: newest} if newest else {}) == [expected]


def test_members_and_mentors_are_not_told_the_leads_tasks():
    for kind in (Part.MEMBER, Part.MENTOR):
        one = project("draft", kinds=frozenset({kind}), mentor_since=TODAY)
        assert tasks(projects=(one,)) == []


def test_a_project_under_way_without_milestones_plans_them():
    assert tasks(projects=led("active")) == ["milestones.plan"]


@pytest.mark.parametrize(("days", "status", "expected"), [
    (15, "planned", []),
    (14, "planned", [Urgency.LATER]),
    (7, "in_progress", [Urgency.SOON]),
    (0, "planned", [Urgency.SOON]),
    (-1, "in_progress", [Urgency.LATE]),
    (-1, "reported", []),
    (-1, "accepted", []),
    (60, "returned", [Urgency.SOON]),
    (-1, "returned", [Urgency.LATE]),
])
def test_a_lead_reports_milestones_that_are_near(days, status, expected):
    found = rules.tasks(facts(projects=led("active"), milestones=(milestone(status, TODAY + timedelta(days=days)),)))
    assert [task.urgency for task in found] == expected
    assert {task.endpoint for task in found} <= {"milestones.report"}


def test_a_suspended_project_reports_nothing():
    paused = milestone(due=date(2026, 2, 1), project_status=Status.SUSPENDED)
    assert tasks(projects=led("suspended"), milestones=(paused,)) == []


def test_an_asked_mentor_answers():
    (task,) = rules.tasks(facts(assignments=(AssignmentFact(3, "Küche", "de"),)))
    assert (task.endpoint, task.values) == ("mentoring.answer", {"assignment_id": 3})


def test_a_mentor_checks_the_budget_once():
    waiting = plan("submitted")
    assert tasks(projects=mentored("budget_review"), plans={1: waiting}) == ["budgets.review"]
    assert tasks(projects=mentored("budget_review"), plans={1: replace(waiting, approved_by=frozenset({5}))}) == []


def test_who_has_a_conflict_is_not_asked():
    assert tasks(projects=mentored("budget_review"), plans={1: plan("submitted")}, excluded=frozenset({1})) == []


LARGE = plan("submitted", grant_cents=5_000_01, approved_by=frozenset({9}))


@pytest.mark.parametrize(("waiting", "expected"), [
    (LARGE, ["budgets.review"]),
    (replace(LARGE, grant_cents=5_000_00), []),
    (replace(LARGE, approved_by=frozenset()), []),
    (replace(LARGE, approved_by=frozenset({5, 9})), []),
    (replace(LARGE, project_status=Status.BUDGET_APPROVED), []),
])
def test_another_mentor_is_the_second_on_a_large_budget(waiting, expected):
    assert tasks(roles=frozenset({"mentor"}), plans={1: waiting}) == expected


def test_nobody_of_the_project_is_the_second():
    member = project("budget_review", kinds=frozenset({Part.MEMBER}))
    assert tasks(roles=frozenset({"mentor"}), projects=(member,), plans={1: LARGE}) == []


def test_a_mentor_looks_at_what_was_reported():
    assert tasks(projects=mentored("active"), milestones=(milestone("reported"),)) == ["milestones.review"]


@pytest.mark.parametrize(("last", "expected"), [
    (date(2026, 1, 30), []), (date(2026, 1, 29), ["mentoring.log"]), (None, ["mentoring.log"]),
])
def test_a_silent_mentor_is_reminded(last, expected):
    silent = mentored("mentoring", mentor_since=date(2026, 1, 1), mentor_silence_alert_days=30)
    assert tasks(projects=silent, last_talks={1: last} if last else {}) == expected


def test_silence_after_the_end_is_fine():
    assert tasks(projects=mentored("completed", mentor_since=date(2025, 1, 1))) == []


OFFICE = frozenset({"coordinator"})


@pytest.mark.parametrize(("one", "expected"), [
    (project("submitted"), {"projects.check"}),
    (project("submitted", declined=1), {"mentoring.propose"}),
    (project("submitted", asked=1), set()),
    (project("submitted", accepted=1), {"mentoring.admit"}),
    (project("mentoring", mentors=1, carrier_agreed_on=TODAY), set()),
    (project("mentoring", mentors=1), {"projects.carrier_agreement"}),
    (project("mentoring", carrier_agreed_on=TODAY), {"mentoring.propose"}),
    (project("budget_approved", mentors=1), {"budgets.decide"}),
    (project("awarded", mentors=1, award_final_on=TODAY), {"projects.start"}),
    (project("awarded", mentors=1, award_final_on=TODAY + timedelta(days=1)), set()),
    (project("active", mentors=1), set()),
])
def test_the_coordinator_moves_projects_on(one, expected):
    assert set(tasks(roles=OFFICE, office=(one,))) == expected
    assert tasks(office=(one,)) == []


def test_the_coordinator_decides_nothing_on_a_project_of_their_own():
    for status in ("submitted", "budget_approved", "awarded"):
        own = project(status, mentors=1, accepted=1, award_final_on=TODAY)
        mine = replace(own, kinds=frozenset({Part.MEMBER}))
        assert tasks(roles=OFFICE, office=(own,), projects=(mine,)) == []


def test_the_coordinator_signs_and_agrees():
    found = tasks(roles=OFFICE, signatures=(SignatureFact(1, "Küche", "de"),),
                  round_changes=(RoundFact(4, "Runde"),))
    assert sorted(found) == ["programme.decide_change", "projects.revoke"]


@pytest.mark.parametrize(("days", "status", "expected"), [
    (14, "planned", []), (15, "planned", ["milestones.show"]), (15, "returned", ["milestones.show"]),
    (15, "reported", []), (15, "accepted", []),
])
def test_the_coordinator_hears_of_what_is_long_late(days, status, expected):
    late = milestone(status, TODAY - timedelta(days=days))
    assert tasks(roles=OFFICE, milestones=(late,)) == expected


def test_a_partner_answers_for_a_pledge():
    (task,) = rules.tasks(facts(pledges=(PledgeFact(6, 1, "Saal", "de", "Küche", "Treff"),)))
    assert (task.endpoint, task.values) == ("partners.answer_pledge", {"pledge_id": 6})


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(days, days)
def test_urgency_grows_as_the_day_comes_nearer(one, other):
    earlier, later = sorted((one, other))
    assert urgency(earlier, TODAY) <= urgency(later, TODAY)


@given(st.lists(st.tuples(st.sampled_from(MilestoneStatus), days), max_size=8))
def test_tasks_stand_in_order_of_urgency(planned):
    milestones = tuple(milestone(status, due, id=number) for number, (status, due) in enumerate(planned, 1))
    found = rules.tasks(facts(projects=led("active"), milestones=milestones))
    assert [task.urgency for task in found] == sorted(task.urgency for task in found)
    for urgent in Urgency:
        due = [task.due for task in found if task.urgency is urgent and task.due]
        assert due == sorted(due)
