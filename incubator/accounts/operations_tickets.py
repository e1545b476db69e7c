"""Write letters with links in them, and let links run out."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import queries, rules
from incubator.accounts.models import Person, Role, Ticket, TicketKind
from incubator.accounts.operations_sign_in import count_try
from incubator.foundation import clock, language, queue
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit
from incubator.journal import record
from incubator.letters import operations as letters

TEMPLATES = {TicketKind.SIGN_IN: "sign_in_link", TicketKind.RESET: "reset", TicketKind.INVITATION: "invitation"}


def invite(mail: str, by, *, roles: Sequence[Role] = (), language: str = "de") -> Ticket:
    """Write somebody a letter whose link makes them an account; an older invitation of theirs ends."""
    mail, roles = rules.clean_mail(mail), [Role(role) for role in roles]
    rules.demand_grantable(roles, by)
    if queries.person_with_mail(mail) is not None:
        raise RuleBroken(_l("Somebody with this mail address has an account already."), "mail")
    end_tickets(queries.open_invitations(mail))
    ticket = _new(TicketKind.INVITATION, mail, language, roles=[role.value for role in roles], by=by)
    _write(ticket, mail)
    record("account.invited", by, ticket, roles=sorted(role.value for role in roles))
    return ticket


def withdraw_invitation(ticket: Ticket, by) -> None:
    if ticket.kind is not TicketKind.INVITATION or ticket.used_at is not None:
        raise RuleBroken(_l("This invitation is no longer open."))
    end_tickets([ticket])
    record("account.invitation_withdrawn", by, ticket)


def ask_for_link(mail: str, *, network: str = "") -> None:
    """Let a letter be written that signs its reader in once; nobody learns whether the address is known.

    Only the wish is written down, the same way for every address: the worker looks the person up.
    """
    _ask(TicketKind.SIGN_IN, mail, network)


def ask_for_reset(mail: str, *, network: str = "") -> None:
    """Let a letter be written with which a new password can be chosen; as silent as `ask_for_link`."""
    _ask(TicketKind.RESET, mail, network)


def _ask(kind: TicketKind, mail: str, network: str) -> None:
    mail = rules.clean_mail(mail)
    count_try("link to", mail)
    if network:
        count_try("links from", network)
    ticket = _new(kind, mail, language.current().code)
    db.session.flush()
    number = ticket.id
    after_commit(lambda: queue.wake("incubator.accounts.jobs.write_asked", number))


def open_for(
    person: Person, kind: TicketKind, mail: str | None, valid: timedelta, *, marks: Sequence[str] = (), by=None,
) -> tuple[Ticket, str]:
    """Make a ticket that is open at once, and return it with the token that opens it, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    ticket = Ticket(
        kind=kind, token_hash=queries.token_hash(token), mail=mail, person_id=person.id, roles=list(marks),
        language=person.language, made_by_id=getattr(by, "id", None), made_at=clock.now(),
        expires_at=clock.now() + valid,
    )
    db.session.add(ticket)
    db.session.flush()
    return ticket, token


def _new(kind: TicketKind, mail: str, code: str, *, roles: Sequence[str] = (), by=None) -> Ticket:
    ticket = Ticket(
        kind=kind, token_hash=queries.ASKED + secrets.token_hex(24), mail=mail, roles=list(roles), language=code,
        made_by_id=getattr(by, "id", None), made_at=clock.now(), expires_at=clock.now() + rules.VALID_FOR[kind],
    )
    db.session.add(ticket)
    return ticket


def write_asked(ticket_id: int) -> None:
    """Write the letter that was asked for, if the address belongs to somebody; once, however often it is called."""
    ticket = db.session.get(Ticket, ticket_id)
    if ticket is None or not hold(ticket).token_hash.startswith(queries.ASKED) or ticket.used_at is not None:
        return
    person = queries.person_with_mail(ticket.mail)
    if person is None or not person.is_active or ticket.expires_at <= clock.now():
        ticket.used_at = clock.now()
        return
    ticket.person_id = person.id
    _write(ticket, person)


def _write(ticket: Ticket, to: Person | str) -> None:
    token = secrets.token_urlsafe(32)
    ticket.token_hash = queries.token_hash(token)
    db.session.flush()
    letters.write(
        to, TEMPLATES[ticket.kind], key=key_of(ticket), language=ticket.language, token=token, ticket=ticket,
        roles=[Role(role) for role in ticket.roles],
    )


def key_of(ticket: Ticket) -> str:
    return f"{letters.CONFIDENTIAL}ticket:{ticket.id}"


def end_tickets(tickets: Iterable[Ticket]) -> None:
    """Make links worthless and blank the letters they stand in."""
    tickets = list(tickets)
    for ticket in tickets:
        ticket.used_at = clock.now()
    letters.forget([key_of(ticket) for ticket in tickets])


def forget_old_tickets() -> None:
    """Blank letters whose links have run out; delete tickets a month later."""
    now = clock.now()
    end_tickets(db.session.scalars(
        sa.select(Ticket).where(Ticket.used_at.is_(None), Ticket.expires_at <= now)
    ).all())
    db.session.execute(sa.delete(Ticket).where(Ticket.expires_at < now - rules.KEPT_AFTER_END))
