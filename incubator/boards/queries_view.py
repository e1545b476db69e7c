"""What the moderation, the beamer and the phones see of a board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.boards import queries
from incubator.boards.models import BoardState, Card, CardSource
from incubator.boards.pages import CardView, Column, PhoneState, Table
from incubator.foundation.database import db

OVER = "over"
ON_SCREEN, FEWEST_IN_COLUMN = 18, 2


def table(board_id: int) -> Table:
    """Return a board with three queries; the cards of no group come first."""
    rows, dots = queries.cards(board_id), queries.dots(board_id)
    joined: dict[int, list[CardView]] = {}
    for row in rows:
        if row.merged_into_id is not None:
            joined.setdefault(row.merged_into_id, []).append(_view(row, dots, ()))
    standing = [row for row in rows if row.hidden_at is None and row.merged_into_id is None]
    views = {row.id: _view(row, dots, joined.get(row.id, ())) for row in standing}
    heads: list[Any] = [None, *queries.groups(board_id)]
    columns = tuple(
        Column(
            id=head.id if head else None, title=head.title if head else "", language=head.language if head else "",
            cards=tuple(views[row.id] for row in standing if row.group_id == (head.id if head else None)),
        ) for head in heads
    )
    hidden = tuple(_view(row, dots, ()) for row in rows if row.hidden_at is not None)
    return Table(columns=columns, hidden=hidden, number=len(rows) - len(hidden), dots=sum(dots.values()))


def _view(row: Card, dots: dict[int, int], joined: Sequence[CardView]) -> CardView:
    return CardView(
        id=row.id, text=row.text, language=row.language, dots=dots.get(row.id, 0),
        is_paper=row.source is CardSource.PAPER, idea_id=row.idea_id, joined=tuple(joined),
    )


def on_screen(whole: Table, phase: BoardState) -> Table:
    """Return what fits on the beamer in big letters: the newest cards first, or those with the most dots."""
    filled = [column for column in whole.columns if column.cards or column.id is not None]
    room = max(FEWEST_IN_COLUMN, ON_SCREEN // max(len(filled), 1))
    columns = []
    for column in filled:
        by = (lambda card: -card.id) if phase is BoardState.COLLECTING else (lambda card: -card.dots)
        cards = sorted(column.cards, key=by)
        columns.append(replace(column, cards=tuple(cards[:room]), more=max(0, len(cards) - room)))
    return replace(whole, columns=tuple(columns), hidden=())


def phone_state(row: Any, device: str, now: datetime) -> PhoneState:
    """Return where a phone stands; `row` is that of `queries.freshness`, `device` the hash of this board.

    While cards are collected a phone shows its own ones only, so the cards of others do not make it draw anything.
    """
    phase = OVER if row.state is BoardState.CLOSED or row.expires_at <= now else row.state.value
    return PhoneState(
        revision=row.revision, phase=phase, cards=queries.number_of_cards(row.id),
        shown=f"{phase}-{_shown(row.id, device, phase)}",
    )


def _shown(board_id: int, device: str, phase: str) -> str:
    """Return numbers that differ where what the phone shows differs."""
    if phase == OVER:
        return ""
    cards = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Card.version), 0)).where(
        Card.board_id == board_id, Card.hidden_at.is_(None))
    if phase == BoardState.MARKING.value:
        number, versions = db.session.execute(cards.where(Card.merged_into_id.is_(None))).one()
        marked = queries.marked_by(board_id, device)
        return f"{number}-{versions}-{len(marked)}-{sum(marked)}"
    if not device:
        return "0-0"
    number, versions = db.session.execute(cards.where(Card.device == device)).one()
    return f"{number}-{versions}"


def is_joinable(card: Card) -> bool:
    return card.hidden_at is None and card.merged_into_id is None and card.idea_id is None


def others(card: Card) -> list[CardView]:
    """Return the cards on which a card can be laid; those of its own group come first."""
    whole = table(card.board_id)
    order = sorted(whole.columns, key=lambda column: column.id != card.group_id)
    return [each for column in order for each in column.cards if each.id != card.id]


def without_idea(whole: Table) -> list[CardView]:
    """Return the cards that can still become ideas, those with the most dots first."""
    return sorted((card for card in whole.cards if card.idea_id is None), key=lambda card: -card.dots)

