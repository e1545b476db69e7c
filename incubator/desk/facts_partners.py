"""What the desk knows of partners: promises a lead must act on, and budgets that lost money."""

from dataclasses import dataclass
from datetime import date

from incubator.budgets.queries_gap import Gap


@dataclass(frozen=True)
class PledgeFact:
    """An organisation's offer that waits for its contact's word."""

    id: int
    project_id: int
    description: str
    language: str
    project_title: str
    organisation: str


@dataclass(frozen=True)
class LeadPledge:
    """A promise that waits for the lead: an offer to be answered, else one that has ended and wants its proof."""

    id: int
    project_id: int
    description: str
    language: str
    project_title: str
    organisation: str
    is_offer: bool
    ends_on: date | None


@dataclass(frozen=True)
class PartnerFacts:
    pledges: tuple[LeadPledge, ...] = ()
    gaps: tuple[Gap, ...] = ()
