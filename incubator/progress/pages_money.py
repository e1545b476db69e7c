"""What the public pages may show of money: sums, days and sentences, never who was paid or what a receipt says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from incubator.progress.pages import Label
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Sums:
    """One project's money in cents.

    Proved is what the city accepted of the receipts it checked; checking is what was entered and nobody checked yet.
    """

    awarded: int = 0
    paid: int = 0
    proved: int = 0
    checking: int = 0
    returned: int = 0

    @property
    def kept(self) -> int:
        """What was paid and not given back."""
        return self.paid - self.returned


@dataclass(frozen=True)
class Category:
    """One kind of cost: planned when the city decided, approved now, proved; None where no receipts are asked for."""

    label: str
    planned: int
    approved: int
    proved: int | None


@dataclass(frozen=True)
class Source:
    """One source of money in the plan; what is only for information counts in no sum."""

    label: str
    cents: int
    counts: bool


@dataclass(frozen=True)
class Payment:
    """Money that moved on a day: to the project, or back to the city."""

    on: date
    cents: int
    instalment: int | None
    is_back: bool = False


@dataclass(frozen=True)
class Promise:
    """A confirmed pledge; `cents` is None where nobody valued it, `how` says how it was valued."""

    partner: str
    kind: str
    what: Passage
    quantity: int
    unit: str
    cents: int | None
    how: str
    is_money: bool
    state: str


@dataclass(frozen=True)
class MoneyPage:
    """`story` are plain sentences in their order; `changed` says that the approved plan is not the first one."""

    slug: str
    title: Passage
    status: Label
    tone: str
    sums: Sums
    pays_out: bool
    asks_receipts: bool
    changed: bool
    categories: tuple[Category, ...]
    sources: tuple[Source, ...]
    payments: tuple[Payment, ...]
    promises: tuple[Promise, ...]
    story: tuple[Any, ...]

    @property
    def promised_money(self) -> int:
        return sum(each.cents or 0 for each in self.promises if each.is_money)

    @property
    def valued_in_kind(self) -> int:
        return sum(each.cents or 0 for each in self.promises if not each.is_money)

    @property
    def unvalued(self) -> int:
        return sum(each.cents is None for each in self.promises)


@dataclass(frozen=True)
class ProjectSums:
    """One project's line on its round's page; of a revoked award only what was paid and is not back counts."""

    slug: str
    title: Passage
    status: Label
    tone: str
    sums: Sums


@dataclass(frozen=True)
class RoundMoney:
    """A round's fund to the cent, and what became of it in each public project."""

    pays_out: bool
    asks_receipts: bool
    sums: Sums
    projects: tuple[ProjectSums, ...]
