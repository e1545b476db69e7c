"""What the page about the record may show."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SignedPoint:
    """The newest checkpoint."""

    number: int
    made_at: datetime
    public_key: str


@dataclass(frozen=True)
class RecordPage:
    number_of_entries: int
    newest: SignedPoint | None
    has_key: bool
