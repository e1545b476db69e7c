"""Boards with their groups and cards, as rows, for this room and for those to the right of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.boards.models import Board, BoardGroup, BoardState, Card, Dot
from incubator.dialogue.models import Workshop
from incubator.foundation.database import db

WHOLE_BOARD = joinedload(Board.workshop).joinedload(Workshop.round)
WITH_BOARD = (joinedload(Card.board).joinedload(Board.workshop), joinedload(Card.group))


def board(board_id: int) -> Board:
    return db.session.get_one(Board, board_id, options=[WHOLE_BOARD])


def board_of_code(code: str) -> Board | None:
    """Return the board of a short address; who types it by hand may write capital letters."""
    return db.session.scalar(sa.select(Board).options(WHOLE_BOARD).where(Board.code == code.lower()))


def freshness(code: str) -> Any | None:
    """Return what tells a phone whether anything is new: one row, by a unique index."""
    return db.session.execute(
        sa.select(Board.id, Board.revision, Board.state, Board.expires_at, Board.salt, Board.dots_per_device)
        .where(Board.code == code.lower())
    ).one_or_none()


def revision(board_id: int) -> int:
    return db.session.scalars(sa.select(Board.revision).where(Board.id == board_id)).one()


def is_code_taken(code: str) -> bool:
    return db.session.scalar(sa.select(Board.id).where(Board.code == code)) is not None


def boards_of(workshop_id: int) -> Sequence[Board]:
    """Return the boards of a workshop in the order in which they were opened."""
    return db.session.scalars(sa.select(Board).where(Board.workshop_id == workshop_id).order_by(Board.id)).all()


def group(group_id: int) -> BoardGroup:
    return db.session.get_one(BoardGroup, group_id, options=[joinedload(BoardGroup.board)])


def groups(board_id: int) -> Sequence[BoardGroup]:
    return db.session.scalars(
        sa.select(BoardGroup).where(BoardGroup.board_id == board_id).order_by(BoardGroup.position, BoardGroup.id)
    ).all()


def card(card_id: int) -> Card:
    return db.session.get_one(Card, card_id, options=WITH_BOARD)


def card_with_key(board_id: int, key: str) -> Card | None:
    return db.session.scalar(sa.select(Card).where(Card.board_id == board_id, Card.key == key))


def cards(board_id: int) -> Sequence[Card]:
    """Return every card of a board in the order of its columns, hidden and joined ones too."""
    return db.session.scalars(
        sa.select(Card).where(Card.board_id == board_id).order_by(Card.position, Card.id)
    ).all()


def number_of_cards(board_id: int) -> int:
    """Count the cards that people handed in and that nobody took off the board."""
    return _count(Card.board_id == board_id, Card.hidden_at.is_(None))


def number_of_all_cards(board_id: int) -> int:
    return _count(Card.board_id == board_id)


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(Card).where(*conditions)).one()


def next_place(board_id: int, group_id: int | None) -> int:
    """Return the place below the last card of a column."""
    last = db.session.scalar(sa.select(sa.func.max(Card.position)).where(
        Card.board_id == board_id, Card.group_id == group_id))
    return 0 if last is None else last + 1


def column(board_id: int, group_id: int | None) -> Sequence[Any]:
    """Return (id, position) of the cards of a column, from top to bottom."""
    return db.session.execute(
        sa.select(Card.id, Card.position).where(Card.board_id == board_id, Card.group_id == group_id)
        .order_by(Card.position, Card.id)
    ).all()


def moments_of(board_id: int, device: str) -> Sequence[datetime]:
    """Return when a device handed in its cards."""
    return db.session.scalars(
        sa.select(Card.written_at).where(Card.board_id == board_id, Card.device == device)
    ).all()


def cards_of(board_id: int, device: str) -> Sequence[Card]:
    """Return a device's own cards, the newest first; those that were taken off are not shown to it either."""
    if not device:
        return []
    return db.session.scalars(
        sa.select(Card).where(Card.board_id == board_id, Card.device == device, Card.hidden_at.is_(None))
        .order_by(Card.id.desc())
    ).all()


def joined_with(card_id: int) -> Sequence[Card]:
    return db.session.scalars(sa.select(Card).where(Card.merged_into_id == card_id).order_by(Card.id)).all()


def dots(board_id: int) -> dict[int, int]:
    """Return how many devices marked each card."""
    rows = db.session.execute(
        sa.select(Dot.card_id, sa.func.count()).where(Dot.board_id == board_id).group_by(Dot.card_id)
    )
    return {card_id: number for card_id, number in rows}


def marked_by(board_id: int, device: str) -> frozenset[int]:
    """Return the cards that a device marked."""
    if not device:
        return frozenset()
    return frozenset(db.session.scalars(
        sa.select(Dot.card_id).where(Dot.board_id == board_id, Dot.device == device)
    ))


def to_forget(before: datetime) -> Sequence[Board]:
    """Return boards that were closed, or have run out, before a moment and still tell devices apart."""
    return db.session.scalars(
        sa.select(Board).where(Board.salt != "", sa.func.coalesce(Board.closed_at, Board.expires_at) <= before)
        .order_by(Board.id).limit(20)
    ).all()


def left_open(now: datetime) -> Sequence[Any]:
    """Return boards whose time is over and that nobody has closed: their minutes wait for it."""
    return db.session.execute(
        sa.select(Board.id, Board.question, Board.language)
        .where(Board.state != BoardState.CLOSED, Board.expires_at <= now).order_by(Board.id).limit(20)
    ).all()
