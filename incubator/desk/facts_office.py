"""What waits for the coordination in the whole programme."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignatureFact:
    """A revocation that somebody proposed and a second person must sign."""

    project_id: int
    project_title: str
    language: str


@dataclass(frozen=True)
class RoundFact:
    """A round whose change waits for a second person, by the change's id; or one that is not open yet."""

    id: int
    name: str


@dataclass(frozen=True)
class WorkshopFact:
    """A workshop of today, or one that is over and about which nobody has written yet what came out."""

    id: int
    title: str
    language: str
    is_over: bool = True
