"""What waits in partnerships: offers to be answered, promises nobody has shown to be kept, budgets with a gap."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.budgets.queries_gap import Gap, gaps
from incubator.desk.facts_partners import LeadPledge, PartnerFacts, PledgeFact
from incubator.desk.queries_carrier import not_on_team
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.organisations.models import Affiliation, AffiliationRole, Organisation
from incubator.partners.models import Pledge, PledgeState
from incubator.partners.models_invitation import PartnerLink
from incubator.partners.queries_pledges import OVER
from incubator.partners.rules_proofs import PROVABLE
from incubator.projects.models import Project

MANY = 50


def from_partner() -> sa.ColumnElement[bool]:
    """Return the condition that a partner offered a pledge itself: then the project answers."""
    return sa.exists().where(
        Entry.subject_type == "pledge", Entry.subject_id == Pledge.id, Entry.action == "pledge.offered",
        Entry.data["from_partner"].as_boolean().is_(True))


def by_link() -> sa.Select[Any]:
    """Select the organisations that answer for themselves by a link."""
    return sa.select(PartnerLink.organisation_id).where(PartnerLink.ended_at.is_(None))


def _contacts(today: date) -> sa.Select[Any]:
    return sa.select(Affiliation.organisation_id).where(
        Affiliation.role == AffiliationRole.CONTACT, sa.or_(Affiliation.until.is_(None), Affiliation.until >= today)
    )


def offers(
    person_id: int, today: date, *, everyones: bool
) -> tuple[tuple[PledgeFact, ...], tuple[PledgeFact, ...]]:
    """Return the offers that wait for this person's word, as they speak for the organisation; and for the
    coordination, which asks and confirms, those of organisations nobody speaks for but the team itself (C2)."""
    is_own = Pledge.organisation_id.in_(_contacts(today).where(Affiliation.person_id == person_id))
    spoken_for = _contacts(today).where(
        Affiliation.organisation_id == Pledge.organisation_id, not_on_team(Pledge.project_id)).correlate(Pledge)
    is_silent = sa.and_(~spoken_for.exists(), Pledge.organisation_id.not_in(by_link()))
    wanted = sa.or_(is_own, is_silent) if everyones else is_own
    rows = db.session.execute(
        sa.select(
            Pledge.id, Pledge.project_id, Pledge.description, Pledge.language, Project.title,
            Organisation.name.label("organisation"), is_own.label("is_own"),
        )
        .join(Project, Project.id == Pledge.project_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(wanted, Pledge.state == PledgeState.OFFERED, Project.status.not_in(OVER), sa.not_(from_partner()))
        .order_by(Pledge.id)
    )
    found: tuple[list[PledgeFact], list[PledgeFact]] = ([], [])
    for row in rows:
        fact = PledgeFact(row.id, row.project_id, row.description, row.language, row.title, row.organisation)
        found[0 if row.is_own else 1].append(fact)
    return tuple(found[0]), tuple(found[1])


def partner_facts(led: Sequence[int], today: date, *, is_coordinator: bool) -> PartnerFacts:
    """Return what waits in the projects somebody leads, and for the coordination the budgets with a gap."""
    found: tuple[Gap, ...] = gaps() if is_coordinator else ()
    return PartnerFacts(_pledges(led, today) if led else (), found)


def _pledges(project_ids: Sequence[int], today: date) -> tuple[LeadPledge, ...]:
    offered = sa.and_(Pledge.state == PledgeState.OFFERED, from_partner())
    over = sa.and_(Pledge.state.in_(PROVABLE), Pledge.ends_on <= today)
    rows = db.session.execute(
        sa.select(Pledge.id, Pledge.project_id, Pledge.description, Pledge.language, Pledge.state, Pledge.ends_on,
                  Organisation.name.label("organisation"), Project.title.label("project_title"))
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .join(Project, Project.id == Pledge.project_id)
        .where(Pledge.project_id.in_(project_ids), sa.or_(offered, over)).order_by(Pledge.id).limit(MANY)
    )
    return tuple(
        LeadPledge(row.id, row.project_id, row.description, row.language, row.project_title, row.organisation,
                   row.state is PledgeState.OFFERED, row.ends_on)
        for row in rows
    )
