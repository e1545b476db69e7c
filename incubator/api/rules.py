"""Keys by themselves: what one looks like, what it may do, how long it holds; and the marks of versions."""

import enum
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken


class Scope(enum.StrEnum):
    """What a key may do; its person must be allowed to do it, too."""

    REPORT = "milestones:report"
    UPDATE = "updates:write"
    SESSION = "sessions:log"

    @property
    def label(self) -> str:
        label: str = SCOPE_LABELS[self]
        return label


SCOPE_LABELS = {
    Scope.REPORT: _l("Report milestones of my projects"),
    Scope.UPDATE: _l("Write news of my projects"),
    Scope.SESSION: _l("Write down talks with projects I accompany"),
}
TOKEN = re.compile(r"inc_[A-Za-z0-9_-]{43}")
SHOWN = 12  # letters of a key that its owner knows it by
LIFETIMES = (30, 90, 180, 365)
USUAL_LIFETIME = 90
MOST_KEYS = 20
NOTED_EVERY = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(days=1)
GIVES_UP_AFTER = timedelta(minutes=2)  # a first try that has not ended by then was killed
EXPIRED_SHOWN = timedelta(days=90)
VERSION = re.compile(r'"([0-9]{1,10})(?:\.[0-9a-f]+)?"')


def new_token() -> str:
    return f"inc_{secrets.token_urlsafe(32)}"


def holds(key: Any, now: datetime) -> bool:
    return key.ended_at is None and key.expires_at > now


def demand_key(scopes: Sequence[Scope], days: int, number: int) -> None:
    if not scopes:
        raise RuleBroken(_l("Please choose what the key may do."), "scopes")
    if not 0 < days <= max(LIFETIMES):
        raise RuleBroken(_l("A key holds for a year at most."), "days")
    if number >= MOST_KEYS:
        raise RuleBroken(_l("You have very many keys. End one of them before you make another one."))


def version_of(condition: str) -> int | None:
    """Read the version a program says it has seen; None for what is no mark of ours."""
    found = VERSION.fullmatch(condition.strip())
    return int(found.group(1)) if found else None


def mark_of(version: int) -> str:
    return f'"{version}"'
