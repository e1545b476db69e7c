"""What the public pages may show of what was found."""

from dataclasses import dataclass
from datetime import datetime

from incubator.progress.pages import Label, Marked
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Piece:
    """A passage in one language; names of places and people's groups are in none."""

    text: str
    language: str = ""
    is_title: bool = False


@dataclass(frozen=True)
class Found:
    """One thing that was found; `key` is what its address holds, `within` the title of its project."""

    kind: str
    id: int
    key: str
    title: Marked
    snippet: Marked | None
    place: str = ""
    at: datetime | None = None
    within: Passage | None = None


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: Label
    found: tuple[Found, ...]
    has_more: bool


@dataclass(frozen=True)
class SearchPage:
    """`is_empty` says that nothing was typed, `is_silent` that what was typed holds no letter."""

    q: str
    groups: tuple[Group, ...]
    is_silent: bool

    @property
    def is_empty(self) -> bool:
        return not self.q
