"""Photos and papers."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.media.models import Paper, Photo

KEPT_WITHDRAWN = timedelta(days=30)
PAPERS_WAIT = timedelta(hours=24)


def photo(key: str) -> Photo | None:
    """Return a photo that was not withdrawn."""
    return db.session.scalar(sa.select(Photo).where(Photo.key == key, Photo.withdrawn_at.is_(None)))


def public_photo(key: str) -> Photo | None:
    """Return a photo that everyone may see today."""
    return db.session.scalar(
        sa.select(Photo).where(
            Photo.key == key, Photo.is_public, Photo.withdrawn_at.is_(None),
            sa.or_(sa.not_(Photo.shows_people), Photo.consent_until >= clock.today()),
        )
    )


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those keys whose files must stay; the files of a withdrawn photo go after thirty days."""
    asked = list(keys)
    young = clock.now() - KEPT_WITHDRAWN
    photos = sa.select(Photo.key).where(
        Photo.key.in_(asked), sa.or_(Photo.withdrawn_at.is_(None), Photo.withdrawn_at > young)
    )
    papers = sa.select(Paper.key).where(Paper.key.in_(asked))
    return {*db.session.scalars(photos), *db.session.scalars(papers)}


def without_consent(today: date) -> Sequence[Photo]:
    """Return public photos whose consent has ended."""
    return db.session.scalars(
        sa.select(Photo).where(Photo.is_public, Photo.shows_people, Photo.consent_until < today).order_by(Photo.id)
    ).all()


def paper(paper_id: int) -> Paper | None:
    """Return a paper that belongs to something; one that waits is nobody's page."""
    return db.session.scalar(sa.select(Paper).where(Paper.id == paper_id, Paper.waiting_since.is_(None)))


def paper_by_key(key: str) -> Paper | None:
    """Return a paper that belongs to something by the random word in its address."""
    return db.session.scalar(sa.select(Paper).where(Paper.key == key, Paper.waiting_since.is_(None)))


def same_files(original_sha256: str, project_id: int | None = None) -> Sequence[Paper]:
    """Return papers that were the very same file when they were sent, oldest first; of one project or of all.

    A paper is among its own; those that wait are not.
    """
    found = sa.select(Paper).where(Paper.original_sha256 == original_sha256, Paper.waiting_since.is_(None))
    if project_id is not None:
        found = found.where(Paper.project_id == project_id)
    return db.session.scalars(found.order_by(Paper.id)).all()


def sent_papers(keys: Iterable[str], by) -> list[Paper]:
    """Return what this person sent under these keys, in their order, whether it still waits or not.

    Others' papers are not found, nor are those that waited too long.
    """
    asked = list(keys)
    gone = Paper.waiting_since <= clock.now() - PAPERS_WAIT
    mine = sa.select(Paper).where(Paper.key.in_(asked), Paper.uploaded_by == by.public_id)
    found = db.session.scalars(mine.where(sa.or_(Paper.waiting_since.is_(None), sa.not_(gone)))).all()
    return sorted(found, key=lambda each: asked.index(each.key))


def count_waiting(by) -> int:
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(Paper)
        .where(Paper.uploaded_by == by.public_id, Paper.waiting_since.is_not(None))
    ) or 0


def kept_by_project(project_id: int) -> tuple[int, int]:
    """Return how many photos and papers a project has in all, those that wait among them, and how many bytes."""
    sums = [
        db.session.execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(kind.size_bytes), 0))
            .where(kind.project_id == project_id)
        ).one()
        for kind in (Photo, Paper)
    ]
    return sum(number for number, _size in sums), sum(int(size) for _number, size in sums)


def held_waiting(paper_id: int, by) -> Paper | None:
    """Read a waiting paper again and keep others from it until the transaction ends."""
    found = sa.select(Paper).where(
        Paper.id == paper_id, Paper.uploaded_by == by.public_id, Paper.waiting_since > clock.now() - PAPERS_WAIT
    )
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def held_overdue() -> Sequence[Paper]:
    """Return papers that nobody claimed within a day, and keep others from them until the transaction ends."""
    overdue = Paper.waiting_since <= clock.now() - PAPERS_WAIT
    return db.session.scalars(sa.select(Paper).where(overdue).order_by(Paper.id).with_for_update()).all()


def has_overdue() -> bool:
    overdue = Paper.waiting_since <= clock.now() - PAPERS_WAIT
    return db.session.scalar(sa.select(Paper.id).where(overdue).limit(1)) is not None
