"""What holds for names, passwords, links and roles."""

import hashlib
import ipaddress
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from incubator.accounts.models import Role, TicketKind
from incubator.accounts.rules_proofs import STAFF
from incubator.foundation.errors import RuleBroken

SHORTEST_PASSWORD = 10
SIGNED_IN_FOR = timedelta(days=30)
UNUSED_FOR, UNUSED_BY_STAFF_FOR = timedelta(days=14), timedelta(hours=24)  # then a sign-in ends by itself
SEEN_EVERY = timedelta(minutes=30)
KEPT_AFTER_END = timedelta(days=30)
VALID_FOR = {
    TicketKind.INVITATION: timedelta(days=14),
    TicketKind.SIGN_IN: timedelta(minutes=10),
    TicketKind.RESET: timedelta(hours=1),
    TicketKind.MAIL: timedelta(hours=24),
}
LONGEST_WAIT = timedelta(hours=1)
WORN = ("password", "passwort", "1234567890", "qwertzuiop", "qwertyuiop", "incubator", "0987654321")
KNOWN_PASSWORD = _l("Other people use this password too: it stands in lists that everybody can read. Please take four "
                    "words that do not belong together.")
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # signs that turn the reading direction of what follows
MARKS_IN_A_ROW = 8
BEHIND_PLUS = re.compile(r"(?<=.)\+[^@]*(?=@)")

ROLE_TASKS = {
    Role.LEAD: _l("proposes a project, plans its money, tells what was done"),
    Role.MENTOR: _l("advises projects, approves budgets and milestones for the city"),
    Role.COORDINATOR: _l("leads the round, checks proposals, records decisions"),
    Role.PARTNER: _l("offers rooms, hours, material or money"),
    Role.MODERATOR: _l("leads workshops and collects ideas"),
    Role.TRANSLATOR: _l("reads translations and corrects them"),
    Role.AUDITOR: _l("may look at everything and change nothing"),
    Role.ADMINISTRATOR: _l("invites people and gives them their roles"),
}


@dataclass(frozen=True)
class Limit:
    """How many tries are free within a time before waiting begins."""

    free: int
    within: timedelta


LIMITS = {
    "password of": Limit(5, timedelta(hours=24)),  # of an address, in one network: nobody shuts out somebody elsewhere
    "passwords to": Limit(50, timedelta(hours=24)),
    "passwords from": Limit(30, timedelta(hours=1)),
    "link to": Limit(3, timedelta(hours=1)),
    "links from": Limit(30, timedelta(hours=1)),
    "outside from": Limit(60, timedelta(hours=1)),
    "reports from": Limit(60, timedelta(hours=1)),
    "code of": Limit(5, timedelta(hours=1)),
    "recovery of": Limit(5, timedelta(hours=1)),
    "codes from": Limit(60, timedelta(hours=1)),
    "devices from": Limit(120, timedelta(hours=1)),
    "new mail of": Limit(3, timedelta(hours=24)),
    "follow to": Limit(3, timedelta(hours=1)),
    "follow from": Limit(20, timedelta(hours=1)),
    "device from": Limit(20, timedelta(hours=1)),
    "sign-up to": Limit(6, timedelta(hours=1)),
    "sign-up from": Limit(120, timedelta(hours=1)),  # a hall of people shares one network
    "message of": Limit(5, timedelta(hours=1)),
    "message from": Limit(15, timedelta(hours=1)),
    "barrier of": Limit(5, timedelta(hours=1)),
    "barrier from": Limit(15, timedelta(hours=1)),
    "idea of": Limit(5, timedelta(hours=1)),
    "idea from": Limit(120, timedelta(hours=1)),
    "idea photo from": Limit(30, timedelta(hours=1)),
    "board device from": Limit(200, timedelta(hours=1)),
    "partner to": Limit(3, timedelta(hours=1)),
    "partner from": Limit(20, timedelta(hours=1)),
}


def is_unused(seen_at: datetime, roles: Collection[Role], now: datetime) -> bool:
    """Say whether a sign-in was left alone so long that it ended: staff's sooner, for they decide and pay."""
    return now - seen_at >= (UNUSED_FOR if STAFF.isdisjoint(roles) else UNUSED_BY_STAFF_FOR)


def free_again(tries: Sequence[datetime], free: int) -> datetime | None:
    """Return when the next try is let in, None for at once: one minute after the last, doubled with each, at most 60.

    `tries` are in order of time.
    """
    over = len(tries) - free
    if over < 0:
        return None
    return tries[-1] + min(timedelta(minutes=2 ** min(over, 6)), LONGEST_WAIT)


def demand_patience(tries: Sequence[datetime], free: int, now: datetime) -> None:
    until = free_again(tries, free)
    if until is None or until <= now:
        return
    minutes = -(-(until - now) // timedelta(minutes=1))
    raise RuleBroken(lazy_ngettext(
        "That was tried too often. Please wait %(num)s minute and try again.",
        "That was tried too often. Please wait %(num)s minutes and try again.", minutes,
    ))


def subject_of(kind: str, value: str) -> str:
    """Return under what tries are counted: neither addresses nor networks are stored in the clear.

    An address with something behind a plus is counted as the one without: both lead to the same mailbox.
    """
    return hashlib.sha256(f"{kind} {BEHIND_PLUS.sub('', value)}".encode()).hexdigest()


def network_of(address: str | None) -> str:
    """Return what is counted as one network: an IPv4 address, the first half of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False)) if not found.ipv4_mapped else str(found.ipv4_mapped)
    return str(found)


def clean_mail(mail: str) -> str:
    return mail.strip().lower()


def clean_name(name: str, field: str) -> str:
    """Return a name without spaces around it; refused with signs that would disturb the text around a name."""
    name = name.strip()
    marks = 0
    for sign in name:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind in ("Cc", "Cs", "Zl", "Zp") or ord(sign) in TURNING or marks > MARKS_IN_A_ROW:
            raise RuleBroken(_l("There is a character in it that no name has. Please type it again."), field)
    return name


def demand_given_name(name: str) -> None:
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in name):
        raise RuleBroken(_l("Please write how we may call you."), "given_name")


def demand_password(password: str, mail: str | None, field: str = "password") -> None:
    """Refuse what is guessed first: short ones, one's own address, the best-known ones, one sign again and again."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(lazy_ngettext(
            "Please take at least %(num)s character. A sentence of four words is a good password.",
            "Please take at least %(num)s characters. A sentence of four words is a good password.", SHORTEST_PASSWORD,
        ), field)
    low = password.lower()
    own = (mail or "").partition("@")[0]
    if len(set(password)) < 4 or any(word in low for word in WORN) or (len(own) > 2 and own in low):
        raise RuleBroken(_l("This would be guessed quickly. A sentence of four words is a good password."), field)


def grantable(by: Any) -> list[Role]:
    """Return the roles that somebody may give; None stands for the operator's command line."""
    if by is None or by.has_role(Role.ADMINISTRATOR):
        return list(Role)
    return [role for role in Role if role is not Role.ADMINISTRATOR]


def demand_grantable(roles: Sequence[Role], by: Any) -> None:
    if set(roles) - set(grantable(by)):
        raise RuleBroken(_l("Only administrators can make somebody an administrator."), "roles")


def device_of(user_agent: str | None) -> str:
    """Name a browser so that its owner knows it again: "Firefox, Android"; empty when it says nothing."""
    agent = (user_agent or "")[:400]
    browsers = (("Edge", r"Edg[A-Z]*/"), ("Opera", r"OPR/"), ("Samsung Internet", r"SamsungBrowser/"),
                ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/"), ("Safari", r"Safari/"))
    systems = (("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows"),
               ("Mac", r"Macintosh"), ("Linux", r"Linux|X11"))
    found = [next((name for name, pattern in kinds if re.search(pattern, agent)), "") for kinds in (browsers, systems)]
    return ", ".join(name for name in found if name)


def own_path(path: str | None, home: str) -> str:
    """Return where to go on to: the path if it is one of ours and short, else home."""
    if path and len(path) <= 500 and re.fullmatch(r"/[a-z]{2,3}(?:-[a-z]+)?/desk(?:/[\w./?&=%+-]*)?", path, re.ASCII):
        return home if "//" in path else path
    return home
