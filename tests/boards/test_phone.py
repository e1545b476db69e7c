"""Phones hand in cards, take them back and mark them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.boards import operations_phone as phones
from incubator.boards import operations_table, queries
from incubator.boards.models import Card, Dot
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.journal.models import Entry
from tests.boards import tables


def number(kind):
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_a_card_sent_twice_is_one_card(any_database, make):
    board = tables.board(make)
    first = tables.write(board, key="same-key-1")
    again = tables.write(board, key="same-key-1")
    assert (first.id, number(Card)) == (again.id, 1)


def test_two_answers_lost_at_once_make_one_card(make, at_once):
    board_id = tables.board(make).id
    send = lambda: tables.operations_phone.hand_in(  # noqa: E731
        queries.board(board_id), text="Einmal", key="same-key-1", device="d", language="de")
    assert at_once(send, send) == ["done", "done"]
    assert number(Card) == 1


def test_a_card_follows_its_key_when_the_answer_with_the_name_got_lost(app, make):
    board = tables.board(make)
    tables.write(board, key="same-key-1", device="lost")
    card = tables.write(board, key="same-key-1", device="found")
    tables.act(phones.take_back, board, card, "found")
    assert number(Card) == 0


def test_every_change_raises_the_number_of_the_board(app, make):
    board = tables.board(make)
    seen = [queries.revision(board.id)]
    card = tables.write(board)
    seen.append(queries.revision(board.id))
    tables.to(board, "marking")
    seen.append(queries.revision(board.id))
    tables.act(phones.mark, board, card)
    seen.append(queries.revision(board.id))
    tables.table(operations_table.hide, board, card)
    seen.append(queries.revision(board.id))
    assert seen == [1, 2, 3, 4, 5]


def test_the_journal_knows_no_words_and_no_device(app, make):
    board = tables.board(make)
    tables.write(board, "Sehr geheim", device="mein-telefon")
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "card.written")).one()
    assert (entry.actor, entry.data) == (None, {"board": board.id, "source": "phone"})


def test_own_cards_are_taken_back_while_cards_are_collected(app, make):
    board = tables.board(make)
    card = tables.write(board)
    with pytest.raises(RuleBroken):
        tables.act(phones.take_back, board, card, "another")
    tables.act(phones.take_back, board, card)
    assert number(Card) == 0
    with pytest.raises(RuleBroken):
        tables.act(phones.take_back, board, 1)
    late = tables.write(board)
    tables.to(board, "marking")
    with pytest.raises(RuleBroken):
        tables.act(phones.take_back, board, late)


def test_a_card_the_moderation_works_with_is_not_taken_back(app, make):
    board = tables.board(make)
    card, other = tables.write(board), tables.write(board, "Bänke", "second")
    tables.table(operations_table.join, board, other, into=card.id)
    with pytest.raises(RuleBroken):
        tables.act(phones.take_back, board, card)


def test_a_dot_set_twice_is_one_dot_and_can_be_taken_away(any_database, make):
    board = tables.board(make, dots_per_device=1)
    card, other = tables.write(board), tables.write(board, "Bäume")
    tables.to(board, "marking")
    tables.act(phones.mark, board, card)
    tables.act(phones.mark, board, card)
    assert queries.dots(board.id) == {card.id: 1}
    with pytest.raises(RuleBroken):
        tables.act(phones.mark, board, other)
    tables.act(phones.unmark, board, card)
    tables.act(phones.mark, board, other)
    assert queries.dots(board.id) == {other.id: 1}


def test_two_dots_at_the_same_moment_never_go_over_the_limit(make, at_once):
    board = tables.board(make, dots_per_device=1)
    cards = [tables.write(board).id, tables.write(board, "Bäume").id]
    board_id = tables.to(board, "marking").id
    works = [lambda card=card: phones.mark(queries.board(board_id), card, "d") for card in cards]
    answers = at_once(*works)
    assert sorted(str(each) for each in answers)[1] == "done"
    assert (answers.count("done"), number(Dot)) == (1, 1)


def test_a_hidden_or_joined_card_takes_no_dot(app, make):
    board = tables.board(make)
    cards = [tables.write(board, text) for text in ("Bänke", "Sitze", "Böses")]
    tables.table(operations_table.join, board, cards[1], into=cards[0].id)
    tables.table(operations_table.hide, board, cards[2])
    tables.to(board, "marking")
    for card in cards[1:]:
        with pytest.raises(RuleBroken):
            tables.act(phones.mark, board, card)


def test_nothing_goes_in_when_the_time_is_over(app, make):
    board = tables.board(make, expires_at=clock.now() + timedelta(hours=1))
    tables.later(hours=1)
    with pytest.raises(RuleBroken):
        tables.write(board)
    assert number(Card) == 0


def test_a_card_of_another_board_is_no_card_here(app, make):
    board, other = tables.board(make), tables.board(make)
    card = tables.write(other)
    with pytest.raises(RuleBroken):
        tables.act(phones.take_back, board, card)
