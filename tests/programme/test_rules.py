"""What must hold about a round's settings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.programme import rules

DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
CENTS = st.integers(0, 100_000_00)


def _settings(**changed):
    return rules.defaults() | {"name": "Runde"} | changed


def _fields(awarded=0, **changed):
    return {field for field, _sentence in rules.problems(_settings(**changed), awarded)}


def test_the_defaults_hold():
    assert _fields() == set()


def test_the_defaults_are_those_of_the_programme():
    settings = rules.defaults()
    assert settings["fund_cents"] == 40_000_00
    assert (settings["grant_min_cents"], settings["grant_max_cents"]) == (500_00, 10_000_00)
    assert settings["instalments_pct"] == [50, 40, 10]
    assert settings["eligible_forms"] == ["association", "parish"]


def test_defaults_are_not_shared_between_rounds():
    rules.defaults()["instalments_pct"].append(1)
    assert rules.defaults()["instalments_pct"] == [50, 40, 10]


@given(st.fixed_dictionaries({name: DAYS for name in rules.DATES}))
def test_dates_are_accepted_exactly_when_in_order(dates):
    in_order = True
    for order in rules.ORDERS:
        days = [dates[name] for name in order if dates[name]]
        in_order = in_order and days == sorted(days)
    assert (not _fields(**dates)) == in_order


@given(st.lists(st.integers(-5, 120), max_size=8))
def test_instalments_are_accepted_exactly_when_they_make_a_hundred(parts):
    fine = 1 <= len(parts) <= 6 and all(part >= 1 for part in parts) and sum(parts) == 100
    assert ("instalments_pct" not in _fields(instalments_pct=parts)) == fine


@given(CENTS, CENTS, CENTS)
def test_the_fund_always_covers_what_is_awarded_and_reserved(fund, reserve, awarded):
    problems = _fields(awarded, fund_cents=fund, reserve_cents=reserve, grant_min_cents=0)
    assert bool(problems & {"fund_cents", "reserve_cents"}) == (reserve + awarded > fund)


@given(CENTS, CENTS)
def test_the_smallest_grant_is_not_above_the_largest(smallest, largest):
    problems = _fields(grant_min_cents=smallest, grant_max_cents=largest, fund_cents=100_000_00)
    assert ("grant_max_cents" in problems) == (smallest > largest)


@pytest.mark.parametrize("field", rules.PERCENTS)
@pytest.mark.parametrize("value", [-1, 101, None])
def test_percentages_lie_between_nothing_and_all(field, value):
    assert field in _fields(**{field: value})


@pytest.mark.parametrize("field", [*rules.AMOUNTS, *rules.COUNTS])
@pytest.mark.parametrize("value", [None, -1, 10**13])
def test_numbers_have_limits(field, value):
    assert field in _fields(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [("eligible_forms", []), ("eligible_forms", ["pirates"]), ("funding_kind", "gift"), ("language", "xx"),
     ("name", "")],
)
def test_choices_come_from_the_list(field, value):
    assert field in _fields(**{field: value})


def test_the_warning_comes_before_the_limit():
    assert "shift_warning_pct" in _fields(shift_warning_pct=21, shift_limit_pct=20)


@pytest.mark.parametrize(
    ("field", "changed"),
    [("lateness_public_after_days", {"lateness_public_after_days": -1}),
     ("lateness_public_after_days", {"lateness_public_after_days": 366}),
     ("milestone_remind_before", {"milestone_reminder_days": list(range(9))}),
     ("milestone_remind_before", {"milestone_reminder_days": [366]}),
     ("remind_before", {"reminder_days": [-366]})],
)
def test_days_have_limits(field, changed):
    assert _fields(**changed) == {field}


@pytest.mark.parametrize("days", [None, 0, 365])
def test_lateness_may_stay_private_for_ever_or_come_out_at_once(days):
    assert _fields(lateness_public_after_days=days) == set()
