"""Findings, workshops and ideas, for this room and for those to the right of it."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.dialogue.models import Idea, IdeaState, NeedEvidence, Workshop, WorkshopState
from incubator.dialogue.rules import CANNOT_BE_JOINED, UNANSWERED, WAITING
from incubator.foundation.database import db
from incubator.programme.models import Round, RoundState

MANY = 300
WHOLE_FINDING = (joinedload(NeedEvidence.theme), joinedload(NeedEvidence.district))
WHOLE_WORKSHOP = (joinedload(Workshop.round), joinedload(Workshop.district), selectinload(Workshop.themes))
WHOLE_IDEA = (joinedload(Idea.round), joinedload(Idea.theme), joinedload(Idea.district), joinedload(Idea.workshop))


def evidence(evidence_id: int) -> NeedEvidence:
    return db.session.get_one(NeedEvidence, evidence_id, options=WHOLE_FINDING)


def findings() -> Sequence[NeedEvidence]:
    """Return what is known to be needed, the newest first."""
    return db.session.scalars(
        sa.select(NeedEvidence).options(*WHOLE_FINDING).order_by(NeedEvidence.id.desc()).limit(MANY)
    ).all()


def findings_about(theme_id: int | None, district_id: int | None) -> Sequence[NeedEvidence]:
    """Return findings on a theme or of a district; those of both first."""
    theme, district = NeedEvidence.theme_id == theme_id, NeedEvidence.district_id == district_id
    wanted = [fits for fits, asked in ((theme, theme_id), (district, district_id)) if asked is not None]
    return db.session.scalars(
        sa.select(NeedEvidence).options(*WHOLE_FINDING).where(sa.or_(sa.false(), *wanted))
        .order_by(sa.case((sa.and_(theme, district), 0), else_=1), NeedEvidence.id.desc()).limit(MANY)
    ).all()


def findings_among(ids: Iterable[int]) -> Sequence[NeedEvidence]:
    """Return those findings, in the order in which they were recorded."""
    return db.session.scalars(
        sa.select(NeedEvidence).where(NeedEvidence.id.in_(list(ids))).order_by(NeedEvidence.id)
    ).all()


def workshop(slug: str) -> Workshop:
    return db.session.scalars(sa.select(Workshop).options(*WHOLE_WORKSHOP).where(Workshop.slug == slug)).one()


def workshop_by_id(workshop_id: int) -> Workshop:
    return db.session.get_one(Workshop, workshop_id, options=WHOLE_WORKSHOP)


def workshops() -> Sequence[Workshop]:
    """Return all workshops, the one that is furthest ahead first."""
    return db.session.scalars(
        sa.select(Workshop).options(*WHOLE_WORKSHOP).order_by(Workshop.starts_at.desc(), Workshop.id).limit(MANY)
    ).all()


def workshops_of(round_ids: Iterable[int]) -> Sequence[Workshop]:
    """Return the workshops of some rounds to which an idea can belong, in the order of their days."""
    return db.session.scalars(
        sa.select(Workshop)
        .where(Workshop.round_id.in_(list(round_ids)), Workshop.state != WorkshopState.CANCELLED)
        .order_by(Workshop.starts_at, Workshop.id)
    ).all()


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Workshop.id).where(Workshop.slug == slug)) is not None


def idea(idea_id: int) -> Idea:
    return db.session.get_one(Idea, idea_id, options=WHOLE_IDEA)


def waiting_ideas() -> Sequence[Idea]:
    """Return the ideas about which nothing is decided yet; who has waited longest comes first."""
    return db.session.scalars(
        sa.select(Idea).options(*WHOLE_IDEA).where(Idea.state.in_(WAITING)).order_by(Idea.id).limit(MANY)
    ).all()


def answered_ideas() -> Sequence[Idea]:
    """Return the ideas that have become something, or were answered; the newest answer first."""
    return db.session.scalars(
        sa.select(Idea).options(*WHOLE_IDEA).where(Idea.state.not_in(WAITING))
        .order_by(Idea.ended_at.desc(), Idea.id.desc()).limit(MANY)
    ).all()


def unanswered() -> sa.ScalarSelect[int]:
    """Return the column that counts a round's ideas that somebody must still read and answer."""
    waits = sa.and_(Idea.round_id == Round.id, Idea.state.in_(UNANSWERED))
    return sa.select(sa.func.count(Idea.id)).where(waits).correlate(Round).scalar_subquery()


def ideas_to_join(idea: Idea) -> Sequence[Idea]:
    """Return the ideas with which this one can be joined."""
    return db.session.scalars(
        sa.select(Idea)
        .where(Idea.round_id == idea.round_id, Idea.id != idea.id, Idea.state.not_in(CANNOT_BE_JOINED))
        .order_by(Idea.id.desc()).limit(MANY)
    ).all()


def joined(idea: Idea) -> Sequence[Idea]:
    """Return the ideas that were joined with this one."""
    return db.session.scalars(
        sa.select(Idea).where(Idea.merged_into_id == idea.id, Idea.state == IdeaState.MERGED).order_by(Idea.id)
    ).all()


def open_rounds() -> Sequence[Round]:
    """Return the rounds in which people talk now, the newest first."""
    return db.session.scalars(
        sa.select(Round).where(Round.state == RoundState.OPEN).order_by(Round.id.desc())
    ).all()
