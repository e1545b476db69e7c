"""What was earned and what goes back, as pure numbers (rule R12)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets.models import CostKind
from incubator.closing import rules, rules_statement
from incubator.closing.rules_statement import Facts, LineFacts, statement_of
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.letters.rules import reached
from incubator.programme.models import FundingKind

cents = st.integers(0, 10_000_00)
kinds = st.sampled_from(list(FundingKind))


def line(planned, proved, *, open_=0, decided=None, root=1, kind=CostKind.MATERIAL):
    return LineFacts(root, kind, "", planned, planned if decided is None else decided, proved + open_, proved, open_)


lines = st.lists(st.builds(line, cents, cents, open_=cents), max_size=4).map(tuple)
facts = st.builds(Facts, lines=lines, own_funds=cents, third_party=cents, income=cents, award=cents, paid=cents,
                  funding_kind=kinds, proportional_pct=st.integers(1, 100), shift_limit_pct=st.integers(0, 50))


@given(facts)
def test_no_amount_is_ever_below_zero_or_above_what_it_is_part_of(known):
    told = statement_of(known)
    assert 0 <= told.eligible <= known.award
    assert 0 <= told.recovery <= known.paid
    assert all(0 <= each.counted <= each.spent for each in told.lines)
    assert told.recovery == 0 or told.still_to_pay == 0


@given(facts, st.integers(0, 500_00))
def test_more_proved_cost_never_means_more_to_give_back(known, more):
    richer = replace(known, lines=tuple(replace(each, proved=each.proved + more, spent=each.spent + more)
                                        for each in known.lines))
    assert statement_of(richer).recovery <= statement_of(known).recovery


@given(facts, st.integers(0, 500_00))
def test_more_money_from_elsewhere_never_earns_more(known, more):
    assert statement_of(replace(known, third_party=known.third_party + more)).eligible <= statement_of(known).eligible


@given(award=st.integers(1, 10_000_00), own=cents, data=st.data())
def test_a_cut_of_a_fully_funded_project_goes_back_to_the_cent(award, own, data):
    cut = data.draw(st.integers(0, award))
    known = Facts(lines=(line(award + own, award + own - cut),), own_funds=own, award=award, paid=award)
    assert statement_of(known).recovery == cut


@given(award=cents, costs=cents)
def test_a_fixed_sum_is_earned_as_far_as_there_were_costs(award, costs):
    assert rules.eligible_grant(FundingKind.FIXED_SUM, award=award, costs=costs) == min(award, costs)


def test_proportional_funding_pays_the_awarded_share_of_the_costs():
    share = {"award": 4_000_00, "planned_costs": 8_000_00, "proportional_pct": 80}
    assert rules.eligible_grant(FundingKind.PROPORTIONAL, costs=6_000_00, **share) == 3_000_00
    assert rules.eligible_grant(FundingKind.PROPORTIONAL, costs=9_000_00, **share) == 4_000_00


def test_the_completed_project_of_the_demo_gives_120_euros_back():
    known = Facts(lines=(line(4_500_00, 4_380_00),), own_funds=400_00, award=4_100_00, paid=4_100_00)
    assert (statement_of(known).eligible, statement_of(known).recovery) == (3_980_00, 120_00)


@pytest.mark.parametrize(("spent", "counts"), [(1_200_00, 1_200_00), (1_200_01, 1_200_00)])
def test_a_line_counts_up_to_exactly_the_wall(spent, counts):
    (told,) = statement_of(Facts(lines=(line(1_000_00, spent),), award=9_000_00)).lines
    assert told.counted == counts


def test_small_shifts_do_not_raise_the_wall_of_a_line():
    assert rules.wall(planned=1_200_00, decided=1_000_00, limit_pct=20) == 1_200_00


def test_a_line_planned_at_zero_counts_for_nothing():
    assert rules.eligible_line(50_00, planned=0, decided=0, limit_pct=20) == 0


def test_volunteer_time_stands_on_both_sides_and_is_no_cash():
    known = Facts(lines=(line(600_00, 0, kind=CostKind.VOLUNTEER_TIME),), volunteer_hours=40, volunteer_rate=15_00,
                  award=4_000_00)
    told = statement_of(known)
    assert (told.lines[0].spent, told.sources[-1].real, told.spent, told.eligible) == (600_00, 600_00, 0, 0)


def test_what_nobody_has_checked_counts_as_claimed_until_somebody_cuts_it():
    assert statement_of(Facts(lines=(line(1_000_00, 0, open_=400_00),), award=1_000_00)).eligible == 400_00


def test_where_the_program_pays_nothing_it_knows_of_no_grant_received():
    assert statement_of(Facts(pays_out=False)).sources[0].real is None


@pytest.mark.parametrize(("recovery", "asked"), [(0, False), (24_99, False), (25_00, True)])
def test_the_threshold_itself_is_asked_back(recovery, asked):
    assert rules.is_asked_back(recovery, 25_00) is asked


def test_without_a_threshold_every_cent_is_asked_back_and_zero_is_not():
    assert rules.is_asked_back(1, 0)
    assert not rules.is_asked_back(0, 0)


@pytest.mark.parametrize(("day", "due"), [
    (date(2026, 8, 31), date(2027, 2, 28)), (date(2027, 8, 31), date(2028, 2, 29)),
    (date(2026, 10, 31), date(2027, 4, 30)),
])
def test_six_months_after_the_last_of_august_is_the_last_of_february(day, due):
    assert months_on(day, 6) == due


@pytest.mark.parametrize(("today", "late"), [(date(2026, 4, 29), 0), (date(2026, 4, 30), 0), (date(2026, 5, 1), 1)])
def test_a_report_is_one_day_late_on_the_day_after_its_last_day(today, late):
    assert rules.days_late(date(2026, 4, 30), today) == late


@pytest.mark.parametrize(("today", "newest"), [
    (date(2026, 3, 30), None), (date(2026, 3, 31), 30), (date(2026, 4, 22), 30), (date(2026, 4, 23), 7),
    (date(2026, 4, 30), 7), (date(2026, 5, 1), -1), (date(2026, 5, 14), -14),
])
def test_the_newest_reminder_that_is_due(today, newest):
    assert reached([30, 7, -1, -14], date(2026, 4, 30), date(2026, 3, 1), today) == newest


def test_who_was_asked_today_is_not_reminded_today():
    assert reached([30], date(2026, 4, 30), date(2026, 3, 31), date(2026, 3, 31)) is None


def test_the_citys_own_questions_replace_the_usual_ones():
    assert [each.text for each in rules.questions(["Wie war es?"])] == ["Wie war es?"]
    assert len(rules.questions([])) == 4


def test_an_answer_of_spaces_is_none():
    assert len(rules.missing_answers(rules.questions(["Wie war es?"]), {"0": "  "})) == 1


def test_interest_without_a_recovery_is_refused():
    with pytest.raises(RuleBroken, match="no interest"):
        rules.demand_interest(1, 24_99, 25_00)
    rules.demand_interest(1, 25_00, 25_00)


def test_a_statement_has_one_fingerprint_and_any_other_cent_another():
    known = Facts(lines=(line(1_000_00, 400_00),), award=1_000_00)
    data, fingerprint = rules_statement.frozen(statement_of(known), {})
    assert data["lines"][0]["spent"] == 400_00
    assert rules_statement.frozen(statement_of(known), {})[1] == fingerprint
    assert rules_statement.frozen(statement_of(replace(known, own_funds=1)), {})[1] != fingerprint
