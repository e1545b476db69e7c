"""A deputy: nobody is left without somebody who may sign."""

import pytest

from incubator.budgets import (
    operations,
    operations_change,
    operations_deputy,
    queries,
    queries_approval,
    queries_deputy,
)
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.journal.queries import of_project
from incubator.letters.models import Letter
from incubator.policy import Act, allows
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part


@pytest.fixture
def coordinator(make):
    return make.person("coordinator")


@pytest.fixture
def project(make):
    """A budget that nobody can approve: its only mentor sits on the carrier's board."""
    project = make.project("budget_review")
    make.plan(project, grant=4_000_00, state="submitted")
    make.affiliation(project.mentors[0], project.carrier, "board")
    return project


def name(project, by, person, reason="Alle Mentor:innen sind befangen."):
    with transaction():
        return operations_deputy.name_deputy(project, by, person, reason)


def test_a_deputy_approves_where_everybody_else_is_excluded(make, project, coordinator):
    plan, deputy = queries.current_plan(project.id), make.person("administrator")
    assert queries_approval.signatures(plan, clock.today()).is_deadlocked
    name(project, coordinator, deputy)
    assert queries_approval.signatures(plan, clock.today()).free == [deputy]
    with transaction():
        approval = operations.sign_off(plan, deputy, plan_hash=plan.content_hash, no_conflict=True)
    assert (approval.role, project.status) == ("deputy", Status.BUDGET_APPROVED)


def test_a_deputy_may_do_what_mentors_do_and_only_here(make, project, coordinator):
    deputy, other = make.person("administrator"), make.project("active")
    name(project, coordinator, deputy)
    for act in (Act.APPROVE_BUDGET, Act.APPROVE_CHANGE, Act.CHECK_RECEIPT, Act.SEE_PROJECT, Act.DECLARE_CONFLICT):
        assert allows(act, deputy, project)
        assert not allows(act, deputy, other)
    assert not allows(Act.EDIT_BUDGET, deputy, project)


def test_a_deputy_agrees_to_a_change(make, coordinator):
    project = make.project("active", mentor=None)
    make.award(project, grant=4_000_00)
    fees, material = queries.current_plan(project.id).costs
    with transaction():
        change = operations_change.shift(project, project.leads[0], reason="So.", lines=[
            (fees.root_id, fees.amount_cents + 1_000_00), (material.root_id, material.amount_cents - 1_000_00)])
    deputy = make.person("coordinator")
    name(project, coordinator, deputy)
    with transaction():
        operations_change.approve_change(change, deputy, change.new_plan.content_hash, True)
    assert queries.current_plan(project.id) is change.new_plan


def test_the_team_is_never_a_deputy(make, project, coordinator):
    member = make.person("mentor")
    own = make.project("active", members=(member,))
    with pytest.raises(RuleBroken, match="team"):
        name(own, coordinator, member)
    assert member not in queries_deputy.candidates(own, clock.today())


def test_nobody_with_ties_is_a_deputy(make, project, coordinator):
    for role in ("board", "employee", "relative", "contact"):
        tied = make.person("mentor")
        make.affiliation(tied, project.carrier, role)
        with pytest.raises(RuleBroken):
            name(project, coordinator, tied)
        assert tied not in queries_deputy.candidates(project, clock.today())


def test_somebody_who_declared_a_conflict_is_no_deputy(make, project, coordinator):
    person = make.person("mentor")
    with transaction():
        operations.declare(project, person, Act.APPROVE_BUDGET, True)
    with pytest.raises(RuleBroken, match="conflict"):
        name(project, coordinator, person)


def test_only_people_of_the_city_are_named(make, project, coordinator):
    for person in (make.person(), make.person("partner"), make.person("lead"), make.person("mentor", is_active=False)):
        with pytest.raises(RuleBroken):
            name(project, coordinator, person)


def test_nobody_names_themselves(project, coordinator):
    with pytest.raises(RuleBroken, match="themselves"):
        name(project, coordinator, coordinator)


def test_a_reason_is_kept_and_not_in_the_journal(make, project, coordinator):
    part = name(project, coordinator, make.person("mentor"), "Beide sitzen im Vorstand.")
    assert queries_deputy.reasons(project.id)[part.id].text == "Beide sitzen im Vorstand."
    entry = of_project(project.id, ["deputy.named"])[0]
    assert "Vorstand" not in str(entry.data)
    with pytest.raises(RuleBroken, match="why"):
        name(project, coordinator, make.person("mentor"), " ")


def test_a_mentor_of_the_project_needs_no_other_part(make, coordinator):
    project = make.project("active")
    assert project.mentors[0] not in queries_deputy.candidates(project, clock.today())
    with pytest.raises(RuleBroken, match="mentor"):
        name(project, coordinator, project.mentors[0])


def test_a_deputy_is_named_once(make, project, coordinator):
    deputy = make.person("mentor")
    name(project, coordinator, deputy)
    with pytest.raises(RuleBroken, match="already"):
        name(project, coordinator, deputy)


def test_a_deputys_part_ends_and_what_was_signed_stays(make, project, coordinator):
    plan, deputy = queries.current_plan(project.id), make.person("administrator")
    part = name(project, coordinator, deputy)
    with transaction():
        operations.sign_off(plan, deputy, plan_hash=plan.content_hash, no_conflict=True)
    with transaction():
        operations_deputy.end_deputy(part, coordinator)
    assert project.people(Part.DEPUTY) == []
    assert len(queries.approvals(plan)) == 1
    assert not allows(Act.SEE_PROJECT, deputy, project)
    with pytest.raises(RuleBroken), transaction():
        operations_deputy.end_deputy(part, coordinator)


def test_a_deputy_gets_a_letter(make, project, coordinator):
    deputy = make.person("mentor", language="en")
    name(project, coordinator, deputy)
    while deliver():
        pass
    letter = Letter.query.filter_by(address=deputy.mail).one()  # and not another one about a team
    assert f"/en/desk/projects/{project.id}" in letter.text
    assert project.title in letter.subject


def test_the_page_offers_only_free_people_and_names_one(make, visit, project, coordinator):
    free, tied = make.person("mentor", name="Frei Demo"), make.person("mentor", name="Gebunden Demo")
    make.affiliation(tied, project.carrier, "board")
    path = f"/de/desk/projects/{project.id}/deputy"
    page = visit(coordinator).get(path)
    assert "Frei Demo" in page.text
    assert "Gebunden Demo" not in page.text
    assert visit(coordinator).post(path, {"person": free.id, "reason": "Befangen."}).status == 303
    assert project.people(Part.DEPUTY) == [free]
    forced = visit(coordinator).post(path, {"person": tied.id, "reason": "Trotzdem."})
    assert forced.status == 422


def test_a_deadlocked_budget_offers_a_deputy_to_the_coordination(visit, project, coordinator):
    way = f"a[href='/de/desk/projects/{project.id}/deputy']"
    assert visit(coordinator).get(f"/de/desk/projects/{project.id}/budget").soup.select(way)
    assert not visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/budget").soup.select(way)
