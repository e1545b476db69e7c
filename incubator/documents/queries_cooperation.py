"""What a cooperation agreement between a project and a partner says, and where its files are."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.documents.frame import amount, frame, long_day, period
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.documents.writable import said
from incubator.foundation import language
from incubator.foundation.database import db
from incubator.foundation.rendering import number
from incubator.organisations import queries as organisations
from incubator.partners import queries_invitations
from incubator.partners.models import PartnerRole, Partnership, Pledge, PledgeKind
from incubator.partners.rules import COUNTS
from incubator.projects.models import Project

ABOUT = "partnership"


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the agreement's content in the language spoken now; None where there is no such partnership."""
    partnership = db.session.get(Partnership, about_id) if about_id is not None else None
    if partnership is None or partnership.project_id != project.id:
        return None
    starts_on, ends_on = period(project)
    pledges = _pledges(partnership)
    return frame(project) | {
        "partner": said(partnership.organisation.name), "date": long_day(partnership.since),
        "roles": [str(role.label) for role in PartnerRole if role.value in partnership.roles],
        "starts_on": long_day(starts_on), "ends_on": long_day(ends_on), "ended_on": long_day(partnership.until),
        "pledges": [_pledge(each) for each in pledges],
        "total": amount(sum(each.value_cents or 0 for each in pledges)),
        "is_valued": any(each.value_cents for each in pledges),
    }


def _pledges(partnership: Partnership) -> Sequence[Pledge]:
    """Return the promises that stand, in the order in which they were made."""
    return db.session.scalars(
        sa.select(Pledge).where(
            Pledge.project_id == partnership.project_id, Pledge.organisation_id == partnership.organisation_id,
            Pledge.state.in_(COUNTS)).order_by(Pledge.id)
    ).all()


def _pledge(pledge: Pledge) -> dict[str, str]:
    is_money = pledge.kind is PledgeKind.MONEY
    return {
        "kind": str(pledge.kind.label), "what": said(pledge.description), "how": said(pledge.valued_how),
        "language": language.named(pledge.language).html,
        "much": "" if is_money else f"{number(pledge.quantity)} {said(pledge.unit)}",
        "when": " – ".join(dict.fromkeys(long_day(day) for day in (pledge.starts_on, pledge.ends_on) if day)),
        "value": amount(pledge.value_cents) if pledge.value_cents else "",
    }


def readers_languages(partnership: Partnership) -> list[str]:
    """Return what those speak who read the agreement on both sides."""
    from_link = [each.language for each in queries_invitations.links_about(
        partnership.project_id, partnership.organisation_id)]
    contacts = organisations.contacts(partnership.organisation_id, partnership.since)
    return [*(person.language for person in [*partnership.project.leads, *contacts]), *from_link]


def newest(partnership: Partnership) -> dict[str, Document]:
    """Return the newest document about a partnership by language, German first; whatever its state."""
    rows = db.session.scalars(
        sa.select(Document).where(
            Document.project_id == partnership.project_id, Document.kind == DocumentKind.COOPERATION_AGREEMENT,
            Document.about_type == ABOUT, Document.about_id == partnership.id)
        .order_by(Document.language != "de", Document.language, Document.id.desc())
    ).all()
    found: dict[str, Document] = {}
    for each in rows:
        found.setdefault(each.language, each)
    return found


def ready(partnership: Partnership, code: str) -> Document | None:
    """Return the newest file in a language; one that is still being made does not hide the one before it."""
    return db.session.scalar(
        sa.select(Document).where(
            Document.project_id == partnership.project_id, Document.kind == DocumentKind.COOPERATION_AGREEMENT,
            Document.about_type == ABOUT, Document.about_id == partnership.id, Document.language == code,
            Document.state == DocumentState.READY).order_by(Document.id.desc()).limit(1)
    )
