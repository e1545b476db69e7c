"""What holds for second proofs: who must have one, how long one counts, and which codes fit."""

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import pyotp
from flask_babel import lazy_gettext as _l
from pyotp.utils import strings_equal

from incubator.accounts.models import Role
from incubator.foundation import digits
from incubator.foundation.errors import RuleBroken

FRESH_FOR = timedelta(minutes=15)
ASKED_FOR = timedelta(minutes=5)  # how long a device may take to answer
STAFF = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.MENTOR, Role.AUDITOR})
SECOND = frozenset({"passkey", "code_app", "recovery", "outside"})
STEP = 30
RECOVERY_CODES = 10
FEW_LEFT = 3
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
MOST_PASSKEYS = 20


def must_have_second(mode: str, roles: Collection[Role]) -> bool:
    return mode == "all" or (mode == "staff" and not STAFF.isdisjoint(roles))


def is_proved(person: Any) -> bool:
    """Say whether more than a password or a link stands behind this sign-in."""
    return person.proof in SECOND


def is_within(moment: datetime, now: datetime) -> bool:
    return now - FRESH_FOR <= moment <= now


def is_fresh(person: Any, needs_second: bool, now: datetime) -> bool:
    """Say whether somebody proved a short while ago that it is they.

    Whoever has, or must have, a second proof proves with that; for all others a password or a new sign-in does.
    """
    if needs_second:
        return is_proved(person) and is_within(person.proved, now)
    return is_within(person.proved, now) or is_within(person.began, now)


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def fitting_step(secret: str, code: str, last_step: int, now: datetime) -> int | None:
    """Return the half minute of a code, None unless that is now; one that was taken already does not fit again."""
    step = step_at(now)
    return step if step > last_step and strings_equal(pyotp.TOTP(secret).generate_otp(step), code) else None


def clean_code(text: str) -> str:
    """Return what was typed without the gaps that make it readable, in plain digits and small letters."""
    return re.sub(r"[\s\-–]", "", digits.western(text)).lower()


def is_app_code(code: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", code) is not None


def is_recovery_code(code: str) -> bool:
    return re.fullmatch(f"[{SIGNS}]{{12}}", code) is not None


def new_recovery_code() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(12))


def spaced(code: str) -> str:
    """Write a code in groups of four, as people read and type it."""
    return "-".join(code[first:first + 4] for first in range(0, len(code), 4))


def demand_one_left(left: int, must_have: bool) -> None:
    if must_have and left < 1:
        raise RuleBroken(_l("Your work here needs a second proof. Add another one first, then remove this one."))


def clean_name(name: str, otherwise: str) -> str:
    return " ".join(name.split())[:60] or otherwise
