"""What people may have: to be forgotten, and to be shown no longer than they agreed."""

from dataclasses import dataclass
from datetime import date

from incubator.privacy.queries_photos import Ending


@dataclass(frozen=True)
class ErasureFact:
    """How many requests to be forgotten wait for somebody else than who asked, and when the first is due."""

    number: int
    due_on: date


@dataclass(frozen=True)
class RightsFacts:
    """`consents` are photos of projects the person leads that will soon be hidden."""

    erasures: ErasureFact | None = None
    consents: tuple[Ending, ...] = ()
