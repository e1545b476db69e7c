"""Take what a link in a letter offers; each works once."""

from flask_babel import lazy_gettext as _l

from incubator.accounts import queries
from incubator.accounts.models import Person, PublicName, Role, Ticket, TicketKind
from incubator.accounts.operations_people import add_person, set_password
from incubator.accounts.operations_sign_in import forget_tries, start
from incubator.accounts.operations_tickets import end_tickets
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record

GONE = _l("This link does not work any more: each works once and for a limited time. Please ask for a new one.")


def _take(kind: TicketKind, token: str) -> Ticket:
    """Return a link's ticket if it still works; held, so that of two who use it at once only one gets in."""
    ticket = queries.open_ticket(kind, token)
    if ticket is None or hold(ticket).used_at is not None:
        raise RuleBroken(GONE)
    return ticket


def _person_of(ticket: Ticket) -> Person:
    assert ticket.person is not None  # such tickets are written to people only
    return ticket.person


def use_link(token: str, device: str) -> str:
    """Sign in with a link and return the token for the cookie."""
    ticket = _take(TicketKind.SIGN_IN, token)
    end_tickets([ticket])
    forget_tries("link to", ticket.mail)
    return start(_person_of(ticket), device)


def reset(token: str, password: str, *, device: str = "", ends_keys: bool = False) -> str:
    """Set a new password, end all other sign-ins, and return the token of a new one."""
    ticket = _take(TicketKind.RESET, token)
    person = _person_of(ticket)
    set_password(person, password, person, "password", ends_keys=ends_keys)
    end_tickets([ticket])
    forget_tries("link to", ticket.mail)
    return start(person, device)


def accept_invitation(
    token: str, *, given_name: str, family_name: str, password: str | None, language: str, public_name: PublicName
) -> Person:
    """Make the account somebody was invited to, with the roles of the invitation."""
    ticket = _take(TicketKind.INVITATION, token)
    person = add_person(
        None, given_name=given_name, family_name=family_name, mail=ticket.mail, language=language,
        password=password, public_name=public_name, roles=[Role(role) for role in ticket.roles],
    )
    end_tickets([ticket])
    ticket.person_id = person.id
    record("account.joined", person, person, invitation=ticket.id)
    return person
