"""What holds on a board, said without a database."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.boards import rules
from incubator.boards.models import BoardState
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken


def board(state=BoardState.COLLECTING, hours=1, salt="s"):
    return SimpleNamespace(state=state, expires_at=clock.now() + timedelta(hours=hours), salt=salt)


def card(id=1, **fields):
    known = {"hidden_at": None, "merged_into_id": None, "idea_id": None, "device": "own"}
    return SimpleNamespace(id=id, **(known | fields))


def refused(rule, *args):
    with pytest.raises(RuleBroken) as broken:
        rule(*args)
    return str(broken.value.sentence)


def test_the_code_of_yesterday_opens_nothing(app):
    assert "another day" in refused(rules.demand_taking_part, board(hours=-1), BoardState.COLLECTING, clock.now())


def test_a_closed_board_thanks(app):
    closed = board(BoardState.CLOSED)
    assert "Thank you" in refused(rules.demand_taking_part, closed, BoardState.COLLECTING, clock.now())


def test_cards_come_while_they_are_collected_and_dots_afterwards(app):
    rules.demand_taking_part(board(), BoardState.COLLECTING, clock.now())
    assert "mark" in refused(rules.demand_taking_part, board(BoardState.MARKING), BoardState.COLLECTING, clock.now())
    assert "later" in refused(rules.demand_taking_part, board(), BoardState.MARKING, clock.now())


@pytest.mark.parametrize(("text", "word"), [("", "write"), (" \n\t ", "write"), ("x" * 301, "300")])
def test_a_card_has_words_and_not_too_many(app, text, word):
    assert word in refused(rules.card_text, text)


@given(st.text())
def test_a_card_that_is_taken_fits_and_is_clean(text):
    try:
        kept = rules.card_text(text)
    except RuleBroken:
        return
    assert 0 < len(kept) <= rules.LONGEST_CARD
    assert kept == " ".join(kept.split())


def test_a_device_writes_six_cards_in_a_minute_and_thirty_in_all(app):
    now = clock.now()
    rules.demand_pace([now] * 5, now)
    assert "minute" in refused(rules.demand_pace, [now] * 6, now)
    rules.demand_pace([now - timedelta(minutes=1)] * 29, now)
    assert "30" in refused(rules.demand_pace, [now - timedelta(hours=1)] * 30, now)


def test_a_card_taken_off_or_joined_takes_no_dot(app):
    assert "taken off" in refused(rules.demand_on_board, card(hidden_at=clock.now()))
    assert "joined" in refused(rules.demand_on_board, card(merged_into_id=2))


@pytest.mark.parametrize(("first", "second", "word"), [
    (card(1), card(1), "itself"), (card(1), card(2, merged_into_id=1), "already"),
    (card(1), card(2, merged_into_id=3), "joined"), (card(1, merged_into_id=3), card(2), "joined"),
    (card(1), card(2, hidden_at=1), "taken off"), (card(1, idea_id=4), card(2), "idea"),
])
def test_cards_are_joined_without_circles(app, first, second, word):
    assert word in refused(rules.demand_joinable, first, second)


def test_only_the_phone_that_wrote_a_card_takes_it_back(app):
    rules.demand_own(card(), "own")
    assert "another phone" in refused(rules.demand_own, card(), "other")
    assert "another phone" in refused(rules.demand_own, card(device=""), "")


def test_one_device_looks_different_on_every_board():
    assert rules.device_hash("phone", "one") == rules.device_hash("phone", "one")
    assert rules.device_hash("phone", "one") != rules.device_hash("phone", "two")


def test_a_closed_board_opens_again_only_within_its_time(app):
    rules.demand_step(board(BoardState.CLOSED), BoardState.MARKING, clock.now())
    assert "one more hour" in refused(
        rules.demand_step, board(BoardState.CLOSED, hours=-1), BoardState.MARKING, clock.now())
    assert "long ago" in refused(rules.demand_step, board(BoardState.CLOSED, salt=""), BoardState.MARKING, clock.now())
    assert "already" in refused(rules.demand_step, board(), BoardState.COLLECTING, clock.now())


@given(st.text(min_size=1, max_size=300).map(lambda text: " ".join(text.split())).filter(bool))
def test_an_idea_keeps_every_word_of_its_card(text):
    title, rest = rules.as_idea(text, ["Zweite Karte"])
    assert 0 < len(title) <= rules.LONGEST_IDEA
    assert rest.splitlines()[-1] == "Zweite Karte"
    assert title == text or text in rest
