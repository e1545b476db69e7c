"""What may become of a message, and what the clock does with it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import PUBLIC, Status
from incubator.questions import rules
from incubator.questions.models import HelpKind, Message, MessageKind, MessageState
from incubator.questions.rules import Fate

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AGES = st.integers(0, 400).map(lambda days: NOW - timedelta(days=days))


def message(state, *, public=False, pledge=None, mail="a@example.org", written=NOW, then=NOW, text="Wann?"):
    return Message(state=state, kind=MessageKind.QUESTION, is_public=public, pledge_id=pledge, mail=mail, name="",
                   text=text, written_at=written, moderated_at=then, answered_at=then)


@pytest.mark.parametrize(("now", "to"), list(product(MessageState, MessageState)))
def test_only_the_steps_of_the_table_are_possible(now, to):
    if to in rules.STEPS[now]:
        rules.demand_step(message(now), to)
    else:
        with pytest.raises(RuleBroken):
            rules.demand_step(message(now), to)


def test_whatever_is_sent_waits_for_the_office_before_a_team_can_see_it():
    for now, steps in rules.STEPS.items():
        if now not in rules.SEEN_BY_TEAM:
            assert not set(steps) & rules.FINISHED


@given(st.sampled_from(Status), st.booleans())
def test_people_write_only_to_public_projects_under_way(status, wanted):
    if rules.takes(status, wanted):
        assert wanted and status in PUBLIC and status not in (Status.COMPLETED, Status.REVOKED)


@given(st.sampled_from(MessageState), st.booleans(), st.none() | st.just(7), AGES, AGES)
def test_nobody_is_remembered_longer_than_was_promised(state, public, pledge, written, then):
    what = rules.fate(message(state, public=public, pledge=pledge, written=written, then=then), NOW)
    since, kept = {
        MessageState.KEPT_BACK: (then, 90), MessageState.ANSWERED: (then, 30), MessageState.CLOSED: (then, 30),
    }.get(state, (written, 180))
    assert (what is not Fate.KEEP) == (since + timedelta(days=kept) <= NOW)


@given(st.sampled_from(MessageState), st.booleans(), st.none() | st.just(7), AGES, AGES)
def test_what_is_public_and_what_is_promised_is_never_deleted(state, public, pledge, written, then):
    what = rules.fate(message(state, public=public, pledge=pledge, written=written, then=then), NOW)
    if state is MessageState.ANSWERED and (public or pledge):
        assert what is not Fate.DELETE
    assert what is not Fate.FORGET_WRITER or public or pledge


def test_a_writer_who_is_forgotten_is_left_in_peace():
    old = NOW - timedelta(days=31)
    assert rules.fate(message(MessageState.ANSWERED, public=True, mail="", text="", then=old), NOW) is Fate.KEEP


@given(st.text(max_size=1200))
def test_a_text_is_kept_as_it_is_or_refused(text):
    try:
        assert rules.demand_text(text, "text") == text.strip()
    except RuleBroken as broken:
        assert broken.field == "text" and (not text.strip() or len(text.strip()) > rules.LONGEST_TEXT)


def test_a_private_answer_needs_an_address():
    with pytest.raises(RuleBroken) as broken:
        rules.demand_way_back(message(MessageState.PASSED, mail=""), publicly=False)
    assert broken.value.field == "how"
    rules.demand_way_back(message(MessageState.PASSED, mail=""), publicly=True)


def test_every_kind_of_help_has_its_pledge():
    assert set(rules.PLEDGES) == set(HelpKind)
