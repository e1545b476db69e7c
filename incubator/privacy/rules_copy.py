"""A copy of everything about somebody: how long it lies there, and what in it is never shown."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.letters.rules import CONFIDENTIAL

KEPT_FOR = timedelta(days=7)
LEASE = timedelta(minutes=5)
TRIES = 5
HIDDEN = "(kept, not shown)"

# of no use to read, and of use to whoever finds the file: with it one could get in
SECRETS = frozenset({
    "person.password_hash", "person.seal_salt", "sign_in.token_hash", "passkey.credential", "passkey.public_key",
    "code_app.secret", "recovery_code.code_hash", "challenge.token_hash", "challenge.value", "ticket.token_hash",
    "follower.salt", "signup.salt", "idea.salt", "partner_link.salt",
})


@dataclass(frozen=True)
class Copy:
    """One that was asked for: the entry of the journal says by whom and when, another one that it is there."""

    id: int
    person_id: int
    asked_at: datetime
    language: str
    key: str
    made_at: datetime | None = None
    size_bytes: int = 0
    failed_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        return self.made_at is None and self.failed_at is None

    @property
    def ends_at(self) -> datetime:
        return (self.made_at or self.asked_at) + KEPT_FOR

    def is_there(self, now: datetime) -> bool:
        return self.made_at is not None and now < self.ends_at


def key_of(entry_hash: str) -> str:
    """Return under which name the file lies; whoever cannot read the journal cannot know it."""
    return hashlib.sha256(f"copy {entry_hash}".encode()).hexdigest()[:32]


def demand_free(newest: Copy | None, now: datetime) -> None:
    if newest is not None and newest.is_waiting and now < newest.ends_at:
        raise RuleBroken(_l("Your copy is being made already. We write to you when it is there."))


def shown(table: str, name: str, value: Any, key: str = "") -> Any:
    """Return a value as the copy shows it; what opens something, and letters with such links, stay covered."""
    is_secret = f"{table}.{name}" in SECRETS or (
        table == "letter" and name in ("text", "headers") and key.startswith(CONFIDENTIAL))
    return HIDDEN if is_secret and value not in (None, "") else value
