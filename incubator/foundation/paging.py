"""Lists page by key, never by offset: the thousandth page costs what the first one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the key after which the next ones begin."""

    rows: Sequence[Any]
    after: int | None


def page_of(rows: Sequence[Any], size: int) -> Page:
    """Cut a list that was fetched with one row too many."""
    rows = list(rows)
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)
