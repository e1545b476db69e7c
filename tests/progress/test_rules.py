"""How a project is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import language
from incubator.milestones.models import MilestoneStatus
from incubator.milestones.rules import percent_reached
from incubator.progress import rules
from incubator.projects.lifecycle import PUBLIC, Action, Status

planned = st.lists(st.tuples(st.sampled_from(MilestoneStatus), st.integers(1, 100)))


@given(planned)
def test_what_is_reached_is_a_share(milestones):
    share = percent_reached(milestones)
    counted = [status for status, _weight in milestones if status is not MilestoneStatus.CANCELLED]
    if not counted:
        assert share is None
    else:
        assert 0 <= share <= 100
        assert (share == 100) == all(status is MilestoneStatus.ACCEPTED for status in counted)


@given(planned)
def test_cancelling_never_lowers_what_is_reached(milestones):
    before = percent_reached(milestones)
    rest = [(status, weight) for status, weight in milestones if status is not MilestoneStatus.PLANNED]
    after = percent_reached(rest)
    if before is not None and after is not None:
        assert after >= before


@pytest.mark.parametrize("status", sorted(PUBLIC))
def test_a_public_project_stands_on_one_of_five_stages(status):
    states = [state for _key, _label, state in rules.stages(status)]
    assert len(states) == 5
    assert states == sorted(states, key=["done", "current", "stopped", "todo"].index)
    assert sum(state in ("current", "stopped") for state in states) == (0 if status is Status.COMPLETED else 1)


@given(st.lists(st.none() | st.text(min_size=1)), st.text())
def test_who_chose_no_name_is_named_once_as_the_group(names, group):
    shown = rules.shown_names(names, group)
    assert [name for name in names if name] == list(shown)[: len([name for name in names if name])]
    assert len(shown) - len([name for name in names if name]) == (1 if None in names and group else 0)


@given(st.lists(st.none() | st.sampled_from(Action)))
def test_a_step_taken_again_is_told_once(steps):
    told = [step for step, is_told in zip(steps, rules.told(steps), strict=True) if is_told]
    for step in rules.TOLD_ONCE:
        assert told.count(step) == (1 if step in steps else 0)
    for step in (None, Action.RETURN_FOR_CHANGES, Action.RETURN_BUDGET, Action.REJECT, Action.WITHDRAW):
        assert step not in told


@pytest.mark.parametrize(("code", "name"), [("tr", "Türkisch"), ("de-simple", "Leichte Sprache"), ("xx-no", "xx-no")])
def test_a_language_is_named(code, name):
    assert language.name_of(code, "de") == name
