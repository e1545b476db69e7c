"""Money moved between the lines of a decided budget (rule R8)."""

from datetime import date

import pytest

from incubator.budgets import operations_change, queries, queries_change, rules
from incubator.budgets.models import PlanState
from incubator.budgets.models_change import ChangeKind, ChangeState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.queries import of_project
from incubator.projects.lifecycle import Status


@pytest.fixture
def project(make):
    """An award with fees of 1,000.00 and material of 3,445.00."""
    project = make.project("active")
    award = make.award(project, grant=4_000_00)
    with transaction():
        fees, material = award.plan.costs
        fees.amount_cents, material.amount_cents = 1_000_00, 3_445_00
    return project


def roots(project):
    return [line.root_id for line in queries.current_plan(project.id).costs]


def shift(project, fees, material=None, reason="Die Kursleitung wird teurer."):
    material = 4_445_00 - fees if material is None else material
    with transaction():
        return operations_change.shift(
            project, project.leads[0], reason=reason, lines=list(zip(roots(project), (fees, material), strict=True)))


def amounts(project):
    return [line.amount_cents for line in queries.current_plan(project.id).costs]


def test_twenty_percent_is_noted_and_in_force_at_once(project):
    before = queries.current_plan(project.id)
    change = shift(project, 1_200_00)
    now = queries.current_plan(project.id)
    assert (change.state, change.new_plan, change.plan) == (ChangeState.NOTED, now, before)
    assert (now.state, before.state) == (PlanState.APPROVED, PlanState.SUPERSEDED)
    assert amounts(project) == [1_200_00, 3_245_00]
    assert (now.shift_of_id, now.content_hash) == (before.id, rules.content_hash(now))
    assert [entry.data["moved_cents"] for entry in of_project(project.id, ["change.noted"])] == [200_00]


def test_one_cent_more_waits_for_a_mentor(project):
    before = queries.current_plan(project.id)
    change = shift(project, 1_200_01)
    assert (change.state, change.new_plan.state) == (ChangeState.ASKED, PlanState.SUBMITTED)
    assert queries.current_plan(project.id) is before
    assert before.state is PlanState.APPROVED
    assert queries_change.open_change(project.id) is change


def test_many_small_shifts_do_not_add_up_to_a_large_one(project):
    assert shift(project, 1_150_00).state is ChangeState.NOTED
    assert shift(project, 1_200_00).state is ChangeState.NOTED
    assert shift(project, 1_250_00).state is ChangeState.ASKED


def test_what_went_back_may_come_again(project):
    for fees in (1_200_00, 1_000_00, 1_200_00):
        assert shift(project, fees).state is ChangeState.NOTED


def test_receipts_keep_their_line_through_all_versions(project):
    first = roots(project)
    shift(project, 1_100_00)
    shift(project, 1_150_00)
    assert roots(project) == first
    assert {line.id for line in queries.current_plan(project.id).costs}.isdisjoint(first)


def test_grant_and_financing_stay(project):
    before = queries.totals(queries.current_plan(project.id))
    shift(project, 1_100_00)
    after = queries.totals(queries.current_plan(project.id))
    assert after == before


def test_a_line_planned_at_zero_needs_consent_from_the_first_cent(project):
    with transaction():
        fees, material = queries.current_plan(project.id).costs
        fees.amount_cents, material.amount_cents = 0, 4_445_00
    assert shift(project, 1).state is ChangeState.ASKED


def test_the_total_never_changes(project):
    with pytest.raises(RuleBroken, match="too much"):
        shift(project, 1_100_00, 3_445_00)
    with pytest.raises(RuleBroken, match="missing"):
        shift(project, 900_00, 3_445_00)


def test_a_shift_that_changes_nothing_is_refused(project):
    with pytest.raises(RuleBroken, match="Nothing"):
        shift(project, 1_000_00)


def test_a_strange_line_is_refused(project):
    with pytest.raises(RuleBroken, match="not part"), transaction():
        operations_change.shift(project, project.leads[0], reason="So.", lines=[(987_654, 100)])


def test_volunteer_time_is_no_money_to_move(make):
    project = make.project("active")
    award = make.award(project)
    with transaction():
        award.plan.costs[1].kind, award.plan.costs[1].hours = "volunteer_time", 4
    line = award.plan.costs[1].root_id
    with pytest.raises(RuleBroken, match="not part"), transaction():
        operations_change.shift(project, project.leads[0], reason="So.", lines=[(line, 100)])


def test_a_shift_needs_a_reason(project):
    with pytest.raises(RuleBroken, match="why"):
        shift(project, 1_100_00, reason="  ")
    assert len(queries.plans(project.id)) == 1


def test_nothing_moves_while_a_change_waits(project):
    waiting = shift(project, 1_500_00)
    with pytest.raises(RuleBroken, match="waits"):
        shift(project, 1_100_00)
    with transaction():
        operations_change.withdraw_change(waiting, project.leads[0])
    assert shift(project, 1_100_00).state is ChangeState.NOTED


def test_a_request_that_was_taken_back_leaves_everything_as_it_was(project):
    before, waiting = queries.current_plan(project.id), shift(project, 1_500_00)
    with transaction():
        operations_change.withdraw_change(waiting, project.leads[0])
    assert (waiting.state, waiting.new_plan.state) == (ChangeState.WITHDRAWN, PlanState.SUPERSEDED)
    assert queries.current_plan(project.id) is before
    with pytest.raises(RuleBroken, match="already"), transaction():
        operations_change.withdraw_change(waiting, project.leads[0])


def test_an_old_form_shows_that_something_was_changed_meanwhile(project):
    edition = queries.edition(queries.current_plan(project.id))
    lines = list(zip(roots(project), (1_100_00, 3_345_00), strict=True))
    shift(project, 1_050_00)
    with pytest.raises(Stale), transaction():
        operations_change.shift(project, project.leads[0], lines=lines, reason="So.", version=edition)


@pytest.mark.parametrize("status", ["mentoring", "budget_approved", "reporting", "completed", "revoked"])
def test_money_is_moved_only_from_the_award_until_the_end(make, status):
    project = make.project(status)
    plan = make.plan(project, state="approved")
    lines = [(plan.costs[0].root_id, plan.costs[0].amount_cents + 1),
             (plan.costs[1].root_id, plan.costs[1].amount_cents - 1)]
    with pytest.raises(RuleBroken), transaction():
        operations_change.shift(project, project.leads[0], lines=lines, reason="So.")


def test_without_requests_a_round_notes_small_shifts_and_refuses_larger_ones(project):
    with transaction():
        project.round.asks_changes = False
    assert shift(project, 1_200_00).state is ChangeState.NOTED
    with pytest.raises(RuleBroken, match="at most"):
        shift(project, 1_200_01)


def test_the_rounds_own_limit_counts(project):
    with transaction():
        project.round.shift_limit_pct = 10
    assert shift(project, 1_100_00).state is ChangeState.NOTED
    assert shift(project, 1_100_01).state is ChangeState.ASKED


def test_a_waiting_change_is_taken_back_by_itself_when_the_award_is_revoked(project):
    waiting = shift(project, 1_500_00)
    with transaction():
        project.status, project.end_reason = Status.REVOKED, "Zweck verfehlt."
    with transaction():
        assert operations_change.withdraw_moot(project) == 1
    assert waiting.state is ChangeState.WITHDRAWN


def test_the_journal_holds_neither_reason_nor_names(project):
    shift(project, 1_500_00, reason="Geheimnis von Frau Demo")
    kept = " ".join(str(entry.data) for entry in of_project(project.id))
    assert "Geheimnis" not in kept
    assert db.session.get(type(project), project.id).ends_on == date(2026, 12, 31)
    assert queries_change.changes(project.id)[0].kind is ChangeKind.SHIFT
