"""Planning, beginning, foreseeing and cancelling milestones."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.milestones import operations, queries, rules
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status

PERIOD = {"starts_on": date(2026, 3, 10), "ends_on": date(2026, 12, 31)}


@pytest.fixture
def project(make):
    return make.project("mentoring", **PERIOD)


def do(operation, *args, **fields):
    with transaction():
        return operation(*args, **fields)


def plan(project, on="2026-05-01", **fields):
    return do(operations.plan, project, project.leads[0], **{"title": "Die Küche ist offen",
                                                             "due_on": date.fromisoformat(on)} | fields)


def entries(action):
    return db.session.scalars(sa.select(Entry).where(Entry.action == action)).all()


def test_a_planned_milestone_is_expected_on_the_day_it_is_due(project):
    milestone = plan(project)
    assert milestone.forecast_on == milestone.due_on == date(2026, 5, 1)
    assert milestone.language == project.language
    assert entries("milestone.planned")[0].data["due_on"] == "2026-05-01"


@pytest.mark.parametrize("on", ["2026-03-09", "2027-01-01"])
def test_a_milestone_lies_within_the_period_of_the_project(project, on):
    with pytest.raises(RuleBroken) as refused:
        plan(project, on)
    assert refused.value.field == "due_on"


def test_without_own_days_the_period_of_the_round_counts(make):
    project = make.project("mentoring", starts_on=None, ends_on=None)
    with pytest.raises(RuleBroken):
        plan(project, "2027-07-01")
    assert plan(project, "2027-06-30")


@pytest.mark.parametrize("status", ["draft", "submitted", "suspended", "reporting", "completed", "withdrawn"])
def test_milestones_are_planned_between_mentoring_and_the_start(make, status):
    with pytest.raises(RuleBroken):
        plan(make.project(status, **PERIOD))


@pytest.mark.parametrize("status", ["mentoring", "budget_review", "budget_approved", "waitlisted", "awarded"])
def test_until_the_start_one_more_can_be_planned(make, status):
    assert plan(make.project(status, **PERIOD))


def test_an_active_project_without_any_agreed_milestone_may_still_plan_all_of_them(make):
    project = make.project("active", **PERIOD)
    assert plan(project) and plan(project)


def test_what_was_agreed_before_the_start_stays_the_whole_plan(make):
    project = make.project("active", **PERIOD)
    make.milestone(project)
    with pytest.raises(RuleBroken):
        plan(project)


def test_after_the_award_the_promise_is_not_changed(make):
    project = make.project("awarded", **PERIOD)
    milestone = make.milestone(project)
    with pytest.raises(RuleBroken):
        do(operations.change, milestone, project.leads[0], title="Etwas anderes")
    with pytest.raises(RuleBroken):
        do(operations.remove, milestone, project.leads[0])


def test_a_milestone_waits_only_for_one_of_its_own_project_that_is_due_before(make, project):
    early, late = plan(project, "2026-04-01"), plan(project, "2026-06-01")
    assert plan(project, "2026-04-01", needs=early).needs_id == early.id
    with pytest.raises(RuleBroken) as refused:
        plan(project, "2026-05-01", needs=late)
    assert refused.value.field == "due_on"
    with pytest.raises(RuleBroken) as refused:
        plan(project, "2026-12-01", needs=make.milestone(make.project("mentoring")))
    assert refused.value.field == "needs_id"


def test_milestones_do_not_wait_in_a_circle(project):
    first = plan(project)
    second = plan(project, needs=first)
    with pytest.raises(RuleBroken) as refused:
        do(operations.change, first, None, needs=second)
    assert refused.value.field == "needs_id"


def test_a_milestone_is_not_put_behind_one_that_waits_for_it(project):
    first = plan(project, "2026-04-01")
    plan(project, "2026-05-01", needs=first)
    with pytest.raises(RuleBroken):
        do(operations.change, first, None, due_on=date(2026, 5, 2))
    do(operations.change, first, None, due_on=date(2026, 5, 1))
    assert first.forecast_on == date(2026, 5, 1)


def test_only_one_milestone_releases_the_second_instalment(project):
    first = plan(project, is_gate=True)
    second = plan(project, is_gate=True)
    assert (first.is_gate, second.is_gate) == (False, True)


def test_a_round_with_one_instalment_knows_no_gate(make):
    project = make.project("mentoring", round=make.round(instalments_pct=[100]), **PERIOD)
    assert not plan(project, is_gate=True).is_gate


def test_who_saves_an_old_form_sees_both_versions(project):
    milestone = plan(project)
    old = milestone.version
    do(operations.change, milestone, None, title="Neu", version=old)
    with pytest.raises(Stale) as stale:
        do(operations.change, milestone, None, title="Anders", version=old)
    assert stale.value.current["title"] == "Neu"


def test_who_waited_for_a_removed_one_waits_for_what_that_waited_for(project):
    first = plan(project)
    second = plan(project, needs=first)
    third = plan(project, needs=second)
    do(operations.remove, second, None)
    assert third.needs_id == first.id
    assert len(queries.milestones(project.id)) == 2


def test_work_begins_only_while_the_project_is_active(make):
    milestone = make.milestone(make.project("active"))
    do(operations.start, milestone, None)
    assert milestone.status is MilestoneStatus.IN_PROGRESS
    with pytest.raises(RuleBroken):
        do(operations.start, milestone, None)
    with pytest.raises(RuleBroken):
        do(operations.start, make.milestone(make.project("awarded")), None)


def test_a_slip_moves_those_that_wait_and_keeps_the_promise(make):
    project = make.project("active")
    first = make.milestone(project, due_on=date(2026, 5, 1))
    second = make.milestone(project, due_on=date(2026, 6, 1), needs_id=first.id)
    reached = make.milestone(project, status="accepted", due_on=date(2026, 6, 1), needs_id=first.id)
    moved = do(operations.forecast, first, None, date(2026, 5, 8))
    assert {each.id for each in moved} == {first.id, second.id}
    assert (second.forecast_on, second.due_on) == (date(2026, 6, 8), date(2026, 6, 1))
    assert reached.forecast_on == date(2026, 6, 1)
    assert {entry.data["because"] for entry in entries("milestone.forecast")} == {first.id}


def test_nobody_expects_the_past(make):
    with pytest.raises(RuleBroken):
        do(operations.forecast, make.milestone(make.project("active")), None, date(2026, 2, 28))


def test_a_cancelled_milestone_keeps_its_reason_and_does_not_count(make):
    project = make.project("active")
    milestone, other = make.milestone(project, weight=3), make.milestone(project, status="accepted")
    with pytest.raises(RuleBroken):
        do(operations.cancel, milestone, make.person("coordinator"), " ")
    make.milestone(project)
    do(operations.cancel, milestone, make.person("coordinator"), "Kein Raum")
    assert milestone.cancel_reason == "Kein Raum"
    left = queries.milestones(project.id)
    assert rules.percent_reached((each.status, each.weight) for each in left) == 50
    assert other.status is MilestoneStatus.ACCEPTED


def test_cancelling_the_last_open_one_opens_the_final_report(make):
    project = make.project("active")
    make.milestone(project, status="accepted")
    do(operations.cancel, make.milestone(project), make.person("coordinator"), "Kein Raum")
    assert project.status is Status.REPORTING


def test_planning_holds_on_both_databases(any_database, make):
    project = make.project("mentoring", **PERIOD)
    first = plan(project)
    plan(project, needs=first)
    do(operations.change, first, None, title="Neu")
    assert [each.title for each in queries.milestones(project.id)] == ["Neu", "Die Küche ist offen"]


def test_a_team_that_still_plans_sees_one_main_button(make, visit):
    project = make.project("active")
    visitor = visit(project.leads[0])
    for title in ("Eröffnung", "Fest"):
        visitor.fill(f"/de/desk/projects/{project.id}/milestones/plan", title=title, due_on=str(project.ends_on))
    soup = visitor.get(f"/de/desk/projects/{project.id}/milestones").soup
    assert soup.select("main a[href$='/milestones/plan']")
    assert len(soup.select("main .kern-btn--primary")) == 1
