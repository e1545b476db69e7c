"""Change the address that letters and links go to: asked for, confirmed from the new one, stopped from the old one."""

from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import queries, rules
from incubator.accounts.models import OBJECTION, Person, Ticket, TicketKind
from incubator.accounts.operations_links import GONE
from incubator.accounts.operations_people import end_links
from incubator.accounts.operations_sign_in import count_try, end_all
from incubator.accounts.operations_tickets import end_tickets, key_of, open_for
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters import operations as letters

OBJECT_WITHIN = timedelta(days=7)


def ask_for_mail(person: Person, mail: str) -> None:
    """Write to the new address and to the old one; nobody learns here whether somebody else has the new one."""
    mail = rules.clean_mail(mail)
    if mail == hold(person).mail:
        raise RuleBroken(_l("This is your mail address already."), "mail")
    count_try("new mail of", person.public_id)
    end_tickets(_asked(person))
    language = person.language
    ticket, token = open_for(person, TicketKind.MAIL, mail, rules.VALID_FOR[TicketKind.MAIL], by=person)
    if queries.person_with_mail(mail) is None:
        letters.write(mail, "mail_confirm", key=key_of(ticket), language=language, token=token, name=person.given_name)
    if person.mail:
        objection, token = open_for(
            person, TicketKind.MAIL, person.mail, OBJECT_WITHIN, marks=[OBJECTION], by=person)
        letters.write(person.mail, "mail_change_asked", key=key_of(objection), language=language, token=token,
                      name=person.given_name)
    record("account.mail_asked", person, person)


def _asked(person: Person) -> list[Ticket]:
    """Return changes that wait to be confirmed."""
    found = db.session.scalars(sa.select(Ticket).where(
        Ticket.person_id == person.id, Ticket.kind == TicketKind.MAIL, Ticket.used_at.is_(None)))
    return [each for each in found if not each.is_objection]


def _taken(token: str, *, objection: bool) -> tuple[Ticket, Person]:
    ticket = queries.open_ticket(TicketKind.MAIL, token)
    if ticket is None or ticket.is_objection is not objection or hold(ticket).used_at is not None:
        raise RuleBroken(GONE)
    assert ticket.person is not None  # such tickets are written to people only
    return ticket, hold(ticket.person)


def confirm_mail(token: str, *, here: str = "") -> None:
    """Let the new address count; every sign-in but that of `here` ends."""
    ticket, person = _taken(token, objection=False)
    if queries.person_with_mail(ticket.mail) is not None:  # somebody was quicker
        raise RuleBroken(GONE)
    person.mail = ticket.mail
    end_links(person)
    end_all(person, person, but=here)
    record("account.mail_changed", person, person)


def object_to_mail(token: str) -> None:
    """Keep or bring back the old address, and sign everybody out: whoever reads its mailbox says it was not they."""
    ticket, person = _taken(token, objection=True)
    if person.mail != ticket.mail and queries.person_with_mail(ticket.mail) is None:
        person.mail = ticket.mail
    end_tickets([ticket])
    end_links(person)
    end_all(person, person)
    record("account.mail_kept", person, person)
