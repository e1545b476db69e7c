"""Ideas of people without an account: where they can be given, which are alike, and whose link is whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.dialogue import rules_ideas, rules_similar
from incubator.dialogue.models import Idea, IdeaState, IdeaTrigram, Workshop, WorkshopState
from incubator.dialogue.queries import MANY, WHOLE_IDEA, open_rounds
from incubator.dialogue.rules import CANNOT_BE_JOINED, UNANSWERED, WAITING
from incubator.foundation import links
from incubator.foundation.database import db
from incubator.programme.models import Round, RoundState

SIMILAR = 3
NEWEST = 400  # of a group of letters that very many titles have; rare ones are looked through wholly
CANDIDATES = 30
AT_ONCE = 500


@dataclass(frozen=True)
class Similar:
    """An idea that resembles what somebody writes."""

    id: int
    title: str
    language: str
    state: IdeaState


@dataclass(frozen=True)
class Meeting:
    """A workshop that lies ahead, as everybody may know it."""

    slug: str
    title: str
    language: str
    starts_at: datetime


def next_workshop(round_id: int, now: datetime) -> Meeting | None:
    row = db.session.execute(
        sa.select(Workshop.slug, Workshop.title, Workshop.language, Workshop.starts_at)
        .where(Workshop.round_id == round_id, Workshop.state == WorkshopState.PLANNED, Workshop.starts_at > now)
        .order_by(Workshop.starts_at, Workshop.id).limit(1)
    ).one_or_none()
    return Meeting(*row) if row is not None else None


def round_for_ideas(today: date) -> Round | None:
    """Return the newest round that takes ideas from everybody on this day."""
    return next((each for each in open_rounds() if rules_ideas.takes(each, today)), None)


def ideas_begin(today: date) -> date | None:
    """Return the next day from which an open round takes ideas, where one is named."""
    days = [each.ideas_from for each in open_rounds()
            if each.takes_ideas and each.ideas_from is not None and each.ideas_from > today]
    return min(days, default=None)


def similar_public(text: str) -> list[Similar]:
    """Return what everybody may read that resembles a title, the most similar first, with one query."""
    is_told = Idea.round_id.in_(sa.select(Round.id).where(Round.state != RoundState.DRAFT))
    return _similar(text, sa.and_(Idea.is_public, is_told, Idea.state != IdeaState.MERGED))


def similar_to(idea: Idea) -> list[Similar]:
    """Return ideas of the same round with which this one could be joined, the most similar first."""
    return _similar(idea.title, sa.and_(
        Idea.round_id == idea.round_id, Idea.id != idea.id, Idea.state.not_in(CANNOT_BE_JOINED)))


def _similar(text: str, wanted: sa.ColumnElement[bool]) -> list[Similar]:
    asked = rules_similar.asked(text)
    if not asked:
        return []
    rows = db.session.execute(_candidates(asked, wanted))
    scored = [(rules_similar.similarity(text, row.title), row) for row in rows]
    alike = sorted((each for each in scored if each[0] >= rules_similar.BAR), key=lambda each: (-each[0], -each[1].id))
    return [Similar(row.id, row.title, row.language, row.state) for _score, row in alike[:SIMILAR]]


def _candidates(asked: Sequence[str], wanted: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """Select ideas that share groups of letters; one that few titles have counts for more.

    Of each group only the newest rows are read, so the work is bounded however many ideas there are.
    """
    heaps = [
        sa.select(IdeaTrigram.trigram, IdeaTrigram.idea_id).where(IdeaTrigram.trigram == each)
        .order_by(IdeaTrigram.idea_id.desc()).limit(NEWEST).subquery()
        for each in asked
    ]
    hits = sa.union_all(*(sa.select(heap.c.trigram, heap.c.idea_id) for heap in heaps)).cte("hits")
    sizes = sa.select(hits.c.trigram, sa.func.count().label("size")).group_by(hits.c.trigram).cte("sizes")
    score = sa.func.sum(1.0 / sizes.c.size)
    best = (
        sa.select(hits.c.idea_id, score.label("score")).join(sizes, sizes.c.trigram == hits.c.trigram)
        .group_by(hits.c.idea_id).subquery()
    )
    return (
        sa.select(Idea.id, Idea.title, Idea.language, Idea.state).join(best, best.c.idea_id == Idea.id).where(wanted)
        .order_by(best.c.score.desc(), Idea.id.desc()).limit(CANDIDATES)
    )


def idea_of_link(given: str, secret: str) -> Idea | None:
    """Return the idea whose giver got this link in a letter."""
    number = links.number_of(given)
    idea = db.session.get(Idea, number, options=[joinedload(Idea.round)]) if number is not None else None
    if idea is None or not idea.salt or not links.fits(given, secret, rules_ideas.PURPOSE, idea.id, idea.salt):
        return None
    return idea


def has_joined(idea_id: int) -> bool:
    return db.session.scalar(sa.select(Idea.id).where(Idea.merged_into_id == idea_id).limit(1)) is not None


def to_read() -> Sequence[Idea]:
    """Return the ideas about which nothing is decided yet.

    Those that came in by the form and nobody has read stand first, for somebody waits for an answer; then whoever
    has waited longest.
    """
    rank = sa.case(
        (sa.and_(Idea.state == IdeaState.SUBMITTED, Idea.salt != ""), 0), (Idea.state.in_(UNANSWERED), 1), else_=2)
    return db.session.scalars(
        sa.select(Idea).options(*WHOLE_IDEA).where(Idea.state.in_(WAITING)).order_by(rank, Idea.id).limit(MANY)
    ).all()


def with_old_mail(now: datetime) -> list[Idea]:
    """Return ideas whose address was kept long enough; the round says how long that is."""
    since = sa.func.coalesce(Idea.ended_at, Idea.given_at)
    found = db.session.scalars(
        sa.select(Idea).join(Round, Round.id == Idea.round_id).options(joinedload(Idea.round))
        .where(Idea.mail != "", sa.or_(Idea.ended_at.is_not(None), Round.state.in_(
            (RoundState.CLOSED, RoundState.ARCHIVED))))
        .order_by(since, Idea.id).limit(AT_ONCE)
    )
    return [each for each in found if rules_ideas.mail_is_over(each, now)]
