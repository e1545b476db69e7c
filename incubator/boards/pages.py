"""What screens show of a board, frozen: cards in columns with their dots."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CardView:
    """A card as it lies there; `joined` are those that say the same, `dots` how many devices marked it."""

    id: int
    text: str
    language: str
    dots: int
    is_paper: bool
    idea_id: int | None
    joined: tuple["CardView", ...] = ()


@dataclass(frozen=True)
class Column:
    """A group with its cards; without a number, the cards that nobody has grouped yet."""

    id: int | None
    title: str
    language: str
    cards: tuple[CardView, ...]
    more: int = 0


@dataclass(frozen=True)
class Table:
    """A whole board. `hidden` is for the moderation alone."""

    columns: tuple[Column, ...]
    hidden: tuple[CardView, ...]
    number: int
    dots: int

    @property
    def groups(self) -> tuple[Column, ...]:
        return tuple(each for each in self.columns if each.id is not None)

    @property
    def cards(self) -> tuple[CardView, ...]:
        return tuple(card for column in self.columns for card in column.cards)


@dataclass(frozen=True)
class PhoneState:
    """What a phone asks for every two seconds: numbers only. It draws itself anew where `shown` is another."""

    revision: int
    phase: str
    cards: int
    shown: str
