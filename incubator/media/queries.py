"""Photos."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.media.models import Photo

KEPT_WITHDRAWN = timedelta(days=30)


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
    young = clock.now() - KEPT_WITHDRAWN
    return set(
        db.session.scalars(
            sa.select(Photo.key).where(
                Photo.key.in_(list(keys)), sa.or_(Photo.withdrawn_at.is_(None), Photo.withdrawn_at > young)
            )
        )
    )


def without_consent(today: date) -> Sequence[Photo]:
    """Return public photos whose consent has ended."""
    return db.session.scalars(
        sa.select(Photo).where(Photo.is_public, Photo.shows_people, Photo.consent_until < today).order_by(Photo.id)
    ).all()
