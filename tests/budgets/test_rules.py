"""The money rules: what they say about the demo plans, at their limits, and about any plan at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets import rules
from incubator.budgets.rules_figures import PlanFigures, RoundSettings
from incubator.foundation.deadlines import months_on
from incubator.foundation.language import in_language
from incubator.programme.models import FundingKind

SETTINGS = RoundSettings()
DEMO_PLANS = {
    "P1": PlanFigures(8_400_00, 900_00, 60, 7_600_00, 400_00, 400_00, 0, 900_00),
    "P2": PlanFigures(7_750_00, 1_200_00, 80, 7_000_00, 350_00, 400_00, 0, 1_200_00),
    "P3": PlanFigures(8_700_00, 900_00, 60, 8_200_00, 500_00, 0, 0, 900_00),
    "P4": PlanFigures(7_600_00, 1_800_00, 120, 7_100_00, 300_00, 200_00, 0, 1_800_00),
    "P5": PlanFigures(8_800_00, 600_00, 40, 8_300_00, 300_00, 200_00, 0, 600_00),
}
CENTS = st.integers(0, 12_000_00)
PERCENT = st.integers(0, 100)


@st.composite
def balanced(draw, kind=FundingKind.GAP):
    """A plan that keeps R1, R2, R3 and the value of R5, and settings of its round."""
    settings = RoundSettings(funding_kind=kind, min_own_share_pct=draw(PERCENT), volunteer_cap_pct=draw(PERCENT))
    hours, cash = draw(st.integers(0, 400)), draw(CENTS)
    own = draw(st.integers(0, cash))
    third = draw(st.integers(0, cash - own))
    income = draw(st.integers(0, cash - own - third))
    value = hours * settings.volunteer_rate
    plan = PlanFigures(cash, value, hours, cash - own - third - income, own, third, income, value)
    return plan, settings


def broken(plan, settings=SETTINGS):
    return {check.rule for check in rules.refusals(plan, settings)}


@pytest.mark.parametrize("name", DEMO_PLANS)
def test_the_demo_plans_keep_every_rule(name):
    assert broken(DEMO_PLANS[name]) == set()


def test_the_demo_plans_fit_the_fund_to_the_cent():
    assert sum(plan.grant for plan in DEMO_PLANS.values()) + 1_800_00 == 40_000_00


# R1


@given(balanced(), st.integers(1, 1_000_00))
def test_r1_refuses_every_difference_down_to_one_cent(case, cents):
    plan, settings = case
    more = PlanFigures(**(plan.__dict__ | {"cash_costs": plan.cash_costs + cents}))
    assert rules.costs_equal_financing(plan, settings) is None
    assert rules.costs_equal_financing(more, settings) is not None


def test_r1_names_both_sums_and_the_difference(app):
    sentence = rules.costs_equal_financing(PlanFigures(cash_costs=9_300_00, grant=9_200_00), SETTINGS)
    with in_language("en"):
        assert str(sentence) == "The costs are €9,300.00 and the financing €9,200.00: €100.00 are missing."


def test_r1_writes_amounts_in_the_readers_language(app):
    sentence = rules.costs_equal_financing(PlanFigures(cash_costs=9_300_00, grant=9_300_01), SETTINGS)
    with in_language("de"):
        assert "9.300,01\u00a0€" in str(sentence)


# R2


@given(balanced(), CENTS)
def test_r2_holds_exactly_when_both_sides_are_equal(case, other):
    plan, settings = case
    changed = PlanFigures(**(plan.__dict__ | {"volunteer_financing": other}))
    assert (rules.volunteers_on_both_sides(changed, settings) is None) == (other == plan.volunteer_costs)


# R3


@given(balanced())
def test_r3_gap_funding_lets_the_gap_pass_and_not_one_cent_more(case):
    plan, settings = case
    more = PlanFigures(**(plan.__dict__ | {"grant": plan.grant + 1}))
    assert rules.grant_within_funding_kind(plan, settings) is None
    assert rules.grant_within_funding_kind(more, settings) is not None


@given(balanced(FundingKind.PROPORTIONAL), st.integers(1, 100))
def test_r3_proportional_funding_never_pays_more_than_its_share_nor_than_the_gap(case, share):
    plan, settings = case
    settings = RoundSettings(**(settings.__dict__ | {"proportional_pct": share}))
    allowed = plan.grant * 100 <= plan.cash_costs * share and plan.grant <= plan.gap
    assert (rules.grant_within_funding_kind(plan, settings) is None) == allowed


@given(balanced(FundingKind.FIXED_SUM), st.integers(0, 15_000_00))
def test_r3_a_fixed_sum_never_exceeds_the_cash_costs(case, grant):
    plan, settings = case
    asked = PlanFigures(**(plan.__dict__ | {"grant": grant}))
    assert (rules.grant_within_funding_kind(asked, settings) is None) == (grant <= plan.cash_costs)


# R4


@pytest.mark.parametrize(("own", "holds"), [(1_000_00, True), (999_99, False)])
def test_r4_draws_the_line_at_one_cent(own, holds):
    plan = PlanFigures(cash_costs=10_000_00, grant=10_000_00 - own, own_funds=own)
    assert ("R4" not in broken(plan)) == holds


@given(balanced())
def test_r4_is_kept_with_the_smallest_own_share_and_broken_below_it(case):
    plan, settings = case
    least = rules.smallest_own_share(plan, settings)
    assert (rules.own_share_is_enough(plan, settings) is None) == (plan.own_share >= least)


@given(balanced())
def test_r4_counts_own_money_others_income_and_volunteers_alike(case):
    plan, settings = case
    moved = PlanFigures(**(plan.__dict__ | {"own_funds": plan.own_funds + plan.third_party + plan.income,
                                            "third_party": 0, "income": 0}))
    assert (rules.own_share_is_enough(plan, settings) is None) == (rules.own_share_is_enough(moved, settings) is None)


# R5


@pytest.mark.parametrize(("volunteers", "cash", "holds"), [
    (2_000_00, 8_000_00, True),      # 20.00 %
    (2_001_00, 8_000_00, False),     # 20.01 %
    (2_000_00, 7_999_99, False),     # one cent less beside it
])
def test_r5_draws_the_line_between_20_00_and_20_01_percent(volunteers, cash, holds):
    settings = RoundSettings(volunteer_rate=100)
    plan = PlanFigures(cash_costs=cash, volunteer_costs=volunteers, volunteer_hours=volunteers // 100)
    assert (rules.volunteers_are_valued(plan, settings) is None) == holds


def test_r5_refuses_a_value_that_is_one_cent_off():
    plan = PlanFigures(cash_costs=8_000_00, volunteer_costs=900_01, volunteer_hours=60)
    assert rules.volunteers_are_valued(plan, SETTINGS) is not None


@given(CENTS, st.integers(1, 99), st.integers(1, 100_00))
def test_r5_the_most_hours_it_names_fit_and_one_more_does_not(cash, cap, rate):
    settings = RoundSettings(volunteer_cap_pct=cap, volunteer_rate=rate)
    most = rules.most_hours(PlanFigures(cash_costs=cash), settings)

    def says(hours):
        return rules.volunteers_are_valued(PlanFigures(cash, hours * rate, hours), settings)

    assert says(most) is None
    assert says(most + 1) is not None


# R7


@pytest.mark.parametrize(("grant", "holds"), [
    (499_99, False), (500_00, True), (10_000_00, True), (10_000_01, False),
])
def test_r7_draws_both_lines_at_one_cent(grant, holds):
    plan = PlanFigures(cash_costs=20_000_00, grant=grant, own_funds=20_000_00 - grant)
    assert ("R7" not in broken(plan)) == holds


# together


@given(balanced())
def test_a_balanced_plan_can_only_break_shares_and_limits(case):
    assert broken(*case) <= {"R4", "R5", "R7"}


@given(st.builds(PlanFigures, CENTS, CENTS, st.integers(0, 500), CENTS, CENTS, CENTS, CENTS, CENTS, CENTS))
def test_every_refusal_has_a_hint_and_names_a_field(plan):
    for check in rules.refusals(plan, SETTINGS):
        assert check.hint is not None
        assert check.field in ("grant", "volunteer_hours", "own_funds")


def test_sentences_can_be_read_in_every_language(app):
    plan = PlanFigures(100_00, 80_00, 3, 20_000_00, 0, 0, 0, 10_00)
    for code in ("de", "en", "ar"):
        with in_language(code):
            for check in rules.refusals(plan, SETTINGS):
                assert "%(" not in f"{check.title} {check.sentence} {check.hint}"


@given(balanced(), CENTS)
def test_things_lent_change_no_rule(case, lent):
    plan, settings = case
    assert broken(plan, settings) == broken(PlanFigures(**(plan.__dict__ | {"in_kind": lent})), settings)


# award


@pytest.mark.parametrize(("notice", "months", "final"), [
    (date(2026, 5, 4), 1, date(2026, 6, 4)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2026, 12, 31), 2, date(2027, 2, 28)),
    (date(2026, 5, 4), 0, date(2026, 5, 4)),
])
def test_an_award_is_final_a_whole_month_after_the_notice(notice, months, final):
    assert months_on(notice, months) == final


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
def test_the_final_day_lies_in_the_month_it_should(notice, months):
    final = months_on(notice, months)
    assert (final.year * 12 + final.month) - (notice.year * 12 + notice.month) == months
    assert final.day <= notice.day


@pytest.mark.parametrize(("cap", "rate", "most"), [
    (20, 100, 25), (99, 1, 990_000), (100, 100, None), (20, 0, None), (99, 100, 9_900), (20, 1, 2_500),
])
def test_as_many_hours_fit_as_the_cap_leaves_room_for(cap, rate, most):
    settings = RoundSettings(volunteer_rate=rate, volunteer_cap_pct=cap)
    assert rules.most_hours(PlanFigures(cash_costs=100_00), settings) == most
