"""The words of the register: on what ground something is kept, how long, whose it is, and what erasing does to it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


class Basis(enum.StrEnum):
    """Why the law lets us keep something (Art. 6 (1) GDPR)."""

    CONSENT = "a"
    CONTRACT = "b"
    DUTY = "c"
    TASK = "e"

    @property
    def label(self) -> Any:
        return BASIS_LABELS[self]


BASIS_LABELS = {
    Basis.CONSENT: _l("You agreed (Article 6 (1) (a) GDPR)"),
    Basis.CONTRACT: _l("Your agreement with us needs it (Article 6 (1) (b) GDPR)"),
    Basis.DUTY: _l("A law demands it (Article 6 (1) (c) GDPR)"),
    Basis.TASK: _l("The city needs it for its public task (Article 6 (1) (e) GDPR)"),
}


class Since(enum.StrEnum):
    """From which moment the time is counted."""

    ERASED = "erased"  # only erasing ends it
    MADE = "made"
    EXPIRED = "expired"
    ENDED = "ended"
    SENT = "sent"
    ANSWERED = "answered"
    DECIDED = "decided"
    WORKSHOP = "workshop"
    PROJECT = "project"  # the end of the project: completed, not awarded, or ended early
    ROUND = "round"  # the round was archived


@dataclass(frozen=True)
class Retention:
    """How long something is kept: `days`, `months`, or the years that a round names in its `setting`, since a moment.

    `unawarded` is the setting that counts where a project never got money. `job` is the function that already sees to
    it; without one the retention of this room must. `words` say it to people, given the number.
    """

    key: str
    words: Callable[[int], str]
    since: Since
    days: int = 0
    months: int = 0
    setting: str = ""
    unawarded: str = ""
    job: str = ""


class How(enum.StrEnum):
    """What erasing a person does: the row goes, these columns are emptied, or they stay for a reason."""

    DELETE = "delete"
    CLEAR = "clear"
    KEEP = "keep"

    @property
    def label(self) -> Any:
        return HOW_LABELS[self]


HOW_LABELS = {
    How.DELETE: _l("is deleted"),
    How.CLEAR: _l("is emptied"),
    How.KEEP: _l("stays, without your name"),
}


@dataclass(frozen=True)
class Erased:
    """What happens on erasure; what stays says why."""

    how: How
    reason: Any = ""


DELETE, CLEAR = Erased(How.DELETE), Erased(How.CLEAR)


def keep(reason: Any) -> Erased:
    return Erased(How.KEEP, reason)


class Holds(enum.StrEnum):
    """What stands in the column at the end of a way, by which a person is found."""

    ID = "id"
    PUBLIC_ID = "public_id"
    SEAL = "seal"
    MAIL = "mail"
    TEAM = "team"  # a project's number: everybody who takes or took part in it
    NOBODY = "nobody"


@dataclass(frozen=True)
class Purpose:
    """What something is kept for, and about whom. `key` is its mark on the privacy page."""

    key: str
    title: Any
    why: Any
    basis: Basis
    people: Any


@dataclass(frozen=True)
class Kept:
    """Columns of a table that say something about somebody.

    `whose` is the way from a row to the person: the columns to follow, with dots between them, each but the last a
    foreign key; the last holds what `holds` says. Empty is what leads to nobody here, such as a payee on a receipt.
    """

    table: str
    columns: tuple[str, ...]
    what: Any
    purpose: Purpose
    basis: Basis
    keeps: Retention
    whose: str
    erased: Erased

    @property
    def steps(self) -> list[str]:
        return self.whose.split(".") if self.whose else []

    @property
    def holds(self) -> Holds:
        """Say what the last column of the way holds."""
        last = self.steps[-1] if self.steps else ""
        if (self.table, self.whose) == ("project", "id"):
            return Holds.TEAM
        return HOLDS.get(last, Holds.ID if last else Holds.NOBODY)


HOLDS = {
    "mail": Holds.MAIL, "address": Holds.MAIL, "author": Holds.PUBLIC_ID, "reviewer": Holds.PUBLIC_ID,
    "uploaded_by": Holds.PUBLIC_ID, "actor": Holds.SEAL, "project_id": Holds.TEAM,
}


def kept(table: str, columns: str, what: Any, purpose: Purpose, keeps: Retention, whose: str, erased: Erased,
         *, basis: Basis | None = None) -> Kept:
    """Write an entry; `columns` have spaces between them, the ground is the purpose's where no other is named."""
    return Kept(table, tuple(columns.split()), what, purpose, basis or purpose.basis, keeps, whose, erased)
