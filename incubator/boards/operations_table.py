"""What the moderation does on a board: type in, group, join, take off, and turn cards into ideas.

Two moderators at once: each change holds the board and is made to what stands there then. A card moved twice lies
where the last one put it, and both see it there; a card that is gone is said to be gone. No text is ever replaced.
"""

import secrets
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from incubator.boards import queries, rules
from incubator.boards.models import Board, BoardGroup, Card, CardSource, Dot
from incubator.boards.operations import changed, held_card
from incubator.dialogue import operations as dialogue
from incubator.dialogue.models import Idea
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record


def type_in(board: Board, by, *, text: str, language: str, group_id: int | None = None) -> Card:
    """Add a card that somebody wrote on paper."""
    hold(board)
    rules.demand_collecting_paper(board)
    text = rules.card_text(text)
    rules.demand_room(queries.number_of_all_cards(board.id))
    group_id = _group_of(board, group_id)
    card = Card(board_id=board.id, group_id=group_id, text=text, language=language, source=CardSource.PAPER,
                key=f"paper-{secrets.token_urlsafe(18)}", written_at=clock.now(),
                position=queries.next_place(board.id, group_id))
    db.session.add(card)
    record("card.written", by, card, board=board.id, source=card.source)
    changed(board)
    return card


def move_card(board: Board, card_id: int, by, *, to: int | None, before: int | None = None) -> None:
    """Put a card into a group, above the card `before` or below all others."""
    hold(board)
    card = held_card(board, card_id)
    rules.demand_on_board(card)
    to = _group_of(board, to)
    column = [row for row in queries.column(board.id, to) if row.id != card.id]
    at = next((place for place, row in enumerate(column) if row.id == before), len(column))
    if card.group_id != to:
        card.group_id = to
        db.session.execute(sa.update(Card).where(Card.merged_into_id == card.id).values(group_id=to))
    order = [row.id for row in column[:at]] + [card.id] + [row.id for row in column[at:]]
    was = {row.id: row.position for row in column}
    record("card.moved", by, card, board=board.id, group=to)
    for place, number in enumerate(order):
        if was.get(number) != place:
            db.session.execute(sa.update(Card).where(Card.id == number).values(position=place))
    changed(board)


def _group_of(board: Board, group_id: int | None) -> int | None:
    """Return the number of a group of this board; one that was removed meanwhile is refused."""
    if group_id is None:
        return None
    return _held_group(board, group_id).id


def _held_group(board: Board, group_id: int) -> BoardGroup:
    group = db.session.get(BoardGroup, group_id, populate_existing=True)
    if group is None or group.board_id != board.id:
        raise RuleBroken(rules.NO_GROUP)
    return group


def join(board: Board, card_id: int, by, *, into: int) -> None:
    """Lay a card on another one that says the same; dots go along, and whoever marked both has one dot back."""
    hold(board)
    rules.demand_remembered(board)
    card, other = held_card(board, card_id), held_card(board, into)
    rules.demand_joinable(card, other)
    twice = sa.select(Dot.device).where(Dot.card_id == other.id)
    db.session.execute(sa.delete(Dot).where(Dot.card_id == card.id, Dot.device.in_(twice)))
    db.session.execute(sa.update(Dot).where(Dot.card_id == card.id).values(card_id=other.id))
    for each in (card, *queries.joined_with(card.id)):
        each.merged_into_id, each.group_id = other.id, other.group_id
    record("card.joined", by, card, board=board.id, into=other.id)
    changed(board)


def split(board: Board, card_id: int, by) -> None:
    """Let a joined card stand for itself again; the dots stay where they are."""
    hold(board)
    card = held_card(board, card_id)
    if card.merged_into_id is None:
        return
    card.merged_into_id = None
    record("card.split", by, card, board=board.id)
    changed(board)


def hide(board: Board, card_id: int, by) -> None:
    """Take a card off the board; only the moderation still reads it. Its dots go back to those who set them.

    Cards that were joined with it stand for themselves again.
    """
    hold(board)
    card = held_card(board, card_id)
    if card.hidden_at is not None:
        return
    for each in queries.joined_with(card.id):
        each.merged_into_id = None
    card.hidden_at, card.merged_into_id = clock.now(), None
    db.session.execute(sa.delete(Dot).where(Dot.card_id == card.id))
    record("card.hidden", by, card, board=board.id)
    changed(board)


def show_again(board: Board, card_id: int, by) -> None:
    hold(board)
    card = held_card(board, card_id)
    if card.hidden_at is None:
        return
    card.hidden_at = None
    record("card.shown", by, card, board=board.id)
    changed(board)


def add_group(board: Board, by, *, title: str, language: str) -> BoardGroup:
    hold(board)
    title = rules.demand_line(title, "title", rules.LONGEST_GROUP)
    number = len(queries.groups(board.id))
    rules.demand_room_for_group(number)
    group = BoardGroup(board_id=board.id, title=title, language=language, position=number)
    db.session.add(group)
    record("board_group.added", by, group, board=board.id)
    changed(board)
    return group


def rename_group(board: Board, group_id: int, by, *, title: str, language: str) -> None:
    hold(board)
    group = _held_group(board, group_id)
    group.title, group.language = rules.demand_line(title, "title", rules.LONGEST_GROUP), language
    record("board_group.renamed", by, group, board=board.id)
    changed(board)


def remove_group(board: Board, group_id: int, by) -> None:
    """Remove a heading; its cards stay, in no group."""
    hold(board)
    group = _held_group(board, group_id)
    place = queries.next_place(board.id, None)
    for row in queries.column(board.id, group.id):
        db.session.execute(sa.update(Card).where(Card.id == row.id).values(
            group_id=None, position=place + row.position, version=Card.version + 1))
    record("board_group.removed", by, group, board=board.id)
    db.session.delete(group)
    changed(board)


def make_ideas(board: Board, by, *, cards: Iterable[int], **fields: Any) -> list[Idea]:
    """Turn cards into ideas of the board's workshop, each at most once; all of them or none."""
    hold(board)
    chosen = [held_card(board, number) for number in cards]
    if not chosen:
        raise RuleBroken(rules.NO_CARD, "cards")
    workshop, ideas = board.workshop, []
    for card in chosen:
        rules.demand_on_board(card)
        rules.demand_no_idea(card)
        title, text = rules.as_idea(card.text, [each.text for each in queries.joined_with(card.id)])
        idea = dialogue.give_idea(workshop.round, by, title=title, text=text, language=card.language,
                                  workshop_id=workshop.id, is_fictional=board.is_fictional, **fields)
        db.session.flush()
        card.idea_id = idea.id
        record("card.became_idea", by, card, board=board.id, idea=idea.id)
        ideas.append(idea)
    changed(board)
    return ideas
