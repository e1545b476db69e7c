"""Who gets a place: strictly in order, nobody passed by who fits, never more people than places."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.dialogue import rules_signup as rules
from incubator.dialogue.models import WorkshopState
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken

START = datetime(2026, 4, 10, 17, tzinfo=clock.CITY)
HOUR = timedelta(hours=1)
GROUPS = st.lists(st.integers(1, 5), max_size=12)
STEPS = st.lists(st.one_of(
    st.tuples(st.just("confirm"), st.integers(1, 5)), st.tuples(st.just("cancel"), st.integers(0, 30)),
    st.tuples(st.just("places"), st.one_of(st.none(), st.integers(1, 20))),
    st.tuples(st.just("shrink"), st.integers(0, 30)),
), max_size=40)


def workshop(**fields):
    known = {"state": WorkshopState.PLANNED, "takes_signups": True, "starts_at": START, "signups_until": None,
             "has_childcare": True, "has_interpreters": True, "places": 10}
    return SimpleNamespace(**known | fields)


@given(st.integers(1, 30), st.integers(0, 40), GROUPS)
def test_never_more_people_than_places(places, taken, groups):
    waiting = list(enumerate(groups))
    moved = rules.moves_up(places, taken, waiting)
    assert taken + sum(groups[number] for number in moved) <= max(places, taken)


@given(st.integers(1, 30), st.integers(0, 40), GROUPS)
def test_nobody_waits_who_fits_and_nobody_is_passed_by_for_as_many(places, taken, groups):
    moved = rules.moves_up(places, taken, list(enumerate(groups)))
    left = max(0, places - taken) - sum(groups[number] for number in moved)
    waits = [number for number in range(len(groups)) if number not in moved]
    assert all(groups[number] > left for number in waits)
    assert moved == sorted(moved)
    assert not any(later > number and groups[later] >= groups[number] for number in waits for later in moved)


@given(GROUPS)
def test_without_a_limit_everybody_comes(groups):
    assert rules.moves_up(None, 99, list(enumerate(groups))) == list(range(len(groups)))


@given(STEPS)
def test_whatever_happens_places_hold_and_nobody_is_thrown_out(steps):
    """Play a workshop as the operations do: after each step everybody who fits has moved up."""
    places, coming, waiting, number = 8, {}, {}, 0
    for what, value in steps:
        before = set(coming)
        group = [*coming, *waiting]
        chosen = group[value % len(group)] if group and what in ("cancel", "shrink") else None
        if what == "confirm":
            waiting[number], number = value, number + 1
        elif what == "places":
            places = value
        elif what == "cancel" and chosen is not None:
            coming.pop(chosen, None)
            waiting.pop(chosen, None)
        elif what == "shrink" and chosen is not None:
            (coming if chosen in coming else waiting)[chosen] = 1
        for each in rules.moves_up(places, sum(coming.values()), list(waiting.items())):
            coming[each] = waiting.pop(each)
        assert before - set(coming) <= ({chosen} if what == "cancel" else set()), "nobody loses a place"
        taken = sum(coming.values())
        is_within = places is None or taken <= places
        assert is_within or set(coming) <= before, "above the limit are only those who were in before it was lowered"
        assert places is None or not waiting or all(each > max(0, places - taken) for each in waiting.values())


@pytest.mark.parametrize(("fields", "now", "words"), [
    ({"state": WorkshopState.CANCELLED}, START - HOUR, "does not take place"), ({}, START, "begun"),
    ({"state": WorkshopState.HELD}, START - HOUR, "begun"), ({"takes_signups": False}, START - HOUR, "just come"),
    ({"signups_until": START - 2 * HOUR}, START - HOUR, "is over"),
])
def test_when_nobody_can_sign_up_there_is_a_sentence(app, fields, now, words):
    with pytest.raises(RuleBroken, match=words):
        rules.demand_open(workshop(**fields), now)


def test_until_the_last_minute_of_the_last_day_one_can_sign_up(app):
    until = rules.end_of(START.date())
    assert rules.closed_because(workshop(signups_until=until), START - HOUR) is None


def test_the_last_day_cannot_lie_after_the_workshop(app):
    rules.demand_settings(workshop(signups_until=rules.end_of(START.date())))
    with pytest.raises(RuleBroken) as broken:
        rules.demand_settings(workshop(signups_until=rules.end_of(START.date() + timedelta(days=1))))
    assert broken.value.field == "signups_until"


def test_what_a_workshop_does_not_have_is_not_promised(app):
    bare = workshop(has_childcare=False, has_interpreters=False)
    assert rules.needed(bare, 2, 3, "ar") == {"people": 2, "children": 0, "interpreter": ""}
    assert rules.needed(workshop(), 2, 3, "ar") == {"people": 2, "children": 3, "interpreter": "ar"}


@pytest.mark.parametrize(("people", "children"), [(0, 0), (6, 0), (1, 10), (1, -1)])
def test_groups_stay_small(app, people, children):
    with pytest.raises(RuleBroken):
        rules.needed(workshop(), people, children, "")


def test_a_link_fits_its_own_row_only():
    assert rules.token("secret", 1, "a") != rules.token("secret", 1, "b")
    assert rules.token("secret", 1, "a").startswith("1-")
