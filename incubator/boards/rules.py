"""What must hold on a board; nothing here reads the database."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.boards.models import Board, BoardState, Card
from incubator.dialogue.models import Workshop, WorkshopState
from incubator.foundation.errors import RuleBroken

LONGEST_CARD, LONGEST_QUESTION, LONGEST_GROUP, LONGEST_IDEA = 300, 200, 120, 120
DOTS, MOST_DOTS, MOST_GROUPS, MOST_CARDS = 3, 20, 12, 2000
PER_MINUTE, PER_DEVICE = 6, 30
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AFTER_THE_END = timedelta(hours=2)
LONGEST_OPEN = timedelta(days=30)
KEPT = timedelta(days=30)
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another
GONE: Any = _l("This card is no longer there.")
NO_GROUP: Any = _l("This group is no longer there.")
NO_CARD: Any = _l("Please choose at least one card.")
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
STEPS = {
    BoardState.COLLECTING: (BoardState.MARKING, BoardState.CLOSED),
    BoardState.MARKING: (BoardState.COLLECTING, BoardState.CLOSED),
    BoardState.CLOSED: (BoardState.MARKING, BoardState.COLLECTING),
}


def device_hash(device: str, salt: str) -> str:
    """Return what a board knows of a device: the same for each of its cards, another one on every other board."""
    return hmac.new(salt.encode(), device.encode(), hashlib.sha256).hexdigest()


def is_over(board: Board, now: datetime) -> bool:
    """Say whether phones can only look: the board is closed, or its time is over."""
    return board.state is BoardState.CLOSED or board.expires_at <= now


def default_end(workshop: Workshop, now: datetime) -> datetime:
    """Return until when a new board is open: two hours after its workshop, or after now where that is over."""
    return max(workshop.ends_at, now) + AFTER_THE_END


def demand_workshop(workshop: Workshop) -> None:
    if workshop.state is WorkshopState.CANCELLED:
        raise RuleBroken(_l("This workshop was cancelled."))


def demand_line(text: str, field: str, longest: int) -> str:
    """Return one clean line."""
    text = " ".join(text.split())
    if not text:
        raise RuleBroken(_l("Please write something here."), field)
    if len(text) > longest:
        raise RuleBroken(_l("This text is too long."), field)
    return text


def demand_dots_range(dots: int) -> None:
    if not 1 <= dots <= MOST_DOTS:
        raise RuleBroken(_l("Between 1 and 20 dots, please."), "dots_per_device")


def demand_end(expires_at: datetime, now: datetime) -> None:
    if expires_at <= now:
        raise RuleBroken(_l("The end must lie in the future."), "until")
    if expires_at > now + LONGEST_OPEN:
        raise RuleBroken(_l("A board is open for at most 30 days."), "on")


def demand_step(board: Board, to: BoardState, now: datetime) -> None:
    if to not in STEPS[board.state]:
        raise RuleBroken(_l("Somebody was faster: the board stands at “%(now)s” already.", now=board.state.label))
    if to is not BoardState.CLOSED:
        demand_remembered(board)
        if board.expires_at <= now:
            raise RuleBroken(_l("The time of this board is over. Give it one more hour first."))


def demand_remembered(board: Board) -> None:
    """A board that has forgotten its devices cannot tell people apart any more."""
    if not board.salt:
        raise RuleBroken(_l("This board was closed long ago. Please open a new one."))


def demand_room_for_group(number: int) -> None:
    if number >= MOST_GROUPS:
        raise RuleBroken(_l("More than twelve groups fit on no screen."), "title")


def demand_taking_part(board: Board, phase: BoardState, now: datetime) -> None:
    """Refuse what a phone does when the board is closed, old, or at another step."""
    if board.state is BoardState.CLOSED:
        raise RuleBroken(_l("This board is closed. Thank you for taking part."))
    if board.expires_at <= now:
        raise RuleBroken(_l("The time of this board is over. Is it the code of another day?"))
    if board.state is not phase:
        raise RuleBroken(
            _l("Cards are no longer collected: now people mark them.") if phase is BoardState.COLLECTING
            else _l("Marking begins later: cards are still collected."))


def demand_collecting_paper(board: Board) -> None:
    if board.state is BoardState.CLOSED:
        raise RuleBroken(_l("This board is closed. Open it again to add a card."))


def demand_key(key: str) -> str:
    if not KEY.fullmatch(key):
        raise RuleBroken(_l("This form was incomplete. Please send it again."))
    return key


def card_text(text: str) -> str:
    """Return a card's words without spaces around them."""
    text = " ".join(text.split())
    if not text:
        raise RuleBroken(_l("Please write something on the card."), "text")
    if len(text) > LONGEST_CARD:
        raise RuleBroken(_l("A card has room for 300 letters. Please make it two cards."), "text")
    return text


def demand_pace(written: Sequence[datetime], now: datetime) -> None:
    """`written` are the moments of the device's cards on this board."""
    if len(written) >= PER_DEVICE:
        raise RuleBroken(_l("You have handed in 30 cards. More do not fit; take one back to change it."), "text")
    if sum(at > now - MINUTE for at in written) >= PER_MINUTE:
        raise RuleBroken(_l("That was quick. Please wait a minute before the next card."), "text")


def demand_room(number: int) -> None:
    if number >= MOST_CARDS:
        raise RuleBroken(_l("This board is full."), "text")


def demand_own(card: Card, device: str) -> None:
    if not device or card.device != device:
        raise RuleBroken(_l("This card came from another phone."))


def demand_untouched(card: Card, has_joined: bool) -> None:
    demand_on_board(card)
    if has_joined or card.idea_id is not None:
        raise RuleBroken(_l("People work with this card already. Please talk to the moderation."))


def demand_on_board(card: Card) -> None:
    if card.hidden_at is not None:
        raise RuleBroken(_l("This card was taken off the board."))
    if card.merged_into_id is not None:
        raise RuleBroken(_l("This card was joined with another one."))


def demand_dot(used: int, dots_per_device: int) -> None:
    if used >= dots_per_device:
        raise RuleBroken(_l("All your dots are set. Take one away to set it elsewhere."))


def demand_joinable(card: Card, into: Card) -> None:
    """Only cards that stand on the board themselves are joined, so there are no circles."""
    if card.id == into.id:
        raise RuleBroken(_l("A card cannot be joined with itself."), "into")
    if into.merged_into_id == card.id:
        raise RuleBroken(_l("These two cards are joined already."), "into")
    demand_on_board(card)
    demand_on_board(into)
    if card.idea_id is not None:
        raise RuleBroken(_l("This card has become an idea; join the other one with it."), "into")


def demand_no_idea(card: Card) -> None:
    if card.idea_id is not None:
        raise RuleBroken(_l("One of these cards has become an idea already."), "cards")


def as_idea(text: str, joined: Sequence[str]) -> tuple[str, str]:
    """Return the title and the text of the idea that a card becomes; what was joined with it stands in the text."""
    title = text
    if len(text) > LONGEST_IDEA:
        title = text[:LONGEST_IDEA - 2].rsplit(None, 1)[0].rstrip()[:LONGEST_IDEA - 2] + " …"
    return title, "\n".join([*([text] if title != text else []), *joined])
