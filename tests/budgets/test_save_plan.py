"""Writing a budget: drafts, versions, editors."""

import pytest

from incubator.budgets import operations, queries
from incubator.budgets.models import CostKind, FinancingKind, PlanState
from incubator.budgets.queries_approval import editors_of
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.queries import of_project

COSTS = [
    {"kind": CostKind.FEES, "purpose": "Kursleitung", "amount_cents": 3_000_00},
    {"kind": CostKind.VOLUNTEER_TIME, "purpose": "Küche", "hours": 20},
]
FINANCING = [
    {"kind": FinancingKind.GRANT, "amount_cents": 2_700_00},
    {"kind": FinancingKind.OWN_FUNDS, "amount_cents": 300_00},
    {"kind": FinancingKind.VOLUNTEER_TIME, "amount_cents": 300_00},
]


def save(project, by, **options):
    with transaction():
        return operations.save_plan(project, by, **({"costs": COSTS, "financing": FINANCING} | options))


@pytest.fixture
def project(make):
    return make.project("mentoring")


@pytest.fixture
def lead(project):
    return project.leads[0]


def test_volunteer_time_is_valued_at_the_rounds_rate(project, lead):
    plan = save(project, lead)
    assert queries.totals(plan).volunteer_costs == 20 * 15_00
    assert queries.totals(plan).costs == queries.totals(plan).financing == 3_300_00


def test_an_unfinished_plan_is_saved_all_the_same(project, lead):
    assert save(project, lead, financing=[]).state is PlanState.DRAFT


def test_saving_again_changes_the_same_draft(project, lead):
    first = save(project, lead)
    second = save(project, lead, costs=COSTS[:1], financing=[])
    assert first.id == second.id
    assert [line.kind for line in second.costs] == [CostKind.FEES]
    assert second.financing == []


def test_a_plan_of_an_older_page_is_refused_and_what_is_stored_is_told(project, lead):
    drawn = queries.edition(save(project, lead))
    save(project, lead, explanation="Neu gerechnet.", version=drawn)
    with pytest.raises(Stale) as refused:
        save(project, lead, version=drawn)
    assert refused.value.current["explanation"] == "Neu gerechnet."
    assert "Kursleitung" in refused.value.current["costs"]


def test_two_first_plans_at_once_do_not_overwrite_each_other(project, lead):
    save(project, lead, version=0)
    with pytest.raises(Stale):
        save(project, lead, version=0)


def test_changing_only_a_line_counts_as_a_change(project, lead):
    drawn = queries.edition(save(project, lead))
    changed = save(project, lead, costs=[COSTS[0] | {"amount_cents": 1}], version=drawn)
    assert queries.edition(changed) != drawn


def test_after_a_return_the_next_saving_begins_a_new_version(make, project, lead):
    returned = make.plan(project, state="returned")
    fresh = save(project, lead)
    assert (fresh.number, fresh.state) == (2, PlanState.DRAFT)
    assert returned.state is PlanState.SUPERSEDED
    assert queries.totals(returned).grant == 5_000_00


def test_a_page_drawn_before_the_return_cannot_overwrite_the_new_version(make, project, lead):
    drawn = queries.edition(make.plan(project, state="returned"))
    save(project, lead, version=drawn)
    with pytest.raises(Stale):
        save(project, lead, version=drawn)


@pytest.mark.parametrize("status", ["submitted", "budget_review", "budget_approved", "awarded", "active", "withdrawn"])
def test_a_budget_is_changed_only_in_mentoring(make, status):
    project = make.project(status)
    with pytest.raises(RuleBroken):
        save(project, project.leads[0])


def test_everyone_who_wrote_is_noted_once(make, project, lead):
    member = make.person("lead")
    plan = save(project, lead)
    save(project, member)
    save(project, lead)
    assert editors_of(plan) == [lead.name, member.name]


def test_the_journal_knows_sums_but_no_words(project, lead):
    save(project, lead, explanation="Geheim")
    entry = of_project(project.id, ["budget.saved"])[0]
    assert entry.data == {"number": 1, "costs_cents": 3_300_00, "grant_cents": 2_700_00}


def test_a_budget_has_a_limit_of_lines(project, lead):
    with pytest.raises(RuleBroken):
        save(project, lead, costs=[COSTS[0]] * 101)
