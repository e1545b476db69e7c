"""The moderation groups, joins and hides cards, and turns them into ideas."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.boards import operations, operations_table, queries, queries_view
from incubator.boards import operations_phone as phones
from incubator.boards.models import Card, Dot
from incubator.boards.rules import device_hash
from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.boards import tables


def group(board, title="Plätze"):
    with transaction():
        return operations_table.add_group(board, None, title=title, language="de")


def columns(board):
    return {column.title: [card.text for card in column.cards] for column in queries_view.table(board.id).columns}


def test_cards_are_put_between_others(app, make):
    board = tables.board(make)
    here = group(board)
    cards = [tables.write(board, text) for text in "ABC"]
    for card in cards[:2]:
        tables.table(operations_table.move_card, board, card, to=here.id)
    tables.table(operations_table.move_card, board, cards[2], to=here.id, before=cards[1].id)
    assert columns(board) == {"": [], "Plätze": ["A", "C", "B"]}
    tables.table(operations_table.move_card, board, cards[0], to=here.id)
    assert columns(board)["Plätze"] == ["C", "B", "A"]


def test_a_card_moved_by_two_at_once_lies_in_one_place_and_keeps_its_words(make, at_once):
    board = tables.board(make)
    board_id, card_id = board.id, tables.write(board, "Bänke").id
    groups = [group(board, title).id for title in ("Eins", "Zwei")]
    before = queries.revision(board_id)
    works = [lambda to=to: operations_table.move_card(queries.board(board_id), card_id, None, to=to) for to in groups]
    assert at_once(*works) == ["done", "done"]
    assert sorted(len(cards) for cards in columns(board).values()) == [0, 0, 1]
    assert (queries.card(card_id).text, queries.revision(board_id)) == ("Bänke", before + 2)


def test_dots_go_along_and_one_device_counts_once(any_database, make):
    board = tables.board(make)
    cards = [tables.write(board, text) for text in ("Bänke", "Sitze", "Bäume")]
    tables.to(board, "marking")
    for card, devices in zip(cards, (("a", "b"), ("b", "c"), ("b",)), strict=True):
        for device in devices:
            tables.act(phones.mark, board, card, device)
    tables.table(operations_table.join, board, cards[1], into=cards[0].id)
    assert queries.dots(board.id) == {cards[0].id: 3, cards[2].id: 1}
    assert len(queries.marked_by(board.id, device_hash("b", board.salt))) == 2


def test_what_was_joined_moves_along_and_can_stand_for_itself_again(app, make):
    board = tables.board(make)
    cards = [tables.write(board, text) for text in "ABC"]
    tables.table(operations_table.join, board, cards[0], into=cards[1].id)
    tables.table(operations_table.join, board, cards[1], into=cards[2].id)
    shown = queries_view.table(board.id)
    assert [each.text for each in shown.cards] == ["C"]
    assert sorted(each.text for each in shown.cards[0].joined) == ["A", "B"]
    with pytest.raises(RuleBroken):
        tables.table(operations_table.join, board, cards[2], into=cards[0].id)
    tables.table(operations_table.split, board, cards[0])
    assert columns(board)[""] == ["A", "C"]


def test_hiding_keeps_the_text_for_the_moderation_and_frees_what_was_joined(app, make):
    board = tables.board(make)
    bad, good = tables.write(board, "Hass"), tables.write(board, "Bänke")
    tables.table(operations_table.join, board, good, into=bad.id)
    tables.table(operations_table.hide, board, bad)
    shown = queries_view.table(board.id)
    assert ([each.text for each in shown.cards], [each.text for each in shown.hidden]) == (["Bänke"], ["Hass"])
    assert shown.number == 1
    tables.table(operations_table.show_again, board, bad)
    assert columns(board)[""] == ["Hass", "Bänke"]


def test_a_removed_group_leaves_its_cards(app, make):
    board = tables.board(make)
    here = group(board)
    card = tables.write(board)
    tables.table(operations_table.move_card, board, card, to=here.id)
    tables.table(operations_table.remove_group, board, here.id)
    assert columns(board) == {"": ["Mehr Bänke"]}
    with pytest.raises(RuleBroken):
        tables.table(operations_table.move_card, board, card, to=999)


def test_paper_is_typed_in_until_the_board_is_closed(app, make):
    board = tables.board(make)
    with transaction():
        operations_table.type_in(board, None, text="Von Papier", language="de")
    tables.to(board, "closed")
    with pytest.raises(RuleBroken), transaction():
        operations_table.type_in(board, None, text="Zu spät", language="de")
    assert db.session.scalars(sa.select(Card.text)).all() == ["Von Papier"]


def test_a_card_becomes_one_idea_with_its_origin(app, make):
    board = tables.board(make)
    card, other = tables.write(board, "مقاعد", language="ar"), tables.write(board, "Sitze")
    tables.table(operations_table.join, board, other, into=card.id)
    with transaction():
        operations_table.make_ideas(board, None, cards=[card.id], is_public=False)
    idea = db.session.scalars(sa.select(Idea)).one()
    assert (idea.title, idea.text, idea.language, idea.state) == ("مقاعد", "Sitze", "ar", IdeaState.SUBMITTED)
    assert (idea.workshop_id, queries.card(card.id).idea_id, idea.is_public) == (board.workshop_id, idea.id, False)
    with pytest.raises(RuleBroken), transaction():
        operations_table.make_ideas(board, None, cards=[card.id])


def test_all_chosen_cards_become_ideas_or_none(app, make):
    board = tables.board(make)
    good, hidden = tables.write(board), tables.write(board, "Hass")
    tables.table(operations_table.hide, board, hidden)
    with pytest.raises(RuleBroken), transaction():
        operations_table.make_ideas(board, None, cards=[good.id, hidden.id])
    assert db.session.scalars(sa.select(Idea)).all() == []


def test_after_thirty_days_a_board_forgets_its_devices_and_keeps_its_counts(any_database, make):
    board = tables.board(make)
    cards = [tables.write(board, text) for text in "AB"]
    tables.to(board, "marking")
    for card in cards:
        tables.act(phones.mark, board, card)
    tables.to(board, "closed")
    tables.later(days=29)
    _forget()
    assert board.salt
    tables.later(days=1)
    _forget()
    db.session.expire_all()
    assert (board.salt, {card.device for card in queries.cards(board.id)}) == ("", {""})
    assert queries.dots(board.id) == {card.id: 1 for card in cards}
    assert len(set(db.session.scalars(sa.select(Dot.device)))) == 2
    with pytest.raises(RuleBroken):
        tables.to(board, "marking")


def _forget():
    with transaction():
        operations.forget_devices()


STEPS = st.lists(st.tuples(st.sampled_from(["mark", "unmark", "join", "split", "hide", "show"]),
                           st.integers(0, 4), st.integers(0, 4), st.sampled_from("ab")), max_size=14)


@given(STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_no_device_has_more_dots_than_it_may(app, make, steps):
    board = tables.board(make, dots_per_device=2)
    cards = [tables.write(board, text).id for text in "ABCDE"]
    tables.to(board, "marking")
    for verb, first, second, device in steps:
        try:
            _step(board, verb, cards[first], cards[second], device)
        except RuleBroken:
            db.session.rollback()
        for each in "ab":
            assert len(queries.marked_by(board.id, device_hash(each, board.salt))) <= 2
        standing = {card.id for card in queries_view.table(board.id).cards}
        assert set(queries.dots(board.id)) <= standing
        assert all(card.merged_into_id in standing | {None} for card in queries.cards(board.id))


def _step(board, verb, card, other, device):
    if verb in ("mark", "unmark"):
        return tables.act(getattr(phones, verb), board, card, device)
    if verb == "join":
        return tables.table(operations_table.join, board, card, into=other)
    return tables.table({"split": operations_table.split, "hide": operations_table.hide,
                         "show": operations_table.show_again}[verb], board, card)
