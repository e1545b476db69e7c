"""The minutes of a workshop: its closed boards, for everybody to read."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from incubator.boards import queries_view as boards
from incubator.boards.models import Board, BoardState
from incubator.boards.pages import CardView, Column
from incubator.dialogue.models import Idea, Workshop
from incubator.dialogue.rules import told_number
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.progress import queries_dialogue as listed
from incubator.progress.pages_boards import BoardMinutes, MinuteCard, MinuteGroup, MinutesPage
from incubator.wording.queries import Passage, words

MOST = 20


def has_minutes() -> Any:
    """The column that says whether a workshop has a closed board."""
    return sa.exists().where(Board.workshop_id == Workshop.id, Board.state == BoardState.CLOSED)


def minutes(slug: str, language: str) -> MinutesPage | None:
    """Return what lay on the boards of a workshop in the end; a board that is open shows nothing here."""
    row = db.session.execute(listed.workshops_listed().where(Workshop.slug == slug)).one_or_none()
    if row is None:
        return None
    closed = db.session.scalars(
        sa.select(Board).where(Board.workshop_id == row.id, Board.state == BoardState.CLOSED)
        .order_by(Board.id).limit(MOST)
    ).all()
    if not closed:
        return None
    said = words(language, {"workshop": [row.id]})
    return MinutesPage(
        card=listed.workshop(row, said, clock.minute()), boards=tuple(_board(board) for board in closed))


def _board(board: Board) -> BoardMinutes:
    whole = boards.table(board.id)
    public = _public_ideas([card.idea_id for card in whole.cards if card.idea_id is not None])
    columns = [*whole.groups, *(each for each in whole.columns if each.id is None)]
    return BoardMinutes(
        id=board.id, question=Passage(board.question, board.language), closed_at=board.closed_at or board.expires_at,
        cards=whole.number, dots=told_number(whole.dots), is_fictional=board.is_fictional,
        groups=tuple(_group(column, public) for column in columns if column.cards),
    )


def _public_ideas(ids: Collection[int]) -> frozenset[int]:
    if not ids:
        return frozenset()
    return frozenset(db.session.scalars(sa.select(Idea.id).where(Idea.id.in_(ids), listed.idea_is_public())))


def _group(column: Column, public: frozenset[int]) -> MinuteGroup:
    """Return a group with the cards that most people marked first."""
    cards = sorted(column.cards, key=lambda card: -card.dots)
    return MinuteGroup(
        title=Passage(column.title, column.language) if column.id is not None else None,
        cards=tuple(_card(card, public) for card in cards),
    )


def _card(card: CardView, public: frozenset[int]) -> MinuteCard:
    return MinuteCard(
        text=Passage(card.text, card.language), dots=told_number(card.dots), became_idea=card.idea_id is not None,
        joined=tuple(Passage(each.text, each.language) for each in card.joined),
        idea_id=card.idea_id if card.idea_id in public else None,
    )
