"""Letters that were written, and how people want to hear."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.letters.models import Letter, LetterState, Preference, Wish


def newest_to(address: str) -> Letter | None:
    return db.session.scalar(sa.select(Letter).where(Letter.address == address).order_by(Letter.id.desc()).limit(1))


def wish(person_id: int, topic: str) -> Wish:
    """Return how somebody wants to hear of a topic; whoever has chosen nothing hears at once."""
    chosen = sa.select(Preference.wish).where(Preference.person_id == person_id, Preference.topic == topic)
    return db.session.scalar(chosen) or Wish.NOW


def wishes(person_id: int) -> dict[str, Wish]:
    """Return what somebody has chosen, by topic."""
    chosen = sa.select(Preference.topic, Preference.wish).where(Preference.person_id == person_id)
    return {topic: wish for topic, wish in db.session.execute(chosen)}


def unwanted(person_ids: Collection[int]) -> set[tuple[int, str]]:
    """Return what some people never want to hear of, as pairs of person and topic."""
    chosen = sa.select(Preference.person_id, Preference.topic).where(
        Preference.person_id.in_(person_ids), Preference.wish == Wish.NEVER)
    return {(number, topic) for number, topic in db.session.execute(chosen)}


def topics_heard(person_id: int) -> set[str]:
    """Return the topics of all letters somebody ever got."""
    return set(db.session.scalars(sa.select(Letter.topic).where(Letter.person_id == person_id).distinct()))


def written(keys: Collection[str]) -> set[str]:
    """Return which of these letters were written already."""
    return set(db.session.scalars(sa.select(Letter.key).where(Letter.key.in_(keys))))


def _gathered(end: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Letter.state == LetterState.GATHERED, Letter.due_at < end)


def digest_key(person_id: int, end: datetime) -> str:
    return f"digest:{end.date().isoformat()}:{person_id}"


def waiting_for_digest(end: datetime) -> list[int]:
    """Return whose letters of the day wait to be told together; nobody hears twice on one day."""
    people = db.session.scalars(
        sa.select(Letter.person_id).where(_gathered(end), Letter.person_id.is_not(None)).distinct().order_by(
            Letter.person_id)).all()
    told = written([digest_key(number, end) for number in people if number is not None])
    return [number for number in people if number is not None and digest_key(number, end) not in told]


def gathered(person_id: int, end: datetime) -> Sequence[Letter]:
    """Return somebody's letters of the day, kept from others until the transaction ends."""
    return db.session.scalars(
        sa.select(Letter).where(_gathered(end), Letter.person_id == person_id).order_by(Letter.id)
        .with_for_update().execution_options(populate_existing=True)
    ).all()
