"""People and their sign-ins."""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts.models import Person, Role, RoleGrant, SignIn
from incubator.foundation import clock
from incubator.foundation.database import db


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def person_with_mail(mail: str) -> Person | None:
    return db.session.scalar(sa.select(Person).where(Person.mail == mail.strip().lower()))


def person_of_token(token: str) -> Person | None:
    """Return who is signed in with a cookie's token, None once it is revoked, over, or the person is gone."""
    found = db.session.scalar(
        sa.select(SignIn).where(
            SignIn.token_hash == token_hash(token), SignIn.revoked_at.is_(None), SignIn.expires_at > clock.now()
        )
    )
    return found.person if found is not None and found.person.is_active else None


def people_with_role(role: Role) -> Sequence[Person]:
    """Return active people who hold a role, by name."""
    return db.session.scalars(
        sa.select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, Person.is_active)
        .order_by(Person.given_name, Person.family_name)
    ).all()
