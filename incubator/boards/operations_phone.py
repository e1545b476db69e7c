"""What phones do on a board: hand in a card, take it back, set a dot and take it away. Nobody is named.

Each holds the board first: limits are counted while no other phone can add to them.
"""

from incubator.boards import queries, rules
from incubator.boards.models import Board, BoardState, Card, CardSource, Dot
from incubator.boards.operations import changed, held_card
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.journal import record


def hand_in(board: Board, *, text: str, key: str, device: str, language: str) -> Card:
    """Take a card from a phone; sent again with its key, because no answer arrived, it is the same card.

    The key is known only to the phone that wrote the card: the card follows it where the first answer, and the
    device's name in it, got lost.
    """
    hold(board)
    before, now = queries.card_with_key(board.id, rules.demand_key(key)), clock.now()
    if before is not None:
        before.device = device if before.device else ""
        return before
    rules.demand_taking_part(board, BoardState.COLLECTING, now)
    text = rules.card_text(text)
    rules.demand_pace(queries.moments_of(board.id, device), now)
    rules.demand_room(queries.number_of_all_cards(board.id))
    card = Card(board_id=board.id, text=text, language=language, source=CardSource.PHONE, key=key, device=device,
                written_at=now, position=queries.next_place(board.id, None))
    db.session.add(card)
    record("card.written", None, card, board=board.id, source=card.source)
    changed(board)
    return card


def take_back(board: Board, card_id: int, device: str) -> None:
    """Remove one's own card while cards are collected and nobody works with it."""
    hold(board)
    card = held_card(board, card_id)
    rules.demand_own(card, device)
    rules.demand_taking_part(board, BoardState.COLLECTING, clock.now())
    rules.demand_untouched(card, bool(queries.joined_with(card.id)))
    record("card.taken_back", None, card, board=board.id)
    db.session.query(Dot).filter(Dot.card_id == card.id).delete()
    db.session.delete(card)
    changed(board)


def mark(board: Board, card_id: int, device: str) -> None:
    """Set a dot; on a card that has one of this device nothing happens."""
    hold(board)
    card = held_card(board, card_id)
    rules.demand_taking_part(board, BoardState.MARKING, clock.now())
    rules.demand_on_board(card)
    marked = queries.marked_by(board.id, device)
    if card.id in marked:
        return
    rules.demand_dot(len(marked), board.dots_per_device)
    db.session.add(Dot(card_id=card.id, device=device, board_id=board.id, set_at=clock.now()))
    record("card.marked", None, card, board=board.id)
    changed(board)


def unmark(board: Board, card_id: int, device: str) -> None:
    """Take one's dot away again."""
    hold(board)
    card = held_card(board, card_id)
    rules.demand_taking_part(board, BoardState.MARKING, clock.now())
    dot = db.session.get(Dot, (card.id, device))
    if dot is None:
        return
    db.session.delete(dot)
    record("card.unmarked", None, card, board=board.id)
    changed(board)
