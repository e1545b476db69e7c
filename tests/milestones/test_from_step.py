"""What was agreed in a talk becomes a milestone."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations as mentoring
from incubator.mentoring.models import AgreedStep
from incubator.milestones import operations
from incubator.milestones.models import Milestone


@pytest.fixture
def step(make):
    project = make.project("mentoring")
    with transaction():
        mentoring.log_session(project, project.mentors[0], held_on=clock.today(), minutes=30, mode="phone",
                              kind="accompaniment", steps=[("Raum finden", project.leads[0], date(2026, 8, 1))])
    return AgreedStep.query.one()


def test_the_form_knows_what_was_agreed_and_the_step_is_settled(step, visit):
    browser = visit(step.project.leads[0])
    page = browser.get(f"/de/desk/projects/{step.project.id}/mentoring")
    assert f"/de/desk/steps/{step.id}/milestone" in page.text
    answer = browser.fill(f"/de/desk/steps/{step.id}/milestone")
    assert answer.location == f"/de/desk/projects/{step.project.id}/milestones"
    milestone = Milestone.query.one()
    assert (milestone.title, milestone.due_on, milestone.step_id) == ("Raum finden", date(2026, 8, 1), step.id)
    assert step.done_on == clock.today()


def test_a_step_becomes_one_milestone(step):
    known = {"title": "Raum finden", "due_on": date(2026, 8, 1)}
    with transaction():
        operations.plan_step(step, step.project.leads[0], **known)
    with pytest.raises(RuleBroken, match="already"), transaction():
        operations.plan_step(step, step.project.leads[0], **known)
    assert Milestone.query.count() == 1


def test_only_the_team_promises_results(step, make, visit):
    for person in (step.project.mentors[0], make.person("coordinator"), make.person()):
        assert visit(person).get(f"/de/desk/steps/{step.id}/milestone").status == 403
