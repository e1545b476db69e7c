"""Editions and their files, as pages and addresses need them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.opendata import rules
from incubator.opendata.models import Edition, EditionFile, EditionState
from incubator.programme.models import Round, RoundState

ROWS = "rows.keys"  # by which the next edition finds what has changed; nobody outside reads it
SHOWN = 10


@dataclass(frozen=True)
class Subject:
    """What editions are about; `round` is None for everything."""

    name: str
    round: Any = None

    @property
    def round_id(self) -> int | None:
        return self.round.id if self.round else None


@dataclass(frozen=True)
class Shelf:
    """A subject with its newest edition and some before it; `is_held_back` while something is being taken out."""

    subject: Subject
    editions: tuple[Edition, ...]
    is_held_back: bool

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None


def subjects() -> list[Subject]:
    """Return everything, and each round the public may know of, newest first."""
    rows = db.session.execute(
        sa.select(Round.id, Round.slug, Round.name, Round.period_from, Round.period_until, Round.is_fictional)
        .where(Round.state != RoundState.DRAFT).order_by(Round.period_from.desc(), Round.id.desc())
    ).all()
    return [Subject(rules.ALL), *(Subject(rules.subject_of(row.slug), row) for row in rows)]


def shelves() -> list[Shelf]:
    """Return all subjects with their newest editions, with four queries."""
    there = subjects()
    rank = sa.func.row_number().over(partition_by=Edition.subject, order_by=Edition.number.desc()).label("rank")
    ranked = sa.select(Edition.id, rank).subquery()
    rows = db.session.scalars(
        sa.select(Edition).join(ranked, ranked.c.id == Edition.id).where(ranked.c.rank <= SHOWN)
        .options(selectinload(Edition.files)).order_by(Edition.number.desc())
    ).all()
    taken = taken_back_at()
    found: dict[str, list[Edition]] = {each.name: [] for each in there}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return [_shelf(each, found[each.name], taken) for each in there]


def _shelf(subject: Subject, editions: list[Edition], taken: int) -> Shelf:
    return Shelf(subject, tuple(editions), bool(editions) and editions[0].position < taken)


def taken_back_at() -> int:
    """Return the number of the newest entry by which something may have ceased to be public."""
    newest: list[Any] = [
        sa.select(Entry.id).where(Entry.action == action).order_by(Entry.id.desc()).limit(1).scalar_subquery()
        for action in rules.TAKES_BACK
    ]
    found: Any = db.session.execute(sa.select(*newest)).one()
    return max((number or 0 for number in found), default=0)


def newest(subject: str) -> Edition | None:
    return db.session.scalar(
        sa.select(Edition).where(Edition.subject == subject).order_by(Edition.number.desc()).limit(1))


def looked_at() -> dict[str, tuple[datetime, int]]:
    """Return for each subject when it was last looked at, and at which entry."""
    rows = db.session.execute(
        sa.select(Edition.subject, sa.func.max(Edition.looked_at).label("at"),
                  sa.func.max(Edition.position).label("no")).group_by(Edition.subject))
    return {row.subject: (row.at, row.no) for row in rows}


def file(subject: str, number: int | None, name: str, *, inside: bool = False) -> Any | None:
    """Return a file of an edition, of the newest where no number is said; its edition's state stands beside it."""
    if name == ROWS and not inside:
        return None
    query = (
        sa.select(EditionFile.name, EditionFile.media_type, EditionFile.sha256, EditionFile.place, EditionFile.size,
                  Edition.number, Edition.state, Edition.position)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .where(Edition.subject == subject, EditionFile.name == name)
    )
    if number is None:
        newest_one = sa.select(sa.func.max(Edition.number)).where(Edition.subject == subject).scalar_subquery()
        query = query.where(Edition.number == newest_one)
    else:
        query = query.where(Edition.number == number)
    return db.session.execute(query).one_or_none()


def older(subject: str) -> Sequence[Edition]:
    """Return the editions of a subject whose files are still there, newest first."""
    return db.session.scalars(
        sa.select(Edition).where(Edition.subject == subject, Edition.state == EditionState.KEPT)
        .options(selectinload(Edition.files)).order_by(Edition.number.desc())).all()


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of the keys that a file can still be read under."""
    return set(db.session.scalars(
        sa.select(EditionFile.place).join(Edition, Edition.id == EditionFile.edition_id)
        .where(EditionFile.place.in_(list(keys)), Edition.state == EditionState.KEPT)))


def history(subject: str) -> Sequence[Edition]:
    """Return every edition of a subject the public may know of, newest first."""
    if subject not in {each.name for each in subjects()}:
        return []
    return db.session.scalars(
        sa.select(Edition).where(Edition.subject == subject).options(selectinload(Edition.files))
        .order_by(Edition.number.desc())).all()
