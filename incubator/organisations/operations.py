"""Add and change organisations, and write down who belongs to them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.foundation.slugs import slug_of
from incubator.journal import record
from incubator.organisations import queries, rules
from incubator.organisations.models import Affiliation, AffiliationRole, LegalForm, Organisation

FIELDS = (
    "name", "legal_form", "will_carry", "is_department", "is_fictional", "description", "website", "mail",
    "register_number",
)


def add(by, *, name: str, legal_form: LegalForm, **fields: Any) -> Organisation:
    """Add an organisation; `fields` are `will_carry`, `description`, `website`, `mail`, … of the model."""
    name = name.strip()
    rules.demand_name(name, queries.names())
    fields["website"] = rules.web_address(fields.get("website") or "")
    organisation = Organisation(
        slug=slug_of(name, queries.is_slug_taken), name=name, legal_form=LegalForm(legal_form),
        **{field: value for field, value in _known(fields).items() if value is not None},
    )
    db.session.add(organisation)
    record("organisation.added", by, organisation, legal_form=organisation.legal_form)
    return organisation


def change(organisation: Organisation, by, version: int | None = None, **fields: Any) -> None:
    """Change what is given and leave the rest; the address stays, so that links to it go on working."""
    hold(organisation)
    seen(organisation, version, {field: getattr(organisation, field) for field in FIELDS})
    if "name" in fields:
        fields["name"] = fields["name"].strip()
        rules.demand_name(fields["name"], queries.names(), organisation.id)
    if "website" in fields:
        fields["website"] = rules.web_address(fields["website"] or "")
    for field, value in _known(fields).items():
        setattr(organisation, field, value)
    record("organisation.changed", by, organisation)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"organisations have no {', '.join(sorted(unknown))}")
    return fields


def affiliate(
    person: Person, organisation: Organisation, role: AffiliationRole, by, since: date | None = None
) -> Affiliation:
    """Write down that somebody belongs to an organisation; refused where the same is already written down."""
    hold(organisation)
    same = sa.select(Affiliation.id).where(
        Affiliation.person_id == person.id, Affiliation.organisation_id == organisation.id, Affiliation.role == role,
        sa.or_(Affiliation.until.is_(None), Affiliation.until >= (since or clock.today())),
    )
    if db.session.scalar(same.limit(1)):
        raise RuleBroken(_l("This person is already here in this role."), "person_id")
    affiliation = Affiliation(person=person, organisation=organisation, role=AffiliationRole(role), since=since)
    db.session.add(affiliation)
    db.session.flush()
    record("organisation.affiliated", by, organisation, affiliation=affiliation.id, role=affiliation.role, since=since)
    return affiliation


def end_affiliation(affiliation: Affiliation, by, until: date) -> None:
    """Write down the last day on which somebody belongs; it may lie ahead."""
    hold(affiliation)
    rules.demand_order(affiliation.since, until, "until")
    if affiliation.until is not None and affiliation.until < clock.today():
        raise RuleBroken(_l("This has ended already."), "until")
    affiliation.until = until
    record("organisation.affiliation_ended", by, affiliation.organisation, affiliation=affiliation.id, until=until)
