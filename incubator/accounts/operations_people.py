"""Add and change people, and give and take roles."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import known_passwords, passwords, queries, rules
from incubator.accounts.models import Person, PublicName, Role, RoleGrant, Ticket
from incubator.accounts.operations_sign_in import end_all
from incubator.accounts.operations_tickets import end_tickets
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import BY_CODE
from incubator.journal import record

FIELDS = ("given_name", "family_name", "public_name_choice", "language", "also_reads")


def add_person(
    by, *, given_name: str, family_name: str, mail: str | None, roles: Iterable[Role] = (), language: str = "de",
    password: str | None = None, public_name: PublicName = PublicName.FULL, public_id: str | None = None,
) -> Person:
    """Give somebody an account; without a password they sign in by links in letters."""
    roles = sorted({Role(role) for role in roles})
    mail = rules.clean_mail(mail) if mail else None
    if mail and queries.person_with_mail(mail) is not None:
        raise RuleBroken(_l("Somebody with this mail address has an account already."), "mail")
    if password:
        _demand_good(password, mail, "password")
    person = Person(
        mail=mail, given_name=_given(given_name), family_name=rules.clean_name(family_name, "family_name"),
        language=_known(language), public_name_choice=PublicName(public_name), joined_at=clock.now(),
        password_hash=passwords.hash_of(password) if password else None,
        **({"public_id": public_id} if public_id else {}),
    )
    db.session.add(person)
    db.session.flush()
    for role in roles:
        _grant(person, role, by)
    record("account.added", by, person, roles=[role.value for role in roles])
    return person


def _given(name: str) -> str:
    name = rules.clean_name(name, "given_name")
    rules.demand_given_name(name)
    return name


def _known(code: str) -> str:
    if code not in BY_CODE:
        raise RuleBroken(_l("Please choose one of these."), "language")
    return code


def change_account(person: Person, by, version: int | None = None, **fields: Any) -> None:
    """Change names, `public_name_choice`, `language` and `also_reads`; what is not given stays."""
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"people have no {', '.join(sorted(unknown))}")
    hold(person)
    seen(person, version, {field: getattr(person, field) for field in FIELDS})
    clean = {
        "given_name": _given, "family_name": lambda name: rules.clean_name(name, "family_name"),
        "public_name_choice": PublicName, "language": _known,
        "also_reads": lambda codes: [_known(code) for code in dict.fromkeys(codes)],
    }
    for field, value in fields.items():
        setattr(person, field, clean[field](value))
    record("account.changed", by, person)


def change_password(
    person: Person, by, *, new: str, old: str = "", token: str = "", ends_keys: bool = False
) -> None:
    """Set a password, whose old one must be known if there is one; every sign-in but that of `token` ends."""
    if person.password_hash and not passwords.fits(person.password_hash, old):
        raise RuleBroken(_l("That is not your password of today."), "old")
    set_password(person, new, by, "new", token, ends_keys=ends_keys)


def set_password(
    person: Person, password: str, by, field: str, token: str = "", *, ends_keys: bool = False
) -> None:
    """Set a password without asking for the old one; links that were under way end too.

    That keys for programs are to end stands in the journal, for whoever keeps them.
    """
    _demand_good(password, person.mail, field)
    person.password_hash = passwords.hash_of(password)
    end_links(person)
    end_all(person, by, but=token)
    record("account.password_changed", by, person, **({"ends_keys": True} if ends_keys else {}))


def _demand_good(password: str, mail: str | None, field: str) -> None:
    rules.demand_password(password, mail, field)
    if known_passwords.is_known(password):
        raise RuleBroken(rules.KNOWN_PASSWORD, field)


def end_links(person: Person) -> None:
    """Let every link written to somebody run out, but those that stop a change of their address."""
    found = db.session.scalars(sa.select(Ticket).where(Ticket.person_id == person.id, Ticket.used_at.is_(None)))
    end_tickets([each for each in found if not each.is_objection])


def grant_role(person: Person, role: Role, by) -> None:
    """Give somebody a role for the whole programme; they are told by letter, and sign in anew."""
    role = Role(role)
    rules.demand_grantable([role], by)
    if not hold(person).is_active:
        raise RuleBroken(_l("This account is closed."))
    if person.has_role(role):
        raise RuleBroken(_l("This person has the role already."), "role")
    _grant(person, role, by)
    end_all(person, by, but=getattr(by, "token", ""))
    record("account.role_granted", by, person, role=role)


def _grant(person: Person, role: Role, by) -> None:
    person.grants.append(RoleGrant(role=role, granted_by_id=getattr(by, "id", None), granted_at=clock.now()))


def withdraw_role(person: Person, role: Role, by) -> None:
    """Take a role away, from the next click on, which asks to sign in anew; the last administrator keeps theirs."""
    role = Role(role)
    rules.demand_grantable([role], by)
    others = _administrators_but(person) if role is Role.ADMINISTRATOR else [person]
    grant = next((each for each in hold(person).grants if each.role is role), None)
    if grant is None:
        raise RuleBroken(_l("This person does not have the role."))
    _demand_administrator(others)
    db.session.delete(grant)
    db.session.flush()
    db.session.refresh(person, ["grants"])
    end_all(person, by, but=getattr(by, "token", ""))
    record("account.role_withdrawn", by, person, role=role)


def _administrators_but(person: Person) -> list[Person]:
    """Return all other administrators, held in one order, so that two cannot dismiss each other."""
    held = db.session.scalars(
        sa.select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, Person.is_active)
        .order_by(Person.id)
        .with_for_update()
    ).all()
    return [each for each in held if each.id != person.id]


def _demand_administrator(left: Sequence[Person]) -> None:
    if not left:
        raise RuleBroken(_l("Somebody must be administrator. Make somebody else one first."))


def close_account(person: Person, by) -> None:
    """Keep somebody who left from signing in; what they did stays theirs."""
    others = _administrators_but(person)
    if not hold(person).is_active:
        raise RuleBroken(_l("This account is closed."))
    if person.has_role(Role.ADMINISTRATOR):
        _demand_administrator(others)
    person.is_active = False
    end_links(person)
    end_all(person, by)
    record("account.closed", by, person)


def reopen_account(person: Person, by) -> None:
    if hold(person).is_active:
        raise RuleBroken(_l("This account is open."))
    person.is_active = True
    record("account.reopened", by, person)
