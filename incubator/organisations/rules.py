"""What must hold about organisations and about who belongs to them."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.organisations.models import EXCLUDING, Affiliation, Organisation

LONGEST_NAME = 160


def is_eligible(organisation: Organisation, round: Any) -> bool:
    """Say whether an organisation may carry projects of a round: it wants to, and its legal form is on the list."""
    return organisation.will_carry and organisation.legal_form.value in round.eligible_forms


def is_current(affiliation: Affiliation, today: date) -> bool:
    """Both days count: somebody who leaves the board today is still of the board today."""
    begun = affiliation.since is None or affiliation.since <= today
    return begun and (affiliation.until is None or affiliation.until >= today)


def excludes(affiliation: Affiliation, today: date) -> bool:
    """Say whether somebody may not decide about what the organisation carries (rule C1); plain membership does not."""
    return affiliation.role in EXCLUDING and is_current(affiliation, today)


def demand_name(name: str, names: dict[int, str], own_id: int | None = None) -> None:
    """Refuse a name that is empty, too long, or another organisation's in whatever letters, small or capital."""
    if not name:
        raise RuleBroken(_l("Please write the name."), "name")
    if len(name) > LONGEST_NAME:
        raise RuleBroken(_l("This name is too long."), "name")
    if any(other.casefold() == name.casefold() and number != own_id for number, other in names.items()):
        raise RuleBroken(_l("An organisation with this name is already here."), "name")


def web_address(text: str) -> str:
    """Return a web address that begins with https:// or http://; links of other kinds are refused."""
    text = text.strip()
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        raise RuleBroken(_l("This is not a web address. It looks like www.example.org."), "website") from None
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in address:
        raise RuleBroken(_l("This is not a web address. It looks like www.example.org."), "website")
    return address


def demand_order(since: date | None, until: date | None, field: str) -> None:
    if since and until and until < since:
        raise RuleBroken(_l("The end cannot be before the beginning."), field)
