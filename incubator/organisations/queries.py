"""Organisations, and who belongs to them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Person
from incubator.foundation import slugs
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.organisations.models import EXCLUDING, Affiliation, AffiliationRole, Organisation

PAGE = 50


def organisation(organisation_id: int) -> Organisation:
    return db.session.get_one(Organisation, organisation_id)


def affiliation(affiliation_id: int) -> Affiliation:
    return db.session.get_one(Affiliation, affiliation_id)


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Organisation.id).where(Organisation.slug == slug)) is not None


def names() -> dict[int, str]:
    """Return the names of all organisations by id."""
    return {row.id: row.name for row in db.session.execute(sa.select(Organisation.id, Organisation.name))}


def search(words: str = "", after: int | None = None, size: int = PAGE) -> Page:
    """Return organisations by name whose name has every word; ä is found as ae and the other way round."""
    chosen = sa.select(Organisation).order_by(Organisation.slug).limit(size + 1)
    for word in words.split()[:5]:
        found = [Organisation.name.icontains(word, autoescape=True)]
        if spelled := slugs.plain(word):
            found.append(Organisation.slug.contains(spelled, autoescape=True))
        chosen = chosen.where(sa.or_(*found))
    if after is not None:
        last = sa.select(Organisation.slug).where(Organisation.id == after).scalar_subquery()
        chosen = chosen.where(Organisation.slug > last)
    return page_of(db.session.scalars(chosen).all(), size)


def organisations() -> Sequence[Organisation]:
    return db.session.scalars(sa.select(Organisation).order_by(Organisation.slug)).all()


def eligible_carriers(round: Any) -> Sequence[Organisation]:
    """Return who may carry projects of a round, by name; the same rule as `rules.is_eligible`."""
    return db.session.scalars(
        sa.select(Organisation)
        .where(Organisation.will_carry, Organisation.legal_form.in_(round.eligible_forms))
        .order_by(Organisation.slug)
    ).all()


def in_force(today: date) -> sa.ColumnElement[bool]:
    """Return the condition under which an affiliation counts on a day."""
    return sa.and_(
        sa.or_(Affiliation.since.is_(None), Affiliation.since <= today),
        sa.or_(Affiliation.until.is_(None), Affiliation.until >= today),
    )


def affiliations_in(organisation_id: int) -> Sequence[Affiliation]:
    """Return who belongs or belonged to an organisation, those who still do first."""
    return db.session.scalars(
        sa.select(Affiliation)
        .options(joinedload(Affiliation.person))
        .where(Affiliation.organisation_id == organisation_id)
        .order_by(Affiliation.until.is_not(None), Affiliation.role, Affiliation.id)
    ).all()


def excluding_organisations(person_id: int, today: date) -> set[int]:
    """Return the organisations about whose projects somebody may not decide today (rule C1)."""
    return set(
        db.session.scalars(
            sa.select(Affiliation.organisation_id).where(
                Affiliation.person_id == person_id, Affiliation.role.in_(EXCLUDING), in_force(today)
            )
        )
    )


def ties(
    people: Iterable[int], organisations: Iterable[int], today: date, roles: Iterable[AffiliationRole] = EXCLUDING
) -> dict[int, set[int]]:
    """Return, for those of these people who belong to any of the organisations, to which; without `roles`: rule C1."""
    rows = db.session.execute(sa.select(Affiliation.person_id, Affiliation.organisation_id).where(
        Affiliation.person_id.in_(list(people)), Affiliation.organisation_id.in_(list(organisations)),
        Affiliation.role.in_(list(roles)), in_force(today),
    ))
    found: dict[int, set[int]] = {}
    for person_id, organisation_id in rows:
        found.setdefault(person_id, set()).add(organisation_id)
    return found


def contacts(organisation_id: int, today: date) -> Sequence[Person]:
    """Return the people who speak for an organisation today."""
    return db.session.scalars(
        sa.select(Person)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.organisation_id == organisation_id, Affiliation.role == AffiliationRole.CONTACT,
            in_force(today), Person.is_active,
        )
        .order_by(Person.id)
    ).unique().all()


def people() -> Sequence[Person]:
    """Return everybody with an active account, by name."""
    return db.session.scalars(
        sa.select(Person).where(Person.is_active).order_by(Person.given_name, Person.family_name, Person.id)
    ).all()
