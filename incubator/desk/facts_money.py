"""What the desk must know of money: how each project stands, what is asked for, and who may still sign."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from incubator.budgets.models_change import ChangeKind
from incubator.closing.models import ReportState
from incubator.payments.models_requests import RequestState
from incubator.projects.lifecycle import Status


@dataclass(frozen=True)
class MoneyFact:
    """One awarded project's money in cents, its receipts and its final report.

    `unchecked` counts receipts nobody looked at yet, `asked_back` those with a question; `question_id` is one of these.
    """

    project_id: int
    pays_out: bool = True
    asks_receipts: bool = True
    instalments_pct: tuple[int, ...] = ()
    awarded: int = 0
    committed: int = 0
    requested: int = 0
    paid: int = 0
    spent: int = 0
    returned: int = 0
    late_reports: int = 0
    last_paid_on: date | None = None
    last_receipt_on: date | None = None
    unchecked: int = 0
    asked_back: int = 0
    question_id: int | None = None
    report: ReportState | None = None
    report_reason: str = ""
    recovery_due_on: date | None = None


@dataclass(frozen=True)
class RequestFact:
    """A request for money that is neither paid nor ended; `pays_on` is the day its order goes to the bank."""

    id: int
    project_id: int
    project_title: str
    language: str
    status: Status
    state: RequestState
    amount_cents: int
    needed_by: date
    asked_by_id: int
    factual_by_id: int | None
    arithmetic_by_id: int | None
    carrier_id: int | None
    carrier: str
    has_account: bool
    pays_on: date | None = None

    def signed_by(self, person_id: int) -> bool:
        return person_id in (self.factual_by_id, self.arithmetic_by_id)


@dataclass(frozen=True)
class ChangeFact:
    """A change that waits for an answer; `signed` are those who agreed to its plan, `needed` how many must."""

    id: int
    project_id: int
    project_title: str
    language: str
    kind: ChangeKind
    asked_by_id: int
    needed: int = 1
    signed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Free:
    """How many people have no conflict of interest on a project: to confirm money, and to approve as mentors."""

    project_id: int
    project_title: str
    language: str
    confirm: int
    approve: int


@dataclass(frozen=True)
class MoneyFacts:
    projects: Mapping[int, MoneyFact] = field(default_factory=dict)
    requests: tuple[RequestFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    free: Mapping[int, Free] = field(default_factory=dict)
