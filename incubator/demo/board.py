"""The live board of a workshop in the demo city: cards from phones and paper, grouped, marked, and become ideas."""

import hashlib
from typing import Any

from incubator.boards import operations as boards
from incubator.boards import operations_phone as phones
from incubator.boards import operations_table as table
from incubator.boards.models import BoardState, Card
from incubator.boards.rules import default_end, device_hash
from incubator.dialogue.models import Workshop
from incubator.foundation import clock

Data = dict[str, Any]


class Afternoon:
    """One workshop's board from its question to its minutes; `titles` are those of the ideas that began as cards."""

    def __init__(self, data: Data, workshop: Workshop, goran: Any, titles: dict[str, str]) -> None:
        self.data, self.goran, self.titles = data, goran, titles
        self.board = boards.open_board(
            workshop, goran, question=data["question"], language="de", is_fictional=True,
            expires_at=default_end(workshop, clock.now()),
        )
        self.cards: list[Card] = []

    def hold(self) -> None:
        """Collect, group and mark; afterwards the board is closed, and everybody can read its minutes."""
        for number, entry in enumerate(self.data["cards"]):
            self.cards.append(self._write(number, entry))
        self._group()
        boards.move_phase(self.board, BoardState.MARKING, self.goran)
        for card, entry in zip(self.cards, self.data["cards"], strict=True):
            for phone in entry.get("dots", ()):
                phones.mark(self.board, card.id, self._device(phone))
        boards.move_phase(self.board, BoardState.CLOSED, self.goran)

    def card_of(self, idea: str) -> int:
        return next(
            card.id for card, entry in zip(self.cards, self.data["cards"], strict=True) if entry.get("idea") == idea)

    def _device(self, phone: int) -> str:
        return device_hash(f"phone {phone}", self.board.salt)

    def _write(self, number: int, entry: Data) -> Card:
        text = entry.get("text") or self.titles[entry["idea"]]
        if "phone" not in entry:
            return table.type_in(self.board, self.goran, text=text, language=entry["language"])
        key = hashlib.sha256(f"{number} {text}".encode()).hexdigest()[:32]
        device = self._device(entry["phone"])
        return phones.hand_in(self.board, text=text, key=key, device=device, language=entry["language"])

    def _group(self) -> None:
        groups = [
            table.add_group(self.board, self.goran, title=title, language="de") for title in self.data["groups"]]
        for card, entry in zip(self.cards, self.data["cards"], strict=True):
            if "into" in entry:
                table.join(self.board, card.id, self.goran, into=self.cards[entry["into"]].id)
            else:
                table.move_card(self.board, card.id, self.goran, to=groups[entry["group"]].id)
