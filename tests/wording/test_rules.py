"""No way leads past the second reader, whatever is tried in whichever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.wording import rules
from incubator.wording.models import DraftState

people = st.sampled_from(["amal", "benno", "cem"])
deeds = st.lists(st.tuples(st.sampled_from(["write", "hand in", "review", "send back"]), people), max_size=12)


def do(draft, deed, who):
    """Carry out a deed as the operations do, with nothing but the rules between."""
    if deed == "write":
        draft.update(state=DraftState.WRITING, author=who, reviewer=None)
        return
    after = {"hand in": DraftState.READY, "review": DraftState.REVIEWED, "send back": DraftState.WRITING}[deed]
    rules.demand_step(draft["state"], after)
    if deed == "review":
        rules.demand_second(draft["author"], who)
    draft.update(state=after, reviewer=who if deed == "review" else None)


@given(deeds)
def test_what_may_be_published_two_people_have_read(tried):
    draft = {"state": DraftState.WRITING, "author": "amal", "reviewer": None}
    for deed, who in tried:
        try:
            do(draft, deed, who)
        except RuleBroken:
            continue
    try:
        rules.demand_may_publish(draft["state"], alone=False)
    except RuleBroken:
        assert draft["state"] is not DraftState.REVIEWED
    else:
        assert draft["reviewer"] not in (None, draft["author"])


@given(st.sampled_from(DraftState))
def test_who_answers_for_words_publishes_them_in_any_state(state):
    rules.demand_may_publish(state, alone=True)


@given(st.text(alphabet=" \t\n\u2003"))
def test_spaces_are_no_words(text):
    with pytest.raises(RuleBroken):
        rules.demand_words(text)


@given(people)
def test_what_a_machine_wrote_everybody_may_read_first(who):
    assert rules.may_review(None, who)


@given(st.text(max_size=9), st.text(max_size=9))
def test_only_words_made_of_todays_original_are_current(made_from, original):
    if made_from == original:
        rules.demand_current(made_from, original)
    else:
        with pytest.raises(RuleBroken):
            rules.demand_current(made_from, original)
