"""What holds for letters to partners: how long an invitation stays open, how long words may be."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.partners.models import Partnership
from incubator.partners.models_invitation import InvitationState, PartnerInvitation

OPEN_FOR = timedelta(days=60)
REMINDED_AFTER = timedelta(days=7)
KEPT = timedelta(days=90)
READS_ON = timedelta(days=30)
MOST_OPEN = 20
LONGEST_WORDS = 1000
LONGEST_REASON = 500
INVITED, MINE = "partner invited", "partner mine"  # what their links are for


def is_open(invitation: PartnerInvitation, now: datetime) -> bool:
    """Say whether an invitation still waits for an answer; after sixty days it does not any more."""
    return invitation.state is InvitationState.ASKED and now < invitation.asked_at + OPEN_FOR


def last_day(invitation: PartnerInvitation) -> date:
    return (invitation.asked_at + OPEN_FOR).astimezone(clock.CITY).date()


def demand_open(invitation: PartnerInvitation, now: datetime) -> None:
    if not is_open(invitation, now):
        raise RuleBroken(_l("This invitation was answered or taken back already, or it is too old."))


def demand_known_address(mail: str, known: Collection[str]) -> None:
    """Refuse another address where somebody answers for an organisation: a lead does not choose who speaks for it."""
    if known and mail not in known:
        raise RuleBroken(_l("Somebody answers for this organisation already. If it is to be asked at another address, "
                            "please write to the coordination."), "mail")


def demand_words(text: str, longest: int, field: str) -> str:
    text = text.strip()
    if len(text) > longest:
        raise RuleBroken(_l("This text is too long."), field)
    return text


def demand_reason(text: str, field: str = "reason") -> str:
    """Return the reason for taking a promise back: somebody counted on it and must hear why."""
    reason = demand_words(text, LONGEST_REASON, field)
    if not reason:
        raise RuleBroken(_l("Please say in a few words why."), field)
    return reason


def may_read(partnership: Partnership, today: date) -> bool:
    """Say whether the partner still reads about a project: thirty days more once the partnership has ended."""
    return partnership.until is None or today <= partnership.until + READS_ON
