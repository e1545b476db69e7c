"""People and their sign-ins."""

import hashlib
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.accounts import rules
from incubator.accounts.models import NEVER, Person, Role, RoleGrant, SignIn, Ticket, TicketKind
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of

PEOPLE_ON_A_PAGE = 50
FACES = {Role.LEAD: 2, Role.MENTOR: 2, Role.COORDINATOR: 2, Role.AUDITOR: 1, Role.PARTNER: 1, Role.TRANSLATOR: 1,
         Role.ADMINISTRATOR: 1}
NOBODY_REAL = "%@example.org"
ASKED = "asked:"  # stands before the stored hash of a ticket whose letter is still to be written


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def person_with_mail(mail: str) -> Person | None:
    return db.session.scalar(sa.select(Person).where(Person.mail == mail.strip().lower()))


def sign_in_of(token: str) -> SignIn | None:
    """Return the row of a cookie's token as long as it holds; one that was left alone too long does not."""
    held = sa.select(SignIn).where(
        SignIn.token_hash == token_hash(token), SignIn.revoked_at.is_(None), SignIn.expires_at > clock.now())
    with_roles = joinedload(SignIn.person).joinedload(Person.grants)  # for each page of theirs: one question
    found = db.session.scalars(held.options(with_roles)).unique().one_or_none()
    return None if found is None or _is_unused(found) else found


def _is_unused(found: SignIn) -> bool:
    return rules.is_unused(found.seen_at, found.person.roles, clock.now())


def has_lapsed(token: str) -> bool:
    """Say whether the sign-in of a cookie ended by itself, because it was not used or because its time was over."""
    found = db.session.scalar(sa.select(SignIn).where(
        SignIn.token_hash == token_hash(token), SignIn.revoked_at.is_(None)
    ))
    return found is not None and (_is_unused(found) or found.expires_at <= clock.now())


def person_of_token(token: str) -> Person | None:
    """Return who is signed in with a cookie's token, None once it is revoked, over, or the person is gone."""
    found = sign_in_of(token)
    if found is None or not found.person.is_active:
        return None
    person = found.person
    person.token, person.seen, person.began = token, found.seen_at, found.created_at
    person.proved, person.proof = found.proved_at or NEVER, found.proof
    return person


def sign_ins(person_id: int) -> Sequence[SignIn]:
    """Return a person's sign-ins that hold, those used last first."""
    found = db.session.scalars(
        sa.select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.revoked_at.is_(None), SignIn.expires_at > clock.now())
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()
    return [each for each in found if not _is_unused(each)]


def is_new_device(person_id: int, device: str) -> bool:
    """Say whether somebody signed in before, and never on this kind of device; long ended sign-ins are forgotten."""
    known = db.session.scalars(sa.select(SignIn.device).where(SignIn.person_id == person_id).distinct()).all()
    return bool(known) and device not in known


def known_sign_in(sign_in_id: int) -> SignIn | None:
    return db.session.get(SignIn, sign_in_id)


def sign_in(sign_in_id: int) -> SignIn:
    return db.session.get_one(SignIn, sign_in_id)


def people_with_role(role: Role, *, and_others: bool = False) -> Sequence[Person]:
    """Return active people who hold a role, by name; `and_others`: what else they hold is read with it."""
    held = (
        sa.select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, Person.is_active)
        .order_by(Person.given_name, Person.family_name)
    )
    return db.session.scalars(held.options(selectinload(Person.grants)) if and_others else held).all()


def read_roles(people: Iterable[Person]) -> None:
    """Read the roles of many people at once, before each is asked for theirs."""
    chosen = sa.select(Person).where(Person.id.in_({person.id for person in people}))
    db.session.scalars(chosen.options(selectinload(Person.grants))).all()


def people(words: str = "", before: int | None = None) -> Page:
    """Return accounts, the newest first; `words` are looked for in names and mail addresses."""
    chosen = sa.select(Person).options(selectinload(Person.grants))
    chosen = chosen.order_by(Person.id.desc()).limit(PEOPLE_ON_A_PAGE + 1)
    for word in words.split()[:5]:
        chosen = chosen.where(sa.or_(*(
            column.icontains(word, autoescape=True) for column in (Person.given_name, Person.family_name, Person.mail)
        )))
    if before is not None:
        chosen = chosen.where(Person.id < before)
    return page_of(db.session.scalars(chosen).all(), PEOPLE_ON_A_PAGE)


def open_ticket(kind: TicketKind, token: str) -> Ticket | None:
    """Return the ticket of a link that still works."""
    found = db.session.scalar(sa.select(Ticket).where(
        Ticket.token_hash == token_hash(token), Ticket.kind == kind, Ticket.used_at.is_(None),
        Ticket.expires_at > clock.now(),
    ))
    gone = found is not None and found.person is not None and not found.person.is_active
    return None if gone else found


def ticket(ticket_id: int) -> Ticket:
    return db.session.get_one(Ticket, ticket_id)


def open_invitations(mail: str | None = None) -> Sequence[Ticket]:
    """Return invitations that nobody has taken up yet, the newest first."""
    chosen = sa.select(Ticket).where(
        Ticket.kind == TicketKind.INVITATION, Ticket.used_at.is_(None), Ticket.expires_at > clock.now()
    )
    if mail is not None:
        chosen = chosen.where(Ticket.mail == mail)
    return db.session.scalars(chosen.order_by(Ticket.id.desc()).limit(100)).all()


def unwritten() -> Sequence[int]:
    """Return the ids of tickets that were asked for and whose letter is still to be written."""
    return db.session.scalars(
        sa.select(Ticket.id).where(Ticket.token_hash.startswith(ASKED), Ticket.used_at.is_(None)).order_by(Ticket.id)
    ).all()


def demo_faces() -> list[tuple[Person, Role]]:
    """Return the few people as whom a visitor of the demo city may look around; nobody real is among them."""
    rows = db.session.execute(
        sa.select(Person, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.mail.like(NOBODY_REAL), Person.is_active, RoleGrant.role.in_(FACES))
        .order_by(Person.id)
    ).all()
    return [
        (found, role) for wanted, most in FACES.items()
        for found, role in [(found, role) for found, role in rows if role is wanted][:most]
    ]


def demo_panel() -> Sequence[Person]:
    """Return somebody who scores projects there; seats belong to a room further on, so their table is named."""
    seats = db.metadata.tables["panel_member"]
    return db.session.scalars(
        sa.select(Person).join(seats, seats.c.person_id == Person.id)
        .where(Person.mail.like(NOBODY_REAL), Person.is_active, seats.c.until.is_(None)).order_by(Person.id).limit(1)
    ).all()


def demo_person(public_id: str) -> Person | None:
    return db.session.scalar(
        sa.select(Person).where(Person.public_id == public_id, Person.mail.like(NOBODY_REAL), Person.is_active)
    )
