"""What the pages of help show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """Some words; `is_named` where they stand the same way on a page or a button."""

    text: str
    is_named: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, or the lines of a list; `kind` is p, ul or ol."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Guide:
    """A guide as it is written in one language."""

    role: str
    language: str
    title: str
    lead: str
    parts: tuple[Part, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """Return in their order the words that stand on pages and buttons."""
        return tuple(run.text for run in self._runs() if run.is_named)

    @property
    def words(self) -> int:
        told = [self.title, self.lead, *(part.title for part in self.parts), *(run.text for run in self._runs())]
        return sum(len(text.split()) for text in told)

    def _runs(self) -> Iterator[Run]:
        for part in self.parts:
            for block in part.blocks:
                for line in block.lines:
                    yield from line


@dataclass(frozen=True)
class Term:
    """A word of the programme and one sentence that explains it; `official` is what German law calls it."""

    key: str
    name: Any
    told: Any
    official: str = ""


@dataclass(frozen=True)
class Card:
    """One thought of a first look around, and the page it leads to."""

    title: Any
    told: Any
    picture: str
    endpoint: str = ""
    link: Any = ""
