"""Boards for tests: one on which cards are collected, and one that is closed."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from incubator.boards import operations, operations_phone, operations_table
from incubator.boards.models import Board, BoardGroup, BoardState, Card
from incubator.boards.rules import device_hash
from incubator.dialogue.models import Workshop
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from tests.builders import Builders


def board(make: Builders, workshop: Workshop | None = None, *, state: str = "collecting", **fields: Any) -> Board:
    workshop = workshop or make.workshop(state="planned", starts_at=clock.now() - timedelta(hours=1))
    known: dict[str, Any] = {"question": "Was fehlt im Viertel?", "language": "de", "dots_per_device": 3,
                             "expires_at": clock.now() + timedelta(hours=4)}
    with transaction():
        made = operations.open_board(workshop, None, **(known | fields))
    return to(made, state) if state != "collecting" else made


def to(board: Board, state: str) -> Board:
    with transaction():
        operations.move_phase(board, BoardState(state), None)
    return board


def write(board: Board, text: str = "Mehr Bänke", device: str = "phone", language: str = "de", key: str = "") -> Card:
    with transaction():
        return operations_phone.hand_in(
            board, text=text, key=key or uuid4().hex, device=device_hash(device, board.salt), language=language)


def act(operation: Any, board: Board, card: Card | int, device: str = "phone") -> None:
    """Do what a phone does with a card."""
    number = card if isinstance(card, int) else card.id
    with transaction():
        operation(board, number, device_hash(device, board.salt))


def table(operation: Any, board: Board, card: Card | int, **values: Any) -> Any:
    """Do what the moderation does with a card."""
    number = card if isinstance(card, int) else card.id
    with transaction():
        return operation(board, number, None, **values)


def later(**time: Any) -> datetime:
    clock.set(clock.now() + timedelta(**time))
    return clock.now()


def renew(world: SimpleNamespace, make: Builders) -> None:
    """Make anew the group that a sent button removes."""
    if hasattr(world, "board"):
        world.spare_group = make._keep(BoardGroup(board_id=world.board.id, title="Wege", language="de"))


def add_to(world: SimpleNamespace, make: Builders) -> None:
    """Add boards to the world of all addresses."""
    made = one_of_each(make, world.workshop)
    world.board, world.card, world.group = made.open, made.card, made.group
    renew(world, make)


def parts(endpoint: str, world: SimpleNamespace) -> dict[str, Any]:
    group = world.spare_group if endpoint == "boards.remove_group" else world.group
    known = {"board_id": world.board.id, "card_id": world.card.id, "group_id": group.id}
    return known | ({} if endpoint.startswith("translating.") else {"code": world.board.code})


def one_of_each(make: Builders, workshop: Workshop) -> SimpleNamespace:
    """A board that collects, with a group and three cards of which one is hidden; and a closed one with minutes."""
    open_one = board(make, workshop)
    card = write(open_one)
    write(open_one, "Ein Platz zum Reden", "second")
    hidden = write(open_one, "canary-hidden", "third")
    closed = board(make, workshop, question="Was bleibt?")
    kept = write(closed, "مقاعد أكثر", language="ar")
    with transaction():
        group = operations_table.add_group(open_one, None, title="Plätze", language="de")
        operations_table.hide(open_one, hidden.id, None)
        gone = operations_phone.hand_in(closed, text="canary-hidden", key=uuid4().hex, device="d", language="de")
    table(operations_table.hide, closed, gone)
    to(closed, "marking")
    act(operations_phone.mark, closed, kept)
    to(closed, "closed")
    return SimpleNamespace(open=open_one, closed=closed, card=card, group=group, kept=kept)
