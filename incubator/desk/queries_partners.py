"""What waits in partnerships: offers to be answered, promises nobody has shown to be kept, budgets with a gap."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.budgets.queries_gap import gaps
from incubator.desk.facts_partners import LeadPledge, PartnerFacts, PledgeFact
from incubator.desk.queries_carrier import not_on_team
from incubator.desk.waiting import Rows, waits
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


def asked(
    person_id: int, led: Sequence[int], today: date, *, everyones: bool
) -> Iterator[sa.Select[*tuple[Any, ...]]]:
    """Ask for the offers that wait for this person's word, as they speak for the organisation; for the coordination,
    which asks and confirms, those of organisations nobody speaks for but the team itself (C2); and for what waits in
    the projects somebody leads."""
    is_own = Pledge.organisation_id.in_(_contacts(today).where(Affiliation.person_id == person_id))
    spoken_for = _contacts(today).where(
        Affiliation.organisation_id == Pledge.organisation_id, not_on_team(Pledge.project_id)).correlate(Pledge)
    is_silent = sa.and_(~spoken_for.exists(), Pledge.organisation_id.not_in(by_link()))
    own = sa.case((is_own, 1), else_=0)
    yield _pledge("offer", number=own).where(
        sa.or_(is_own, is_silent) if everyones else is_own, Pledge.state == PledgeState.OFFERED,
        Project.status.not_in(OVER), sa.not_(from_partner())).order_by(own.desc(), Pledge.id).limit(MANY)
    offered = sa.and_(Pledge.state == PledgeState.OFFERED, from_partner())
    over = sa.and_(Pledge.state.in_(PROVABLE), Pledge.ends_on <= today)
    yield _pledge("promise", state=Pledge.state, day=Pledge.ends_on).where(
        Pledge.project_id.in_(led), sa.or_(offered, over)).order_by(Pledge.id).limit(MANY)


def _pledge(kind: str, **more: Any) -> sa.Select[*tuple[Any, ...]]:
    return waits(
        kind, id=Pledge.id, project_id=Pledge.project_id, title=Pledge.description, language=Pledge.language,
        project_title=Project.title, name=Organisation.name, **more,
    ).join(Project, Project.id == Pledge.project_id).join(Organisation, Organisation.id == Pledge.organisation_id)


def offers(found: Rows, *, is_own: bool) -> tuple[PledgeFact, ...]:
    return tuple(PledgeFact(row.id, row.project_id, row.title, row.language, row.project_title, row.name)
                 for row in found["offer"] if bool(row.number) is is_own)


def partner_facts(found: Rows, *, is_coordinator: bool) -> PartnerFacts:
    """Return what waits in the projects somebody leads, and for the coordination the budgets with a gap."""
    pledges = tuple(
        LeadPledge(row.id, row.project_id, row.title, row.language, row.project_title, row.name,
                   row.state == PledgeState.OFFERED, row.day)
        for row in found["promise"])
    return PartnerFacts(pledges, gaps() if is_coordinator else ())
