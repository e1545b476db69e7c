"""What a partner sees on its own page, what was shown of promises, and which of them the calendar asks about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.media.models import Paper
from incubator.organisations import queries as organisations
from incubator.organisations.models import Organisation
from incubator.partners import rules_links, rules_proofs
from incubator.partners.models import Partnership, Pledge, PledgeState
from incubator.partners.models_invitation import PledgeProof
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Project, StepReason

OVER = tuple(each for each in Status if each is Status.COMPLETED or each.stage is Stage.ENDED)


@dataclass(frozen=True)
class Part:
    """A partner's part in one project with its own pledges; `reads` only, where the partnership has ended."""

    partnership: Partnership
    pledges: tuple[Pledge, ...]
    is_over: bool


@dataclass(frozen=True)
class ShownProof:
    """A photo or paper of a proof, with the project it belongs to."""

    paper: Paper
    project: Project


def parts(organisation_id: int, today: date, project_ids: Collection[int] | None = None) -> list[Part]:
    """Return an organisation's part in each project it may read about today, with two queries.

    `project_ids` are those that a link opens; somebody with an account reads of all.
    """
    opened = sa.true() if project_ids is None else Partnership.project_id.in_(project_ids)
    found = db.session.scalars(
        sa.select(Partnership).options(joinedload(Partnership.project))
        .where(Partnership.organisation_id == organisation_id, opened,
               sa.or_(Partnership.until.is_(None), Partnership.until >= today - rules_links.READS_ON))
        .order_by(Partnership.until.is_not(None), Partnership.id.desc())
    ).all()
    pledges = db.session.scalars(
        sa.select(Pledge).where(
            Pledge.organisation_id == organisation_id, Pledge.project_id.in_([each.project_id for each in found]))
        .order_by(Pledge.state == PledgeState.WITHDRAWN, Pledge.id)
    ).all()
    return [
        Part(each, tuple(pledge for pledge in pledges if pledge.project_id == each.project_id),
             each.until is not None or each.project.status in OVER)
        for each in found
    ]


def may_read(project_id: int, organisation_id: int, today: date) -> bool:
    """Say whether a partner reads about its part in a project today."""
    found = db.session.scalar(sa.select(Partnership).where(
        Partnership.project_id == project_id, Partnership.organisation_id == organisation_id))
    return found is not None and rules_links.may_read(found, today)


def offered_by_partners(pledge_ids: Collection[int]) -> set[int]:
    """Return those pledges that the partner offered itself, so that the project's word is missing."""
    entries = db.session.scalars(sa.select(Entry).where(
        Entry.action == "pledge.offered", Entry.subject_type == "pledge", Entry.subject_id.in_(list(pledge_ids))))
    return {entry.subject_id for entry in entries if entry.data.get("from_partner")}


def was_changed(pledge_id: int) -> bool:
    """Say whether the partner promised it otherwise than the project had written it down."""
    return db.session.scalar(sa.select(Entry.id).where(
        Entry.subject_type == "pledge", Entry.subject_id == pledge_id, Entry.action == "pledge.changed").limit(1)
    ) is not None


def proofs(pledge_id: int) -> Sequence[PledgeProof]:
    return db.session.scalars(
        sa.select(PledgeProof).options(joinedload(PledgeProof.paper)).where(PledgeProof.pledge_id == pledge_id)
        .order_by(PledgeProof.id)
    ).all()


def proof_paper(key: str) -> ShownProof | None:
    """Return the photo or paper of a proof by the random word in its address."""
    row = db.session.execute(
        sa.select(Paper, Pledge.project_id).join(PledgeProof, PledgeProof.paper_id == Paper.id)
        .join(Pledge, Pledge.id == PledgeProof.pledge_id).where(Paper.key == key)
    ).one_or_none()
    return ShownProof(row.Paper, projects.project(row.project_id)) if row else None


def reason_of(pledge: Pledge) -> StepReason | None:
    """Return why a pledge was withdrawn, if somebody said so."""
    return db.session.scalar(
        sa.select(StepReason).join(Entry, Entry.id == StepReason.entry_id)
        .where(Entry.subject_type == "pledge", Entry.subject_id == pledge.id, Entry.action == "pledge.withdrawn")
    )


def partnership_of_contacts(partnership_id: int) -> Partnership:
    """Return a partnership that knows who speaks for the organisation today, as the policy asks."""
    found: Any = db.session.get_one(Partnership, partnership_id, options=[joinedload(Partnership.project)])
    found.contact_ids = _contact_ids(found.organisation_id)
    return found  # type: ignore[no-any-return]


def organisation_of_contacts(organisation_id: int) -> Organisation:
    found: Any = organisations.organisation(organisation_id)
    found.contact_ids = _contact_ids(organisation_id)
    return found  # type: ignore[no-any-return]


def _contact_ids(organisation_id: int) -> frozenset[int]:
    return frozenset(person.id for person in organisations.contacts(organisation_id, clock.today()))


def _living(*wanted: sa.ColumnElement[bool]) -> Sequence[Pledge]:
    return db.session.scalars(
        sa.select(Pledge).options(joinedload(Pledge.project), joinedload(Pledge.organisation))
        .join(Project, Project.id == Pledge.project_id).where(*wanted, Project.status.not_in(OVER))
        .order_by(Pledge.id)
    ).unique().all()


def unanswered(now: datetime) -> Sequence[Pledge]:
    """Return offers that have waited for a word for two weeks."""
    first = now - rules_proofs.UNANSWERED_AFTER
    return _living(Pledge.state == PledgeState.OFFERED, Pledge.state_since <= first,
                   Pledge.state_since > first - rules_proofs.REMINDED_FOR)


def starting(today: date) -> Sequence[Pledge]:
    """Return confirmed pledges that begin within a week."""
    return _living(Pledge.state == PledgeState.CONFIRMED, Pledge.starts_on > today,
                   Pledge.starts_on <= today + rules_proofs.STARTS_IN)


def unproved(today: date) -> Sequence[Pledge]:
    """Return confirmed pledges that ended two weeks ago, and nobody has said what came of them."""
    return _living(Pledge.state == PledgeState.CONFIRMED, Pledge.done_quantity.is_(None),
                   Pledge.ends_on <= today - rules_proofs.UNPROVED_AFTER,
                   Pledge.ends_on > today - rules_proofs.UNPROVED_AFTER - rules_proofs.REMINDED_FOR)
