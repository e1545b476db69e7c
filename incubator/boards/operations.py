"""Open a board, take it from step to step, give it more time, and let it forget; the rest stands by who does it."""

import secrets
from datetime import datetime

import sqlalchemy as sa

from incubator.boards import queries, rules
from incubator.boards.models import Board, BoardState, Card, Dot
from incubator.dialogue.models import Workshop
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record

CODE_LETTERS = 6


def changed(board: Board) -> None:
    """Raise the board's number in the same transaction, so that every screen notices that something is new."""
    db.session.flush()
    db.session.execute(
        sa.update(Board).where(Board.id == board.id).values(revision=Board.revision + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(board, ["revision"])


def held_card(board: Board, card_id: int) -> Card:
    """Read a card of a board that is held; a phone may have taken it back a moment ago."""
    card = db.session.get(Card, card_id, populate_existing=True)
    if card is None or card.board_id != board.id:
        raise RuleBroken(rules.GONE)
    return card


def open_board(
    workshop: Workshop, by, *, question: str, language: str, expires_at: datetime, dots_per_device: int = rules.DOTS,
    is_fictional: bool = False,
) -> Board:
    """Put up a board with one question; its code opens it on every phone until it runs out."""
    now = clock.now()
    rules.demand_workshop(workshop)
    question = rules.demand_line(question, "question", rules.LONGEST_QUESTION)
    rules.demand_dots_range(dots_per_device)
    rules.demand_end(expires_at, now)
    board = Board(
        workshop_id=workshop.id, question=question, language=language, code=_new_code(), salt=secrets.token_hex(16),
        dots_per_device=dots_per_device, is_fictional=is_fictional, opened_at=now,
        opened_by_id=getattr(by, "id", None), expires_at=expires_at,
    )
    db.session.add(board)
    record("board.opened", by, board, workshop=workshop.id)
    return board


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(rules.LETTERS) for _ in range(CODE_LETTERS))
        if not queries.is_code_taken(code):
            return code


def move_phase(board: Board, to: BoardState, by) -> None:
    """Take a board one step of the table `STEPS`; closed, everybody can read its minutes."""
    hold(board)
    to, now = BoardState(to), clock.now()
    rules.demand_step(board, to, now)
    before, board.state = board.state, to
    board.closed_at = now if to is BoardState.CLOSED else None
    record("board.moved_phase", by, board, **{"from": before, "to": to})
    changed(board)


def prolong(board: Board, by) -> None:
    """Give a board one more hour, from now on where its time is over."""
    hold(board)
    rules.demand_remembered(board)
    board.expires_at = max(board.expires_at, clock.now()) + rules.HOUR
    record("board.prolonged", by, board, expires_at=board.expires_at)
    changed(board)


def forget_devices() -> None:
    """Let boards that are long over forget which cards and dots came from one device; the counts stay true."""
    for board in queries.to_forget(clock.now() - rules.KEPT):
        hold(board)
        board.salt = ""
        db.session.execute(sa.update(Card).where(Card.board_id == board.id).values(device=""))
        for dot in db.session.scalars(sa.select(Dot).where(Dot.board_id == board.id)).all():
            dot.device = secrets.token_hex(16)  # one for each dot: two of one device no longer look alike
        record("board.forgot_devices", None, board)
        db.session.flush()
