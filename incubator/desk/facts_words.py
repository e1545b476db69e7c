"""What waits for people who translate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WordsFact:
    """How many translations stand so in one language, as far as they wait for this person."""

    language: str
    state: str
    number: int
