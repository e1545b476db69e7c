"""What must hold about pledges."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.partners import rules
from incubator.partners.models import PLEDGE_STEPS, PartnerRole, Pledge, PledgeKind, PledgeState

DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


def _refused(kind=PledgeKind.ROOM, **changed):
    facts = {"description": "Saal", "quantity": 3, "unit": "Abende", "value_cents": None, "valued_how": "",
             "starts_on": None, "ends_on": None}
    try:
        rules.demand_pledge(kind, **(facts | changed))
    except RuleBroken as broken:
        return broken.field
    return None


@pytest.mark.parametrize(("now", "to"), list(product(PledgeState, PledgeState)))
def test_only_the_steps_of_the_table_are_possible(now, to):
    pledge = Pledge(state=now)
    if to in PLEDGE_STEPS[now]:
        rules.demand_step(pledge, to)
    else:
        with pytest.raises(RuleBroken):
            rules.demand_step(pledge, to)


@given(st.integers(-10, 10**7) | st.none())
def test_quantities_are_whole_and_positive(quantity):
    fine = quantity is not None and 1 <= quantity <= 1_000_000
    assert (_refused(quantity=quantity) is None) == fine


@given(DAYS, DAYS)
def test_the_last_day_never_lies_before_the_first(first, last):
    assert (_refused(starts_on=first, ends_on=last) == "ends_on") == bool(first and last and last < first)


@given(st.sampled_from(PledgeKind), st.none() | st.integers(0, 10**6), st.sampled_from(["", "Miete"]))
def test_money_has_an_amount_and_other_values_their_reason(kind, value, how):
    refused = _refused(kind, value_cents=value, valued_how=how)
    if kind is PledgeKind.MONEY:
        assert (refused is None) == bool(value)
    else:
        assert (refused is None) == (not value or bool(how))


@given(st.sampled_from(PledgeKind), st.sampled_from(PledgeState))
def test_only_confirmed_money_counts(kind, state):
    counts = rules.counts_as_money(Pledge(kind=kind, state=state))
    assert not counts or (kind is PledgeKind.MONEY and state not in (PledgeState.OFFERED, PledgeState.WITHDRAWN))


@given(st.lists(st.sampled_from([role.value for role in PartnerRole]), min_size=1))
def test_roles_are_kept_once_and_in_order(roles):
    kept = rules.demand_roles(roles)
    assert set(kept) == set(roles)
    assert len(kept) == len(set(kept))


def test_at_least_one_known_role_is_asked_for():
    for roles in ([], ["pirate"]):
        with pytest.raises(RuleBroken):
            rules.demand_roles(roles)
