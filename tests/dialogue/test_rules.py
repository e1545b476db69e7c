"""What may be written down about needs, workshops and ideas."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.dialogue import rules
from incubator.dialogue.models import IDEA_STEPS, IdeaState, WorkshopState
from incubator.foundation.errors import RuleBroken

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.none() | st.integers(-10, 200)


def refused(work, *args):
    with pytest.raises(RuleBroken) as broken:
        work(*args)
    return broken.value.field


@patient
@given(count=NUMBERS, base=NUMBERS, pct=NUMBERS)
def test_a_figure_that_is_accepted_points_at_nobody_and_can_be_stored(count, base, pct):
    try:
        rules.demand_figure(count, base, pct)
    except RuleBroken as broken:
        assert broken.field in ("count", "base", "pct")
        return
    assert (count is None) != (pct is None)
    if count is not None:
        assert 5 <= count <= base
    else:
        assert 0 <= pct <= 100
        assert base is None or pct * base >= 500


@pytest.mark.parametrize(("figure", "field"), [
    ((4, 84, None), "count"), ((37, None, None), "base"), ((85, 84, None), "count"), ((None, 84, None), "count"),
    ((37, 90, 41), "pct"), ((None, None, 101), "pct"), ((None, 10, 40), "pct"), ((None, 4, 100), "base"),
])
def test_what_is_wrong_with_a_figure_stands_beside_its_field(figure, field):
    assert refused(rules.demand_figure, *figure) == field


@pytest.mark.parametrize("figure", [(5, 5, None), (37, 90, None), (None, 84, 61), (None, None, 44)])
def test_the_figures_of_the_city_are_fine(figure):
    rules.demand_figure(*figure)


@pytest.mark.parametrize("year", [None, 26, 2027])
def test_a_finding_has_a_year_that_has_been(year):
    assert refused(rules.demand_year, year, 2026) == "year"


@patient
@given(st.datetimes(timezones=st.just(UTC)), st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_workshop_ends_after_it_begins(starts, length):
    if length > timedelta(0):
        rules.demand_order(starts, starts + length)
    else:
        assert refused(rules.demand_order, starts, starts + length) == "ends_at"


def test_a_workshop_speaks_at_least_one_language_in_the_order_of_the_list():
    assert rules.demand_languages(["fa", "xx", "de"]) == ["de", "fa"]
    assert refused(rules.demand_languages, ["xx"]) == "languages"


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_handful_of_participants_is_not_counted(number):
    assert refused(rules.demand_participants, number) == "participants"


def test_nobody_says_what_came_out_before_it_began():
    begins = datetime(2026, 3, 1, 17, tzinfo=UTC)
    workshop = SimpleNamespace(state=WorkshopState.PLANNED, starts_at=begins)
    refused(rules.demand_held, workshop, begins - timedelta(minutes=1))
    rules.demand_held(workshop, begins)


@patient
@given(st.sampled_from(IdeaState), st.sampled_from(IdeaState), st.sampled_from(["", "   ", "Weil."]))
def test_an_idea_takes_only_the_steps_of_the_table_and_no_end_without_a_word(now, to, reason):
    idea = SimpleNamespace(state=now)
    mute = to in rules.NEED_REASON and not reason.strip()
    if to in IDEA_STEPS[now] and not mute:
        rules.demand_step(idea, to, reason)
    else:
        assert refused(rules.demand_step, idea, to, reason) == ("to" if to not in IDEA_STEPS[now] else "reason")


def _idea(number, state="submitted", round_id=1):
    return SimpleNamespace(id=number, state=IdeaState(state), round_id=round_id)


@pytest.mark.parametrize("other", [
    None, _idea(1), _idea(2, round_id=2), _idea(2, "merged"), _idea(2, "declined"), _idea(2, "referred"),
])
def test_an_idea_is_joined_only_with_another_one_that_lives_on(other):
    assert refused(rules.demand_joined, _idea(1), IdeaState.MERGED, other) == "into_id"


@pytest.mark.parametrize("state", ["submitted", "in_review", "accepted_for_workshop", "parked", "promoted"])
def test_an_idea_can_be_joined_with_one_that_lives_on(state):
    rules.demand_joined(_idea(1), IdeaState.MERGED, _idea(2, state))


def test_an_idea_that_is_not_joined_names_no_other():
    assert refused(rules.demand_joined, _idea(1), IdeaState.PARKED, _idea(2)) == "into_id"
