"""What the desk must know of groups that look for a carrier."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CarrierFact:
    """A group asked an organisation to carry its project: one for which somebody speaks, or nobody (`is_own` not)."""

    id: int
    project_id: int
    title: str
    language: str
    organisation: str
    is_own: bool
